import { sql } from 'kysely';
import { actorText, type Id, newId, publicId, Refusal, randomSecret, sha256, type Uuid } from '../../kernel/index.ts';
import { natural, type Scope, type Writing } from '../../store/index.ts';
import { afterName, type ByName } from '../by-name.ts';
import { type AccessOptions, recordDecision } from '../context.ts';
import { isRole, type Role } from '../permissions.ts';

export const keyPrefix = 'socle_';

export interface ApiKey {
  readonly id: Id<'api_key'>;
  readonly name: string;
  readonly role: Role;
  /** The first characters, to recognise it by. */
  readonly hint: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** A calendar day: enough to see that a key is no longer used. */
  readonly lastUsedOn: string | null;
  readonly revokedAt: Date | null;
}

/**
 * Makes an API key. Its 32 random bytes are returned once and only their SHA-256 is kept: with that much entropy no
 * slower hash is needed.
 */
export async function createKey(
  options: AccessOptions,
  writing: Writing,
  input: { readonly name: string; readonly role: Role; readonly expiresAt?: Date | null },
): Promise<{ readonly id: Id<'api_key'>; readonly secret: string }> {
  const secret = `${keyPrefix}${randomSecret().toString('base64url')}`;
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= writing.now) {
    const text = { fr: 'La date de fin est déjà passée.', en: 'The end date is already past.' };
    throw new Refusal('access.key_expired', 422, text, [{ pointer: '/expires', code: 'past', text }]);
  }
  const id: Id<'api_key'> = newId(writing.now.getTime());
  await writing.tx
    .insertInto('access.api_key')
    .values({
      id,
      name: input.name,
      role: input.role,
      secret_hash: sha256(secret),
      hint: secret.slice(0, keyPrefix.length + 4),
      created_by: actorText(writing.cause.actor),
      created_at: writing.now,
      expires_at: expiresAt,
    })
    .execute();
  await recordDecision(options, writing, {
    kind: 'key.created',
    subject: publicId('key', id),
    data: { role: input.role, expires: expiresAt?.toISOString() ?? null },
  });
  return { id, secret };
}

/** The keys of the organisation, by name; the revoked ones too, as a memory. */
export async function listKeys(scope: Scope, { limit, after }: ByName): Promise<readonly ApiKey[]> {
  const rows = await scope.db
    .selectFrom('access.api_key')
    .select(keyColumns)
    .where(afterName(after))
    .orderBy(natural('name'))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.flatMap((row) => toKey(row) ?? []);
}

/** The key, or a refusal (404). */
export async function getKey(scope: Scope, id: Uuid): Promise<ApiKey> {
  const row = await scope.db.selectFrom('access.api_key').select(keyColumns).where('id', '=', id).executeTakeFirst();
  const key = row === undefined ? null : toKey(row);
  if (key === null) throw noKey();
  return key;
}

const keyColumns = ['id', 'name', 'role', 'hint', 'created_at', 'expires_at', 'last_used_on', 'revoked_at'] as const;

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly hint: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_on: string | null;
  readonly revoked_at: Date | null;
}

function toKey(row: KeyRow): ApiKey | null {
  if (!isRole(row.role)) return null;
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    hint: row.hint,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedOn: row.last_used_on,
    revokedAt: row.revoked_at,
  };
}

export function noKey(): Refusal {
  return new Refusal('access.no_key', 404, { fr: 'Cette clé n’existe pas.', en: 'This key does not exist.' });
}

/** Revokes a key: it is refused from the next request on. Revoking twice is the same. */
export async function revokeKey(options: AccessOptions, writing: Writing, id: Uuid): Promise<void> {
  const { tx, now } = writing;
  const key = tx.selectFrom('access.api_key').select('revoked_at').where('id', '=', id).forUpdate();
  const known = await key.executeTakeFirst();
  if (known === undefined) throw noKey();
  if (known.revoked_at !== null) return;
  await tx.updateTable('access.api_key').set({ revoked_at: now }).where('id', '=', id).execute();
  await recordDecision(options, writing, { kind: 'key.revoked', subject: publicId('key', id), data: {} });
}

export interface FoundKey {
  readonly id: Uuid;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
}

/** The key of that secret, while it is valid; notes the day of its use. */
export async function findKey(options: AccessOptions, secret: string): Promise<FoundKey | null> {
  const { store } = options;
  const now = store.clock.now();
  const { rows } = await sql<{ found_org: string; found_id: string }>`
    select * from access.find_api_key(${sha256(secret)}, ${now})`.execute(store.unbound);
  const found = rows[0];
  if (found === undefined) return null;
  const scope = store.scope(found.found_org);
  const row = await scope.db
    .selectFrom('access.api_key')
    .select(['name', 'role', 'last_used_on'])
    .where('id', '=', found.found_id)
    .executeTakeFirst();
  if (row === undefined || !isRole(row.role)) return null;
  const today = now.toISOString().slice(0, 10);
  if (row.last_used_on !== today) {
    await scope.db
      .updateTable('access.api_key')
      .set({ last_used_on: today })
      .where('id', '=', found.found_id)
      .execute();
  }
  return { id: found.found_id, name: row.name, role: row.role, scope };
}
