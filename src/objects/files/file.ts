import { sql } from 'kysely';
import { actorText, type Cause, type Id, newId, parseId, Refusal, type Uuid } from '../../kernel/index.ts';
import { type FileValue, fileOf, type TypeModel } from '../../model/index.ts';
import { hintDue, type Scope, type Tx, type Writing, write } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import type { Change } from '../history.ts';
import { readObject } from '../read.ts';
import { invalid, problem } from '../refusals.ts';
import { databaseOf, type Source } from '../rows.ts';
import { bytesOf, hold, letGo, receive } from './content.ts';
import { mediaTypeOf } from './media-type.ts';
import type { Scanner } from './scanner.ts';

/** How files are taken in this installation. */
export interface FileOptions {
  /** Of one file. */
  readonly limitBytes: number;
  /** Null: nothing is scanned. */
  readonly scanner: Scanner | null;
}

export const usualFiles: FileOptions = { limitBytes: 100_000_000, scanner: null };

/** A stored file, wherever it is held. */
export interface StoredFile {
  readonly id: Id<'file'>;
  readonly name: string;
  /** What its bytes are, whatever its name. */
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** The attribute that holds it; null when it is attached. */
  readonly attribute: string | null;
  readonly addedAt: Date;
  readonly addedBy: string;
  /** Only what is `kept` can be read; what is `quarantined` was refused by the malware scan. */
  readonly state: 'checking' | 'kept' | 'quarantined';
  /** What the scan called what it found. */
  readonly found: string | null;
}

const dayMs = 86_400_000;

/** How long an upload waits for whoever sent it to use it. */
const unusedMs = dayMs;

/** How long a file that was replaced can still come back with an earlier version. */
export const replacedDays = 30;

/** Bytes that one person's unused uploads may take, in files of the largest size. */
const unusedFiles = 10;

/** Takes a file in, for its sender to put on an object within a day. The bytes are written as they come. */
export async function upload(
  scope: Scope,
  cause: Cause,
  options: FileOptions,
  file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<StoredFile & { readonly digest: string }> {
  const name = cleanName(file.name);
  const by = actorText(cause.actor);
  await expectRoom(scope, by, options.limitBytes * unusedFiles);
  const arrived = await receive(scope, file.bytes, options.limitBytes);
  const { mediaType, width, height } = mediaTypeOf(arrived.head, name);
  const id = newId();
  return write(scope, cause, async (writing) => {
    const content = await hold(writing, arrived, options.scanner !== null);
    await writing.tx
      .insertInto('objects.file')
      .values({
        id,
        content,
        name,
        media_type: mediaType,
        size_bytes: BigInt(arrived.sizeBytes),
        width,
        height,
        added_at: writing.now,
        added_by: by,
        next_at: new Date(writing.now.getTime() + unusedMs),
      })
      .execute();
    if (options.scanner !== null) await hintDue(writing.tx);
    const [stored] = await filesWhere(writing, sql`f.id = ${id}`);
    if (stored === undefined) throw new Error('an upload is not where it was just written');
    return { ...stored, digest: arrived.digest.toString('hex') };
  });
}

async function expectRoom(scope: Scope, by: string, limitBytes: number): Promise<void> {
  const { total } = await scope.db
    .selectFrom('objects.file')
    .select(sql<string | null>`sum(size_bytes)::text`.as('total'))
    .where('added_by', '=', by)
    .where('object', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(total ?? 0) < limitBytes) return;
  throw new Refusal('file.too_many_unused', 429, {
    fr: 'Trop de vos fichiers envoyés attendent encore d’être placés sur un objet : placez-les, ou attendez demain.',
    en: 'Too many of the files you uploaded still wait to be put on an object: put them there, or wait until tomorrow.',
  });
}

/** Without folders nor what can't be seen, on one line, at most 200 characters with the extension kept. */
function cleanName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  if (clean === '' || clean === '.' || clean === '..') return 'file';
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= 12 ? clean.slice(dot) : '';
  const stem = extension === '' ? clean : clean.slice(0, dot);
  return `${[...stem].slice(0, 200 - extension.length).join('')}${extension}`;
}

async function filesWhere(source: Source, condition: ReturnType<typeof sql>): Promise<readonly StoredFile[]> {
  const { rows } = await sql<{
    id: Id<'file'>;
    name: string;
    media_type: string;
    size_bytes: bigint;
    width: number | null;
    height: number | null;
    attribute: string | null;
    added_at: Date;
    added_by: string;
    state: StoredFile['state'];
    found: string | null;
  }>`
    select f.id, f.name, f.media_type, f.size_bytes, f.width, f.height, f.attribute, f.added_at, f.added_by, c.state, c.found
      from objects.file f join objects.content c on c.org = f.org and c.id = f.content
     where ${condition} order by f.id`.execute(databaseOf(source));
  return rows.map(({ media_type, size_bytes, added_at, added_by, ...row }) => ({
    ...row,
    mediaType: media_type,
    sizeBytes: Number(size_bytes),
    addedAt: added_at,
    addedBy: added_by,
  }));
}

/** The files that an object holds, for who was allowed to read it. */
export async function filesHeld(source: Source, object: Uuid): Promise<readonly StoredFile[]> {
  return filesWhere(source, sql`f.object = ${object} and f.released_at is null`);
}

/** The files of an object: those its attributes hold now and those attached to it, the oldest first. */
export async function filesOf(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
): Promise<readonly StoredFile[]> {
  const object = await readObject(source, acting, typeName, reference);
  return filesHeld(source, object.id);
}

