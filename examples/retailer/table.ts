/** A value of a row to load: an array becomes a PostgreSQL array of texts, an object becomes JSON. */
export type Cell = string | number | boolean | null | readonly string[] | { readonly json: unknown };

/** The rows of one table to load. */
export class Table {
  readonly #rows: (readonly Cell[])[] = [];

  constructor(
    readonly name: string,
    readonly columns: readonly string[],
  ) {}

  add(...cells: readonly Cell[]): void {
    if (cells.length !== this.columns.length) throw new Error(`${this.name}: ${cells.length} cells`);
    this.#rows.push(cells);
  }

  get size(): number {
    return this.#rows.length;
  }

  rows(): readonly (readonly Cell[])[] {
    return this.#rows;
  }

  /** The rows as COPY reads them, in pieces of some thousand lines. */
  *chunks(): Generator<string> {
    for (let at = 0; at < this.#rows.length; at += 2_000) {
      yield this.#rows
        .slice(at, at + 2_000)
        .map((cells) => `${cells.map(written).join('\t')}\n`)
        .join('');
    }
  }
}

function written(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (typeof cell === 'string') return escaped(cell);
  if ('json' in cell) return escaped(JSON.stringify(cell.json));
  return escaped(`{${cell.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
