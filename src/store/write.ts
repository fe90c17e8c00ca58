import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { actorText, type Cause, Refusal } from '../kernel/index.ts';
import type { Scope, Tx } from './database.ts';
import type { Beat } from './pump.ts';

/** What a service function writes with: one transaction, and why. `now` is the same instant for the whole of it. */
export interface Writing {
  readonly tx: Tx;
  readonly scope: Scope;
  readonly cause: Cause;
  readonly now: Date;
}

const attempts = 4;

/** Serialization failure, deadlock, and a lock not to be had in time: nothing was done, and a new try may succeed. */
const passing = new Set(['40001', '40P01', '55P03']);

/** One transaction. It is tried again when PostgreSQL gave it up for another's sake, so `run` has no other effects. */
export async function write<T>(scope: Scope, cause: Cause, run: (writing: Writing) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const now = scope.clock.now();
      return await scope.db.transaction().execute((tx) => run({ tx, scope, cause, now }));
    } catch (error) {
      if (attempt === attempts || !isPassing(error)) throw error;
      await wait(10 * attempt * attempt * (1 + Math.random()));
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && passing.has(error.code);
}

export interface Written {
  /** The HTTP status the first writing was answered with. */
  readonly status: number;
  /** The id of what was written. */
  readonly resource: string;
  /** Whether this is the answer of an earlier call with the same key. */
  readonly isRepeat: boolean;
}

/**
 * Writes once for (organisation, actor, key): a repeat answers as the first did and writes nothing; the same key
 * with another request is refused (422). Without a key, simply writes. `requestHash`: SHA-256 of the request.
 */
export async function writeOnce(
  scope: Scope,
  cause: Cause,
  requestHash: Uint8Array,
  run: (writing: Writing) => Promise<{ status: number; resource: string }>,
): Promise<Written> {
  return write(scope, cause, async (writing) => {
    if (cause.key === null) return { ...(await run(writing)), isRepeat: false };
    const actor = actorText(cause.actor);
    const key = cause.key;
    const mine = await writing.tx
      .insertInto('store.idempotency')
      .values({ actor, key, request_hash: Buffer.from(requestHash), created_at: writing.now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    const row = writing.tx.selectFrom('store.idempotency').where('actor', '=', actor).where('key', '=', key);
    if (mine === undefined) {
      const first = await row.select(['request_hash', 'status', 'resource']).executeTakeFirstOrThrow();
      if (!first.request_hash.equals(requestHash)) throw reusedKey();
      return { status: first.status ?? 200, resource: first.resource ?? '', isRepeat: true };
    }
    const written = await run(writing);
    await writing.tx
      .updateTable('store.idempotency')
      .set({ status: written.status, resource: written.resource })
      .where('actor', '=', actor)
      .where('key', '=', key)
      .execute();
    return { ...written, isRepeat: false };
  });
}

const dayMs = 86_400_000;

/** Forgets the answers to writes that nobody will try again: those of more than thirty days. */
export const idempotencySweep: Beat = {
  name: 'store.idempotency',
  everyMs: 3_600_000,
  run: async (store) => {
    const before = new Date(store.clock.now().getTime() - 30 * dayMs);
    await sql`select store.forget_keys(${before})`.execute(store.unbound);
  },
};

function reusedKey(): Refusal {
  return new Refusal('idempotency.reused_key', 422, {
    fr: 'Cette clé d’idempotence a déjà servi pour une autre demande : employez une clé nouvelle par écriture.',
    en: 'This idempotency key was already used for another request: use a new key for each write.',
  });
}
