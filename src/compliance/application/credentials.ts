import { createPublicKey } from 'node:crypto';
import { sql } from 'kysely';
import { ed25519Key } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import {
  actorText,
  type Id,
  newId,
  publicId,
  Refusal,
  randomSecret,
  seal,
  sha256,
  shared,
} from '../../kernel/index.ts';
import type { Scope, Store, Writing } from '../../store/index.ts';
import { sealContext } from './signing.ts';

/** `key`: the application's, for the API. `hmac`, `ed25519`: what Socle signs with. `answers`: what the application signs with. */
export const credentialKinds = ['key', 'hmac', 'ed25519', 'answers'] as const;
export type CredentialKind = (typeof credentialKinds)[number];
/** Those that Socle makes. */
export const issuedKinds = ['key', 'hmac', 'ed25519'] as const;
export type IssuedKind = (typeof issuedKinds)[number];

export const applicationKeyPrefix = 'socleapp_';

/** How long the older of two stays valid: time to deploy the newer one everywhere. It can be revoked sooner. */
const overlapMs = 7 * 86_400_000;

export interface Credential {
  readonly id: Id<'application_credential'>;
  readonly kind: CredentialKind;
  readonly hint: string;
  /** What a receiver verifies with (`whpk_…`), or what Socle verifies answers with. */
  readonly publicKey: string | null;
  readonly createdAt: Date;
  /** A newer one takes its place; valid until then. */
  readonly endsAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedOn: string | null;
}

interface Made {
  /** What is shown once; for `ed25519`, the public key, which may be shown again. */
  readonly shown: string;
  readonly columns: {
    readonly secret_hash?: Buffer;
    readonly sealed?: Buffer;
    readonly public_key?: Buffer;
    readonly hint: string;
  };
}

/**
 * Makes a credential of an application and answers with what to give its team, shown this once. The one before stays
 * valid for a week, so that no order is lost while it is replaced; one before that ends now: two are valid at most.
 */
export async function issueCredential(
  writing: Writing,
  application: Id<'application'>,
  kind: IssuedKind,
): Promise<{ readonly id: Id<'application_credential'>; readonly shown: string }> {
  const id: Id<'application_credential'> = newId();
  const { shown, columns } = make(writing.scope, id, kind);
  await succeed(writing, application, kind);
  await insert(writing, application, { id, kind, ...columns });
  return { id, shown };
}

/** Registers the public key (Ed25519) with which an application signs its answers. */
export async function registerAnswerKey(
  writing: Writing,
  application: Id<'application'>,
  text: string,
): Promise<Id<'application_credential'>> {
  const id: Id<'application_credential'> = newId();
  const publicKey = readPublicKey(text);
  await succeed(writing, application, 'answers');
  await insert(writing, application, {
    id,
    kind: 'answers',
    public_key: publicKey,
    hint: publicKey.toString('base64').slice(0, 8),
  });
  return id;
}

function make(scope: Scope, id: string, kind: IssuedKind): Made {
  const secret = randomSecret();
  if (kind === 'key') {
    const shown = `${applicationKeyPrefix}${secret.toString('base64url')}`;
    return { shown, columns: { secret_hash: sha256(shown), hint: shown.slice(0, applicationKeyPrefix.length + 4) } };
  }
  const sealed = seal(scope.keys.applications, secret, sealContext(id));
  if (kind === 'hmac') {
    const shown = `whsec_${secret.toString('base64')}`;
    return { shown, columns: { sealed, hint: shown.slice(0, 10) } };
  }
  const publicKey = rawPublicKey(createPublicKey(ed25519Key(secret)).export({ format: 'jwk' }).x ?? '');
  const shown = publicKeyText(publicKey);
  return { shown, columns: { sealed, public_key: publicKey, hint: shown.slice(0, 9) } };
}

/** The present one ends in a week, and one that was ending already ends now. */
async function succeed(writing: Writing, application: Id<'application'>, kind: CredentialKind): Promise<void> {
  const { tx, now } = writing;
  // Two rotations at once would leave three valid.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${application} ${kind}`}, 0))`.execute(tx);
  const end = new Date(now.getTime() + overlapMs);
  await sql`update compliance.application_credential
       set ends_at = case when ends_at is null then ${end}::timestamptz else ${now}::timestamptz end
     where application_id = ${application} and kind = ${kind} and revoked_at is null
       and (ends_at is null or ends_at > ${now})`.execute(tx);
}

async function insert(
  writing: Writing,
  application: Id<'application'>,
  columns: { readonly id: string; readonly kind: CredentialKind; readonly hint: string } & Partial<Made['columns']>,
): Promise<void> {
  const { tx, now, cause } = writing;
  await tx
    .insertInto('compliance.application_credential')
    .values({ ...columns, application_id: application, created_at: now, created_by: actorText(cause.actor) })
    .execute();
  await record(writing, {
    kind: 'application.credential_issued',
    subject: publicId('app', application),
    data: { credential: publicId('key', columns.id), of: columns.kind },
  });
}

