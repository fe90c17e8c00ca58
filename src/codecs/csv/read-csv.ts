import { Refusal } from '../../kernel/index.ts';

/** One record of a CSV file. A quoted cell may hold line ends, so `line` is where the record begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** In characters. A cell beyond it is a quote that was never closed. */
const longestCell = 1_000_000;

const quote = 34;
const carriageReturn = 13;
const lineFeed = 10;

/**
 * Records of a CSV text (RFC 4180, and what tools write in its name: any delimiter, lines that end by LF, CR or both, text after a
 * closing quote). Each text that comes gives the records that end in it, so that a file of any size is read in the memory of
 * one piece. Empty lines are left out. Refuses (422) a quote that is never closed.
 */
export async function* readCsv(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<readonly CsvRecord[]> {
  const reader = new CsvReader(delimiter);
  for await (const text of texts) {
    const records = reader.read(text);
    if (records.length > 0) yield records;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

type Place = 'start' | 'plain' | 'quoted' | 'closed';

class CsvReader {
  readonly #delimiter: number;
  #place: Place = 'start';
  /** What of the present cell came before the piece of text that is being read, or before its last quote. */
  #cell = '';
  #cells: string[] = [];
  #line = 1;
  #recordLine = 1;
  #isAfterReturn = false;
  #records: CsvRecord[] = [];

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  read(text: string): readonly CsvRecord[] {
    this.#records = [];
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#place === 'quoted') {
        if (code === quote) {
          this.#cell += text.slice(from, at);
          this.#place = 'closed';
          from = at + 1;
        } else if (code === lineFeed) this.#line += 1;
        continue;
      }
      if (this.#isAfterReturn) {
        this.#isAfterReturn = false;
        if (code === lineFeed) {
          from = at + 1;
          continue;
        }
      }
      if (code === quote && this.#place !== 'plain') {
        // A second quote in a row stands for one; the first quote of a cell opens it.
        if (this.#place === 'closed') this.#cell += '"';
        this.#place = 'quoted';
        from = at + 1;
      } else if (code === this.#delimiter) {
        this.#endCell(text, from, at);
        from = at + 1;
      } else if (code === lineFeed || code === carriageReturn) {
        this.#endCell(text, from, at);
        this.#endRecord();
        this.#isAfterReturn = code === carriageReturn;
        from = at + 1;
      } else if (this.#place !== 'plain') {
        this.#place = 'plain';
      }
    }
    this.#cell += text.slice(from);
    if (this.#cell.length > longestCell) throw neverClosed(this.#recordLine);
    return this.#records;
  }

  end(): readonly CsvRecord[] {
    if (this.#place === 'quoted') throw neverClosed(this.#recordLine);
    this.#records = [];
    if (this.#cell !== '' || this.#cells.length > 0) {
      this.#endCell('', 0, 0);
      this.#endRecord();
    }
    return this.#records;
  }

  #endCell(text: string, from: number, to: number): void {
    this.#cells.push(this.#cell === '' ? text.slice(from, to) : this.#cell + text.slice(from, to));
    this.#cell = '';
    this.#place = 'start';
  }

  #endRecord(): void {
    const isEmpty = this.#cells.length === 1 && this.#cells[0] === '';
    if (!isEmpty) this.#records.push({ line: this.#recordLine, cells: this.#cells });
    this.#cells = [];
    this.#line += 1;
    this.#recordLine = this.#line;
  }
}

function neverClosed(line: number): Refusal {
  return new Refusal('csv.quote_never_closed', 422, {
    fr: `Ligne ${line} : un guillemet ouvert n’est jamais refermé ; la suite ne peut pas être lue. Corrigez cette ligne, puis renvoyez le fichier.`,
    en: `Line ${line}: a quote is opened and never closed; what follows can’t be read. Mend that line, then send the file again.`,
  });
}
