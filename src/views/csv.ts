/**
 * RFC 4180 lines, with a byte-order mark so that spreadsheets read accents. A text that a spreadsheet would run as a formula is
 * kept a text by an apostrophe (OWASP, "CSV Injection"); numbers are left as they are.
 */
export async function* csvBytes(
  lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncIterable<Uint8Array> {
  let isFirst = true;
  for await (const line of lines) {
    yield Buffer.from(`${isFirst ? '\ufeff' : ''}${line.map(cell).join(',')}\r\n`, 'utf8');
    isFirst = false;
  }
}

function cell(value: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(value);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
