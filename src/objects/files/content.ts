import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { newId, Refusal, type Uuid } from '../../kernel/index.ts';
import type { Scope, Tx, Writing } from '../../store/index.ts';
import { databaseOf, type Source } from '../rows.ts';
import { lookedAtBytes } from './media-type.ts';

/** A piece in the database: what one process holds of a file at a time. */
const pieceBytes = 524_288;

/** Bytes that arrived and that nothing holds yet: they go by themselves when nothing does within a day. */
export interface Arrived {
  readonly id: Uuid;
  readonly digest: Buffer;
  readonly sizeBytes: number;
  readonly head: Buffer;
}

const dayMs = 86_400_000;

/** The bytes of a file, written as they come: in statements of their own, so that a slow sender holds no transaction open. */
export async function receive(scope: Scope, bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Arrived> {
  const id = newId();
  const now = scope.clock.now();
  await scope.db
    .insertInto('objects.content')
    .values({ id, state: 'arriving', made_at: now, next_at: new Date(now.getTime() + dayMs) })
    .execute();
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let sizeBytes = 0;
  let place = 0;
  try {
    for await (const piece of inPieces(bytes)) {
      sizeBytes += piece.length;
      if (sizeBytes > limitBytes) throw tooLarge(limitBytes);
      if (head.length < lookedAtBytes) head = Buffer.concat([head, piece.subarray(0, lookedAtBytes - head.length)]);
      hash.update(piece);
      await scope.db.insertInto('objects.content_piece').values({ content: id, place, bytes: piece }).execute();
      place += 1;
    }
    if (sizeBytes === 0) throw emptyFile();
  } catch (error) {
    // A lost sender throws here too; should this fail as well, the pump takes away what is left.
    await scope.db
      .deleteFrom('objects.content')
      .where('id', '=', id)
      .execute()
      .catch(() => undefined);
    throw error;
  }
  return { id, digest: hash.digest(), sizeBytes, head };
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    size += chunk.byteLength;
    while (size >= pieceBytes) {
      const all = Buffer.concat(held);
      yield all.subarray(0, pieceBytes);
      held = [all.subarray(pieceBytes)];
      size -= pieceBytes;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}

/**
 * Holds these bytes once more, and answers with their id: that of the same bytes when the organisation has them already, and
 * what just arrived then goes. New ones wait for the scan where there is one.
 */
export async function hold(writing: Writing, arrived: Arrived, isScanned: boolean): Promise<Uuid> {
  const { tx } = writing;
  // Two who bring the same bytes at once agree on one of the two.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${writing.scope.org} ${arrived.digest.toString('hex')}`}, 0))`.execute(
    tx,
  );
  const known = await tx
    .updateTable('objects.content')
    .set({ holders: sql`holders + 1` })
    .where('digest', '=', arrived.digest)
    .returning('id')
    .executeTakeFirst();
  if (known !== undefined) {
    await tx.deleteFrom('objects.content').where('id', '=', arrived.id).execute();
    return known.id;
  }
  await tx
    .updateTable('objects.content')
    .set({
      digest: arrived.digest,
      size_bytes: BigInt(arrived.sizeBytes),
      state: isScanned ? 'checking' : 'kept',
      holders: 1,
      next_at: isScanned ? writing.now : null,
    })
    .where('id', '=', arrived.id)
    .execute();
  return arrived.id;
}

/** Lets go of contents, once for each time one is named. What nobody holds any more goes, bytes and all. */
export async function letGo(tx: Tx, contents: readonly Uuid[]): Promise<void> {
  if (contents.length === 0) return;
  const ids = sql`${sql.val([...contents])}::uuid[]`;
  await sql`update objects.content as c set holders = c.holders - given.times
      from (select id, count(*)::int as times from unnest(${ids}) as named(id) group by id) as given
     where c.id = given.id`.execute(tx);
  await sql`delete from objects.content where id = any(${ids}) and holders = 0`.execute(tx);
}

/** The bytes, a piece at a time. */
export async function* bytesOf(source: Source, content: Uuid): AsyncGenerator<Uint8Array> {
  for (let place = 0; ; place += 1) {
    const piece = await databaseOf(source)
      .selectFrom('objects.content_piece')
      .select('bytes')
      .where('content', '=', content)
      .where('place', '=', place)
      .executeTakeFirst();
    if (piece === undefined) return;
    yield piece.bytes;
  }
}

function tooLarge(limitBytes: number): Refusal {
  const mega = Math.floor(limitBytes / 1_000_000);
  return new Refusal('file.too_large', 413, {
    fr: `Ce fichier est trop gros : ${mega} Mo au plus. Il n’a pas été gardé.`,
    en: `This file is too large: at most ${mega} MB. It was not kept.`,
  });
}

function emptyFile(): Refusal {
  return new Refusal('file.empty', 422, {
    fr: 'Ce fichier est vide : il n’a pas été gardé.',
    en: 'This file is empty: it was not kept.',
  });
}