export interface OpenedFile extends StoredFile {
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file to be read, by whoever may read the object that holds it. Refuses what is being checked, or was refused (409). */
export async function openFile(source: Source, acting: Acting, reference: string): Promise<OpenedFile> {
  const id = parseId('fil', reference);
  const row =
    id === null
      ? undefined
      : await databaseOf(source)
          .selectFrom('objects.file')
          .select(['content', 'type', 'object'])
          .where('id', '=', id)
          .executeTakeFirst();
  // A type that the model has no more takes its files out of sight with its objects.
  if (row === undefined || row.type === null || row.object === null || !acting.model.types.has(row.type)) {
    throw noSuchFile();
  }
  await readObject(source, acting, row.type, row.object);
  const [file] = await filesWhere(source, sql`f.id = ${id}`);
  if (file === undefined) throw noSuchFile();
  if (file.state !== 'kept') throw notReadable(file);
  return { ...file, bytes: bytesOf(source, row.content) };
}

export function noSuchFile(): Refusal {
  return new Refusal('file.not_found', 404, {
    fr: 'Fichier introuvable : il n’existe pas, n’existe plus, ou son objet n’est pas dans votre périmètre.',
    en: 'File not found: it doesn’t exist, exists no more, or its object is outside of your perimeter.',
  });
}

function notReadable({ state }: StoredFile): Refusal {
  return state === 'checking'
    ? new Refusal('file.being_checked', 409, {
        fr: 'Ce fichier est en cours de vérification : il pourra être lu dans un instant.',
        en: 'This file is being checked: it can be read in a moment.',
      })
    : new Refusal('file.quarantined', 409, {
        fr: 'La recherche de logiciels malveillants a refusé ce fichier : il est gardé à l’écart, personne ne peut le lire. Supprimez-le et prévenez qui l’a envoyé.',
        en: 'The malware scan refused this file: it is kept apart and nobody can read it. Delete it, and warn whoever sent it.',
      });
}

/** The values that attributes take for these files, by id: uploads, and files that an object holds already. */
export async function fileValues(writing: Writing, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, FileValue>> {
  if (ids.length === 0) return new Map();
  const rows = await filesWhere(writing, sql`f.id = any(${sql.val([...ids])}::uuid[]) and c.state <> 'quarantined'`);
  return new Map(
    rows.map(({ id, name, sizeBytes, mediaType }) => [id, { id, name, size_bytes: sizeBytes, media_type: mediaType }]),
  );
}

/**
 * After a change of an object's attributes: the files it now has are held, those it has no more go in thirty days. An upload is
 * held once, by whoever sent it.
 */
export async function followFiles(
  writing: Writing,
  type: TypeModel,
  object: Uuid,
  changes: readonly Change[],
): Promise<void> {
  const changed = changes.filter(({ attribute }) => type.attributes.get(attribute)?.type.kind === 'file');
  for (const { attribute, from, to } of changed) {
    const [before, after] = [fileOf(from), fileOf(to)];
    if (after !== null && !(await place(writing, type, object, attribute, after.id))) {
      throw invalid(type, [notYours(type, attribute)]);
    }
    if (before !== null && before.id !== after?.id) await release(writing.tx, writing.now, [before.id]);
  }
}

function notYours(type: TypeModel, name: string) {
  const label = type.attributes.get(name)?.label ?? { fr: name, en: name };
  return problem(name, 'value.no_such_file', {
    fr: `« ${label.fr} » : ce fichier n’est plus à placer. Envoyez-le à nouveau.`,
    en: `“${label.en}”: this file can’t be put here any more. Send it again.`,
  });
}

/** Puts an upload of whoever acts on an object; or keeps there what it held before. False when it is neither. */
export async function place(
  writing: Writing,
  type: TypeModel,
  object: Uuid,
  attribute: string | null,
  file: Uuid,
): Promise<boolean> {
  const by = actorText(writing.cause.actor);
  const placed = await sql`
    update objects.file set type = ${type.name}, object = ${object}, attribute = ${attribute}, next_at = null, released_at = null
     where id = ${file} and ((object is null and added_by = ${by})
        or (object = ${object} and attribute is not distinct from ${attribute}))
    returning id`.execute(writing.tx);
  return placed.rows.length > 0;
}

async function release(tx: Tx, now: Date, ids: readonly Uuid[]): Promise<void> {
  await tx
    .updateTable('objects.file')
    .set({ released_at: now, next_at: new Date(now.getTime() + replacedDays * dayMs) })
    .where('id', 'in', [...ids])
    .execute();
}

/** Takes away files, and their bytes unless another file has the same. */
export async function removeFiles(tx: Tx, condition: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ content: Uuid }>`delete from objects.file where ${condition} returning content`.execute(
    tx,
  );
  await letGo(
    tx,
    rows.map(({ content }) => content),
  );
  return rows.length;
}

/** All files of an object that is gone. */
export async function removeFilesOf(tx: Tx, object: Uuid): Promise<void> {
  await removeFiles(tx, sql`object = ${object}`);
}

/** Of an object whose past is forgotten: files of its past, and what people attached to it, as free as their words. */
export async function forgetFilesOf(tx: Tx, object: Uuid): Promise<void> {
  await removeFiles(tx, sql`object = ${object} and (attribute is null or released_at is not null)`);
}
