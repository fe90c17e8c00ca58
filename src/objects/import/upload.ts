import { sql } from 'kysely';
import {
  detectDelimiter,
  type Encoding,
  EncodingDetector,
  readCsv,
  readJsonItems,
  unguarded,
} from '../../codecs/index.ts';
import type { Who } from '../../http/index.ts';
import { actorText, type Cause, type Id, newId, Refusal, type Text } from '../../kernel/index.ts';
import type { TypeModel } from '../../model/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { expectType } from '../refusals.ts';
import { expectRight, may } from '../rights.ts';
import { askerJson, findImport, type Import, publicImportId } from './job.ts';
import type { FoundColumn } from './mapping.ts';
import { type FileShape, fieldsOf, fileBytes, texts } from './records.ts';

/** A file that was kept, before anybody said what it is of. */
export interface KeptFile {
  readonly id: Id<'import'>;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly encoding: Encoding;
}

/** Bytes kept in one row. */
const pieceBytes = 1_000_000;
const sampledRecords = 200;
const shownSamples = 3;
/** An import that nobody goes on with is dropped, with its file. */
export const keptForMs = 7 * 86_400_000;

/** Keeps the bytes of a file of any size, as they come. What is sent and never made an import is forgotten after a day. */
export async function keepFile(scope: Scope, fileName: string, bytes: AsyncIterable<Uint8Array>): Promise<KeptFile> {
  const id: Id<'import'> = newId(scope.clock.now().getTime());
  await forgetLeftFiles(scope);
  try {
    return { id, fileName: fileName.slice(0, 200), ...(await keepBytes(scope, id, bytes)) };
  } catch (error) {
    await forgetFile(scope, id);
    throw error;
  }
}

export interface ImportAsked {
  readonly type: string;
  /** Where the file's own beginning isn't to be trusted; null to find it. */
  readonly delimiter: string | null;
}

/**
 * Makes an import of a file of objects of a type, and looks at its beginning: its format, its columns. Nothing of it is read
 * further before somebody says how. Refuses (422) a file without a single record.
 */
export async function beginImport(
  scope: Scope,
  who: Who,
  acting: Acting,
  cause: Cause,
  kept: KeptFile,
  asked: ImportAsked,
): Promise<Import> {
  const { id, sizeBytes } = kept;
  try {
    const type = expectType(acting.model, asked.type);
    if (!may(acting.asker, type, 'create')) expectRight(acting.asker, type, 'update');
    if (sizeBytes === 0) throw noRecord();
    const found = await look(scope, kept, asked.delimiter);
    await insertImport(scope, who, cause, type, kept, found);
  } catch (error) {
    await forgetFile(scope, id);
    throw error;
  }
  return findImport(scope, who, publicImportId(id));
}

async function forgetFile(scope: Scope, id: Id<'import'>): Promise<void> {
  await sql`delete from objects.import_file where import = ${id} and not exists (select 1 from objects.import where id = ${id})`.execute(
    scope.db,
  );
}

/** Pieces of files whose sending was cut: their import was never made. Ids begin with the time. */
async function forgetLeftFiles(scope: Scope): Promise<void> {
  const before = Math.max(0, scope.clock.now().getTime() - 86_400_000);
  const oldest = `${before
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-0000-0000-000000000000`;
  await sql`delete from objects.import_file as f where f.import < ${oldest}::uuid
    and not exists (select 1 from objects.import as i where i.id = f.import)`.execute(scope.db);
}

async function keepBytes(
  scope: Scope,
  id: Id<'import'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly sizeBytes: number; readonly encoding: Encoding }> {
  const detector = new EncodingDetector();
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let sizeBytes = 0;
  let part = 0;
  const keep = async (): Promise<void> => {
    await sql`insert into objects.import_file (import, part, bytes) values (${id}, ${part}, ${Buffer.concat(held)})`.execute(
      scope.db,
    );
    part += 1;
    held = [];
    heldBytes = 0;
  };
  for await (const chunk of bytes) {
    detector.add(chunk);
    held.push(chunk);
    heldBytes += chunk.length;
    sizeBytes += chunk.length;
    if (heldBytes >= pieceBytes) await keep();
  }
  if (heldBytes > 0) await keep();
  return { sizeBytes, encoding: detector.end() };
}

