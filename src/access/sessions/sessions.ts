import { sql } from 'kysely';
import { type Cause, type Id, newId, Refusal, randomSecret, sha256, type Uuid } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { countAttempt, forgiveAttempts } from '../attempts.ts';
import type { AccessOptions } from '../context.ts';
import { passwordMatches } from '../passwords.ts';

/** Without a request for so long, a session ends. */
export const idleMs = 2 * 3_600_000;
/** However busy it is, it ends after a working day. */
export const lifetimeMs = 12 * 3_600_000;
/** Being seen is written at most so often: a page costs no write. */
const seenEveryMs = 60_000;

export interface Session {
  readonly id: Id<'session'>;
  readonly userId: Id<'user'>;
  readonly scope: Scope;
}

/**
 * Opens a session for the right address and password: always a new token of 32 random bytes, whatever cookie the
 * browser came with, so that nobody can plant one (session fixation). The token is returned once.
 */
export async function signIn(
  options: AccessOptions,
  input: { readonly email: string; readonly password: string; readonly address: string },
): Promise<{ readonly token: string; readonly session: Session }> {
  const { store, log } = options;
  const email = input.email.trim().toLowerCase();
  await countAttempt(options, { email, address: input.address });
  const { rows } = await sql<{ found_org: string; found_id: string; found_password_hash: string }>`
    select * from access.find_user(${email})`.execute(store.unbound);
  const found = rows[0];
  const isRight = await passwordMatches(found?.found_password_hash ?? null, input.password);
  if (found === undefined || !isRight) {
    log.info('access.sign_in_refused');
    throw wrongCredentials();
  }
  await forgiveAttempts(options, email);
  const scope = store.scope(found.found_org);
  const opened = await openSession(scope, found.found_id);
  log.info({ user: found.found_id }, 'access.signed_in');
  return opened;
}

/** Opens a session for a user already recognised: after sign-in, and after the first run. */
export async function openSession(
  scope: Scope,
  userId: Uuid,
): Promise<{ readonly token: string; readonly session: Session }> {
  const token = randomSecret();
  const cause: Cause = { actor: { kind: 'user', id: userId }, source: 'page', key: null };
  const id = await write(scope, cause, async ({ tx, now }) => {
    const made: Id<'session'> = newId(now.getTime());
    await tx
      .insertInto('access.session')
      .values({
        id: made,
        user_id: userId,
        token_hash: sha256(token),
        created_at: now,
        seen_at: now,
        expires_at: new Date(now.getTime() + lifetimeMs),
      })
      .execute();
    await tx
      .updateTable('access.user')
      .set({ first_entered_at: now })
      .where('id', '=', userId)
      .where('first_entered_at', 'is', null)
      .execute();
    return made;
  });
  return { token: token.toString('base64url'), session: { id, userId, scope } };
}

/**
 * Whether this account has never been entered and still has this password: what a start may print again, since its first
 * reader may have seen nothing of it.
 */
export async function awaitsFirstEntry(options: AccessOptions, email: string, password: string): Promise<boolean> {
  const { store } = options;
  const { rows } = await sql<{ found_org: string; found_id: string; found_password_hash: string }>`
    select * from access.find_user(${email.trim().toLowerCase()})`.execute(store.unbound);
  const found = rows[0];
  if (found === undefined) return false;
  const user = await store
    .scope(found.found_org)
    .db.selectFrom('access.user')
    .select('first_entered_at')
    .where('id', '=', found.found_id)
    .executeTakeFirst();
  if (user === undefined || user.first_entered_at !== null) return false;
  return passwordMatches(found.found_password_hash, password);
}

/** The session of a token that is neither idle for too long nor over. */
export async function findSession(options: AccessOptions, token: string, keepsAlive: boolean): Promise<Session | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const { store } = options;
  const now = store.clock.now();
  const idleSince = new Date(now.getTime() - idleMs);
  const { rows } = await sql<{ found_org: string; found_id: string; found_user: string; found_seen_at: Date }>`
    select * from access.find_session(${sha256(Buffer.from(token, 'base64url'))}, ${now}, ${idleSince})`.execute(
    store.unbound,
  );
  const found = rows[0];
  if (found === undefined) return null;
  const scope = store.scope(found.found_org);
  if (keepsAlive && now.getTime() - found.found_seen_at.getTime() > seenEveryMs) {
    await scope.db.updateTable('access.session').set({ seen_at: now }).where('id', '=', found.found_id).execute();
  }
  return { id: found.found_id, userId: found.found_user, scope };
}

/** Ends the session of this token, if there is one. */
export async function signOut(options: AccessOptions, token: string): Promise<void> {
  const session = await findSession(options, token, false);
  if (session === null) return;
  await session.scope.db.deleteFrom('access.session').where('id', '=', session.id).execute();
}

export interface SessionLine {
  readonly id: Id<'session'>;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** A user's sessions, the last seen first. */
export async function listSessions(scope: Scope, userId: Uuid): Promise<readonly SessionLine[]> {
  const now = scope.clock.now();
  const rows = await scope.db
    .selectFrom('access.session')
    .select(['id', 'created_at', 'seen_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('seen_at', '>', new Date(now.getTime() - idleMs))
    .orderBy('seen_at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => ({ id: row.id, createdAt: row.created_at, seenAt: row.seen_at }));
}

function wrongCredentials(): Refusal {
  const text = {
    fr: 'L’adresse ou le mot de passe n’est pas le bon.',
    en: 'The address or the password is not the right one.',
  };
  return new Refusal('access.wrong_credentials', 422, text, [{ pointer: '/email', code: 'wrong', text }]);
}
