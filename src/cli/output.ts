/** What a command prints: words for a person, or one JSON value with `--json`. */
export class Output {
  constructor(
    readonly isJson: boolean,
    private readonly stream: NodeJS.WritableStream = process.stdout,
    private readonly errors: NodeJS.WriteStream = process.stderr,
  ) {}

  /** The command's result: `value` as JSON, or `words` line by line. */
  result(value: unknown, words: readonly string[]): void {
    this.stream.write(this.isJson ? `${JSON.stringify(value, null, 2)}\n` : `${words.join('\n')}\n`);
  }

  /** Progress of long work: one line rewritten on a terminal, nothing elsewhere. */
  progress(words: string): void {
    if (!this.isJson && this.errors.isTTY) this.errors.write(`\r\u001b[2K${words}`);
  }

  /** A line for the operator while work goes on, apart from the result. */
  note(words: string): void {
    this.endProgress();
    this.errors.write(`${words}\n`);
  }

  endProgress(): void {
    if (!this.isJson && this.errors.isTTY) this.errors.write('\r\u001b[2K');
  }
}

/** Columns padded to the widest value; numbers are the caller's to format. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
