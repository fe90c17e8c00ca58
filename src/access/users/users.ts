import { sql } from 'kysely';
import { z } from 'zod';
import { parseInput, saying } from '../../http/index.ts';
import { type Id, type Language, newId, publicId, Refusal, type Uuid } from '../../kernel/index.ts';
import { natural, type Scope, type Tx, type Writing } from '../../store/index.ts';
import { afterName, type ByName } from '../by-name.ts';
import { type AccessOptions, recordDecision } from '../context.ts';
import { isDuplicate } from '../organisations/organisations.ts';
import { expectStrongPassword, hashPassword, passwordMatches } from '../passwords.ts';
import { isRole, type Permission, permissions, type Role, roles } from '../permissions.ts';

export interface User {
  readonly id: Id<'user'>;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly language: Language | null;
  readonly isActive: boolean;
  readonly perimeters: readonly Uuid[];
}

/** What a person is to Socle; their password apart. */
export const userInput = z.object({
  email: z
    .string(saying({ fr: 'Donnez une adresse e-mail.', en: 'Give an e-mail address.' }))
    .trim()
    .toLowerCase()
    .pipe(z.email()),
  name: z
    .string(saying({ fr: 'Donnez un nom.', en: 'Give a name.' }))
    .trim()
    .min(1)
    .max(100),
  roles: z.array(z.enum(roles)).min(1, saying({ fr: 'Choisissez au moins un rôle.', en: 'Choose at least one role.' })),
});

export type UserInput = z.infer<typeof userInput>;

/** Makes a user. Their address must be new in the whole installation. */
export async function createUser(
  options: AccessOptions,
  writing: Writing,
  given: UserInput & { readonly password: string; readonly language?: Language | null },
): Promise<Id<'user'>> {
  const input = parseInput(userInput, given, 422, userRefused);
  expectStrongPassword(given.password, [...input.name.split(/\s+/), input.email.split('@')[0] ?? '']);
  const id: Id<'user'> = newId(writing.now.getTime());
  await writing.tx
    .insertInto('access.user')
    .values({
      id,
      email: input.email,
      name: input.name,
      password_hash: await hashPassword(given.password),
      roles: [...new Set(input.roles)],
      language: given.language ?? null,
      created_at: writing.now,
      password_changed_at: writing.now,
    })
    .execute()
    .catch((error: unknown) => {
      throw isDuplicate(error) ? emailTaken() : error;
    });
  const decision = { kind: 'user.created', subject: publicId('usr', id), data: { roles: input.roles } };
  await recordDecision(options, writing, decision);
  return id;
}

/** The users of the organisation, by name. */
export async function listUsers(scope: Scope, { limit, after }: ByName): Promise<readonly User[]> {
  const rows = await scope.db
    .selectFrom('access.user')
    .select(userColumns)
    .where(afterName(after))
    .orderBy(natural('name'))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => toUser(row, []));
}

/** The users in service who have a permission where this controller is concerned, by name: whom work may be given to. */
export async function listUsersWhoMay(
  db: Pick<Tx, 'selectFrom'>,
  permission: Permission,
  controller: Uuid | null,
): Promise<readonly User[]> {
  const rows = await db
    .selectFrom('access.user')
    .select(userColumns)
    .select(perimetersOf)
    .where('is_active', '=', true)
    .where(sql<boolean>`roles && ${sql.val([...permissions[permission]])}::text[]`)
    .orderBy(natural('name'))
    .orderBy('id')
    .execute();
  const users = rows.map((row) => toUser(row, row.perimeters));
  return users.filter(
    ({ perimeters }) => perimeters.length === 0 || (controller !== null && perimeters.includes(controller)),
  );
}

/** The users in service who have one of these roles (`anyone`: all), or one of these ids or addresses: whom something is told to. */
export async function listUsersToTell(
  db: Pick<Tx, 'selectFrom'>,
  whom: { readonly roles: readonly string[]; readonly ids: readonly Uuid[]; readonly emails: readonly string[] },
): Promise<readonly User[]> {
  const rows = await db
    .selectFrom('access.user')
    .select(userColumns)
    .select(perimetersOf)
    .where('is_active', '=', true)
    .where(
      sql<boolean>`(roles && ${sql.val([...whom.roles])}::text[] or ${whom.roles.includes('anyone')}
        or id = any(${sql.val([...whom.ids])}::uuid[]) or email = any(${sql.val([...whom.emails])}::text[]))`,
    )
    .execute();
  return rows.map((row) => toUser(row, row.perimeters));
}

/** The user, with the controllers they are limited to; null when there is none. */
export async function findUser(scope: Scope, id: Uuid): Promise<User | null> {
  const row = await scope.db
    .selectFrom('access.user')
    .select(userColumns)
    .select(perimetersOf)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : toUser(row, row.perimeters);
}

/** The user, or a refusal (404). */
export async function getUser(scope: Scope, id: Uuid): Promise<User> {
  const user = await findUser(scope, id);
  if (user === null) throw noUser();
  return user;
}

const perimetersOf = sql<
  Uuid[]
>`array(select controller_id from access.perimeter where user_id = access.user.id order by 1)`.as('perimeters');

const userColumns = ['id', 'email', 'name', 'roles', 'language', 'is_active'] as const;

function toUser(
  row: { id: string; email: string; name: string; roles: string[]; language: Language | null; is_active: boolean },
  perimeters: readonly Uuid[],
): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles: row.roles.filter(isRole),
    language: row.language,
    isActive: row.is_active,
    perimeters,
  };
}

