/**
 * Text that a spreadsheet would run as a formula (OWASP "CSV injection") gets an apostrophe before it, and so does text that
 * already looks like that, so that reading takes back exactly what writing gave. A plain negative number is no formula.
 */
const wouldRun = /^'*[=+\-@\t\r]/;
const wasGuarded = /^'+[=+\-@\t\r]/;
const plainNumber = /^-\d+(?:[.,]\d+)?$/;

export function guarded(cell: string): string {
  return wouldRun.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
}

/** What `guarded` was given. */
export function unguarded(cell: string): string {
  return cell.charCodeAt(0) === 39 && wasGuarded.test(cell) ? cell.slice(1) : cell;
}

/** One line of CSV, with its end (RFC 4180: CRLF). */
export function csvLine(cells: readonly string[], delimiter: string): string {
  return `${cells.map((cell) => csvCell(guarded(cell), delimiter)).join(delimiter)}\r\n`;
}

function csvCell(cell: string, delimiter: string): string {
  const needsQuotes = cell.includes('"') || cell.includes(delimiter) || cell.includes('\n') || cell.includes('\r');
  return needsQuotes || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
}