/** Refuses a credential from now on. Revoking twice is the same. */
export async function revokeCredential(
  writing: Writing,
  application: Id<'application'>,
  id: Id<'application_credential'>,
): Promise<void> {
  const { tx, now } = writing;
  const known = await tx
    .selectFrom('compliance.application_credential')
    .select(['kind', 'revoked_at'])
    .where('id', '=', id)
    .where('application_id', '=', application)
    .forUpdate()
    .executeTakeFirst();
  if (known === undefined) throw noCredential();
  if (known.revoked_at !== null) return;
  await tx.updateTable('compliance.application_credential').set({ revoked_at: now }).where('id', '=', id).execute();
  await record(writing, {
    kind: 'application.credential_revoked',
    subject: publicId('app', application),
    data: { credential: publicId('key', id), of: known.kind },
  });
}

/** Those that are valid now, the newest first of each kind. Never a secret. */
export async function listCredentials(scope: Scope, application: Id<'application'>): Promise<readonly Credential[]> {
  const now = scope.clock.now();
  const rows = await scope.db
    .selectFrom('compliance.application_credential')
    .select(['id', 'kind', 'hint', 'public_key', 'created_at', 'ends_at', 'revoked_at', 'last_used_on'])
    .where('application_id', '=', application)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', now)]))
    .orderBy('kind')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    hint: row.hint,
    publicKey: row.public_key === null ? null : publicKeyText(row.public_key),
    createdAt: row.created_at,
    endsAt: row.ends_at,
    revokedAt: row.revoked_at,
    lastUsedOn: row.last_used_on,
  }));
}

export interface FoundApplication {
  readonly application: Id<'application'>;
  readonly scope: Scope;
}

/**
 * Finds the application of a key, while the key is valid; notes the day of its use. Null: nobody's. An application that answers
 * many orders at once is looked for once: calls that come while a key is being looked up share what is found.
 */
export function applicationFinder(store: Store): (secret: string) => Promise<FoundApplication | null> {
  // What this process noted: a key's use is written once a day, not asked about at each call.
  const noted = new Map<string, string>();
  return shared((secret: string) => findByKey(store, secret, noted));
}

async function findByKey(store: Store, secret: string, noted: Map<string, string>): Promise<FoundApplication | null> {
  const now = store.clock.now();
  const { rows } = await sql<{ found_org: string; found_id: string; found_application: string }>`
    select * from compliance.find_application_key(${sha256(secret)}, ${now})`.execute(store.unbound);
  const [found] = rows;
  if (found === undefined) return null;
  const scope = store.scope(found.found_org);
  const today = now.toISOString().slice(0, 10);
  if (noted.get(found.found_id) !== today) {
    await scope.db
      .updateTable('compliance.application_credential')
      .set({ last_used_on: today })
      .where('id', '=', found.found_id)
      .where((where) => where.or([where('last_used_on', 'is', null), where('last_used_on', '<', today)]))
      .execute();
    noted.set(found.found_id, today);
  }
  return { application: found.found_application, scope };
}

function rawPublicKey(base64url: string): Buffer {
  return Buffer.from(base64url, 'base64url');
}

/** As Standard Webhooks writes a public key: `whpk_` and base64. */
function publicKeyText(key: Buffer): string {
  return `whpk_${key.toString('base64')}`;
}

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 public key as teams have it: PEM, `whpk_…`, or its 32 bytes in base64. */
function readPublicKey(text: string): Buffer {
  const base64 = text
    .trim()
    .replace(/-----(BEGIN|END) PUBLIC KEY-----/g, '')
    .replace(/^(whpk_|ed25519:)/, '')
    .replace(/\s+/g, '');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 32) return bytes;
  const isSpki = bytes.length === 44 && bytes.subarray(0, 12).equals(spkiHead);
  if (!isSpki) throw badPublicKey();
  return bytes.subarray(12);
}

function badPublicKey(): Refusal {
  const text = {
    fr: 'Une clé publique Ed25519 est attendue : en PEM (BEGIN PUBLIC KEY), ou ses 32 octets en base64.',
    en: 'An Ed25519 public key is expected: in PEM (BEGIN PUBLIC KEY), or its 32 bytes in base64.',
  };
  return new Refusal('application.bad_public_key', 422, text, [{ pointer: '/publicKey', code: 'ed25519', text }]);
}

function noCredential(): Refusal {
  return new Refusal('application.no_credential', 404, {
    fr: 'Cette application n’a pas ce secret.',
    en: 'This application has no such secret.',
  });
}