/** What an administrator changes of a user. Taking a role or the right to enter ends their sessions. */
export interface UserChange {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
  readonly perimeters: readonly Uuid[];
}

export async function changeUser(
  options: AccessOptions,
  writing: Writing,
  id: Uuid,
  change: UserChange,
): Promise<void> {
  const { tx } = writing;
  const isAdmin = change.isActive && change.roles.includes('admin');
  if (!isAdmin) await expectAnotherAdmin(writing, id);
  const changed = await tx
    .updateTable('access.user')
    .set({ name: change.name, roles: [...new Set(change.roles)], is_active: change.isActive })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) throw noUser();
  await tx.deleteFrom('access.perimeter').where('user_id', '=', id).execute();
  if (change.perimeters.length > 0) {
    const rows = [...new Set(change.perimeters)].map((controller) => ({ user_id: id, controller_id: controller }));
    await tx.insertInto('access.perimeter').values(rows).execute();
  }
  if (!change.isActive) await endSessionsOf(writing, id, null);
  await recordDecision(options, writing, {
    kind: 'user.changed',
    subject: publicId('usr', id),
    data: { roles: [...change.roles], isActive: change.isActive, perimeters: [...change.perimeters] },
  });
}

/** Takes a user away with their name, address and sessions. What they did stays, under an id that names nobody. */
export async function deleteUser(options: AccessOptions, writing: Writing, id: Uuid): Promise<void> {
  await expectAnotherAdmin(writing, id);
  const gone = await writing.tx.deleteFrom('access.user').where('id', '=', id).returning('id').executeTakeFirst();
  if (gone === undefined) throw noUser();
  await recordDecision(options, writing, { kind: 'user.deleted', subject: publicId('usr', id), data: {} });
}

/** An organisation without an administrator could never have one again. */
async function expectAnotherAdmin(writing: Writing, id: Uuid): Promise<void> {
  const admins = await writing.tx
    .selectFrom('access.user')
    .select('id')
    .where('is_active', '=', true)
    .where(sql<boolean>`'admin' = any(roles)`)
    .forUpdate()
    .execute();
  if (admins.length === 1 && admins[0]?.id === id) {
    const text = {
      fr: 'C’est le dernier administrateur : donnez d’abord ce rôle à quelqu’un d’autre.',
      en: 'This is the last administrator: give the role to somebody else first.',
    };
    throw new Refusal('access.last_admin', 409, text, [{ pointer: '/roles', code: 'last_admin', text }]);
  }
}

/** A user changes their own password. Their other sessions end; the one at hand stays. */
export async function changeOwnPassword(
  options: AccessOptions,
  writing: Writing,
  input: {
    readonly userId: Uuid;
    readonly current: string;
    readonly password: string;
    readonly sessionId: Uuid | null;
  },
): Promise<void> {
  const row = await writing.tx
    .selectFrom('access.user')
    .select(['password_hash', 'name', 'email'])
    .where('id', '=', input.userId)
    .executeTakeFirst();
  if (row === undefined) throw noUser();
  if (!(await passwordMatches(row.password_hash, input.current))) {
    const text = { fr: 'Ce n’est pas votre mot de passe actuel.', en: 'This is not your present password.' };
    throw new Refusal('access.wrong_password', 422, text, [{ pointer: '/current', code: 'wrong', text }]);
  }
  expectStrongPassword(input.password, [...row.name.split(/\s+/), row.email.split('@')[0] ?? '']);
  await setPassword(options, writing, { ...input, keptSession: input.sessionId });
}

/** Gives a user a new password; all their sessions end but the one kept. */
export async function setPassword(
  options: AccessOptions,
  writing: Writing,
  input: { readonly userId: Uuid; readonly password: string; readonly keptSession: Uuid | null },
): Promise<void> {
  const passwordHash = await hashPassword(input.password);
  const changed = await writing.tx
    .updateTable('access.user')
    .set({ password_hash: passwordHash, password_changed_at: writing.now })
    .where('id', '=', input.userId)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) throw noUser();
  await endSessionsOf(writing, input.userId, input.keptSession);
  const subject = publicId('usr', input.userId);
  await recordDecision(options, writing, { kind: 'user.password_changed', subject, data: {} });
}

/** Signs a user out everywhere, but in the session kept. */
export async function endSessionsOf(writing: Writing, userId: Uuid, kept: Uuid | null): Promise<void> {
  await writing.tx
    .deleteFrom('access.session')
    .where('user_id', '=', userId)
    .$if(kept !== null, (query) => query.where('id', '!=', kept ?? ''))
    .execute();
}

/** Remembers the language a user chose. */
export async function setLanguage(writing: Writing, userId: Uuid, language: Language): Promise<void> {
  await writing.tx.updateTable('access.user').set({ language }).where('id', '=', userId).execute();
}

const userRefused = {
  fr: 'Cet utilisateur ne peut pas être enregistré ainsi.',
  en: 'This user can’t be saved like this.',
};

export function noUser(): Refusal {
  return new Refusal('access.no_user', 404, {
    fr: 'Cet utilisateur n’existe pas, ou plus.',
    en: 'This user does not exist, or no longer does.',
  });
}

function emailTaken(): Refusal {
  const text = { fr: 'Cette adresse a déjà un compte.', en: 'This address already has an account.' };
  return new Refusal('access.email_taken', 409, text, [{ pointer: '/email', code: 'taken', text }]);
}
