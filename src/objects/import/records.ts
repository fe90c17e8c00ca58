import { sql } from 'kysely';
import { decoded, type Encoding, encodings, readCsv, readJsonItems, unguarded } from '../../codecs/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

/** One record of a file. `line` is that of the file; of JSON, the rank of the item. */
export interface FileRecord {
  readonly line: number;
  /** In the order of `columns`; null where the record has nothing there. */
  readonly cells: readonly unknown[];
  /** Names of what it holds that is no column of the file. */
  readonly unknown: readonly string[];
}

export interface FileShape {
  readonly format: 'csv' | 'json' | 'xlsx';
  readonly encoding: string;
  readonly delimiter: string | null;
}

/** The bytes of a file as it was sent, a piece at a time. */
export async function* fileBytes(scope: Scope, id: Id<'import'>): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part += 1) {
    const { rows } = await sql<{ bytes: Uint8Array }>`
      select bytes from objects.import_file where import = ${id} and part = ${part}`.execute(scope.db);
    const [piece] = rows;
    if (piece === undefined) return;
    yield piece.bytes;
  }
}

/**
 * The records of a file, several at a time as they come. `columns`: names of the columns, in order; null to find them, and then
 * `onColumns` is told.
 */
export async function* fileRecords(
  bytes: AsyncIterable<Uint8Array>,
  shape: FileShape,
  columns: readonly string[],
): AsyncGenerator<readonly FileRecord[]> {
  if (shape.format === 'csv') yield* csvRecords(bytes, shape);
  else yield* jsonRecords(bytes, shape, columns);
}

async function* csvRecords(bytes: AsyncIterable<Uint8Array>, shape: FileShape): AsyncGenerator<readonly FileRecord[]> {
  let isFirst = true;
  for await (const records of readCsv(texts(bytes, shape), shape.delimiter ?? ',')) {
    const rest = isFirst ? records.slice(1) : records;
    isFirst = false;
    yield rest.map(({ line, cells }) => ({ line, cells: cells.map(unguarded), unknown: [] }));
  }
}

async function* jsonRecords(
  bytes: AsyncIterable<Uint8Array>,
  shape: FileShape,
  columns: readonly string[],
): AsyncGenerator<readonly FileRecord[]> {
  const known = new Set(columns);
  for await (const items of readJsonItems(texts(bytes, shape))) {
    yield items.map(({ place, value }) => {
      const fields = fieldsOf(value);
      return {
        line: place,
        cells: columns.map((name) => fields.get(name) ?? null),
        unknown: [...fields.keys()].filter((name) => !known.has(name)),
      };
    });
  }
}

/** What an item says of an object: its members; those of `values` too, as the API writes objects. */
export function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([['(value)', value]]);
  const fields = new Map<string, unknown>();
  for (const [name, member] of Object.entries(value)) {
    if (name === 'values' && typeof member === 'object' && member !== null && !Array.isArray(member)) {
      for (const [inner, one] of Object.entries(member)) fields.set(inner, one);
    } else fields.set(name, member);
  }
  return fields;
}

export function texts(
  bytes: AsyncIterable<Uint8Array>,
  { encoding }: Pick<FileShape, 'encoding'>,
): AsyncIterable<string> {
  return decoded(bytes, encodingOf(encoding));
}

export function encodingOf(name: string): Encoding {
  return encodings.find((known) => known === name) ?? 'utf-8';
}