interface Look {
  readonly shape: FileShape;
  readonly columns: readonly FoundColumn[];
}

/** What the beginning of the file tells. */
async function look(scope: Scope, { id, encoding }: KeptFile, said: string | null): Promise<Look> {
  const beginning = await firstText(texts(fileBytes(scope, id), { encoding }));
  const first = beginning.trimStart().charAt(0);
  if (first === '[' || first === '{') {
    const shape: FileShape = { format: 'json', encoding, delimiter: null };
    return { shape, columns: await jsonColumns(texts(fileBytes(scope, id), shape)) };
  }
  const delimiter = said ?? detectDelimiter(beginning);
  const shape: FileShape = { format: 'csv', encoding, delimiter };
  return { shape, columns: await csvColumns(texts(fileBytes(scope, id), shape), delimiter) };
}

async function firstText(pieces: AsyncIterable<string>): Promise<string> {
  for await (const piece of pieces) return piece.slice(0, 65_536);
  return '';
}

async function csvColumns(pieces: AsyncIterable<string>, delimiter: string): Promise<readonly FoundColumn[]> {
  const records: (readonly string[])[] = [];
  for await (const some of readCsv(pieces, delimiter)) {
    records.push(...some.slice(0, sampledRecords).map(({ cells }) => cells));
    if (records.length >= sampledRecords) break;
  }
  const [header, ...rows] = records;
  if (header === undefined || rows.length === 0) throw noRecord();
  return distinct(header).map((name, at) => ({
    name,
    samples: samplesOf(rows.map((row) => unguarded(row[at] ?? ''))),
  }));
}

async function jsonColumns(pieces: AsyncIterable<string>): Promise<readonly FoundColumn[]> {
  const values = new Map<string, string[]>();
  let count = 0;
  for await (const items of readJsonItems(pieces)) {
    for (const { value } of items.slice(0, sampledRecords)) {
      count += 1;
      for (const [name, one] of fieldsOf(value)) {
        values.set(name, [...(values.get(name) ?? []), typeof one === 'string' ? one : JSON.stringify(one ?? '')]);
      }
    }
    if (count >= sampledRecords) break;
  }
  if (count === 0) throw noRecord();
  return [...values].map(([name, all]) => ({ name, samples: samplesOf(all) }));
}

/** Columns without a name, or of one name, are told apart. */
function distinct(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((given, at) => {
    const name = given.trim() === '' ? `(${at + 1})` : given.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function samplesOf(values: readonly string[]): readonly string[] {
  const filled = [...new Set(values.map((value) => value.trim()).filter((value) => value !== '' && value !== '""'))];
  return filled.slice(0, shownSamples).map((value) => (value.length > 60 ? `${value.slice(0, 59)}…` : value));
}

async function insertImport(
  scope: Scope,
  who: Who,
  cause: Cause,
  type: TypeModel,
  { id, fileName, sizeBytes }: KeptFile,
  { shape, columns }: Look,
): Promise<void> {
  await write(scope, cause, async ({ tx, now }) => {
    await tx
      .insertInto('objects.import')
      .values({
        id,
        type: type.name,
        file_name: fileName,
        size_bytes: BigInt(sizeBytes),
        ...shape,
        columns: JSON.stringify(columns),
        state: 'uploaded',
        asker: askerJson(who),
        created_at: now,
        created_by: actorText(cause.actor),
        updated_at: now,
        next_at: new Date(now.getTime() + keptForMs),
      })
      .execute();
  });
}

function noRecord(): Refusal {
  return new Refusal('import.empty_file', 422, words.empty);
}

const words = {
  empty: {
    fr: 'Ce fichier ne contient aucun enregistrement : un CSV commence par une ligne de titres, suivie d’au moins une ligne. Rien n’a été gardé.',
    en: 'This file holds no record: a CSV begins with a line of titles, followed by at least one line. Nothing was kept.',
  },
} as const satisfies Record<string, Text>;
