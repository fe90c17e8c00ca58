import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { listUsersToTell } from '../../access/index.ts';
import { saying } from '../../http/index.ts';
import {
  type Actor,
  actorText,
  type Id,
  isUuid,
  newId,
  parseId,
  Refusal,
  systemCause,
  type Text,
  type Uuid,
} from '../../kernel/index.ts';
import { roleNames } from '../../model/index.ts';
import { type DueHandler, type Scope, type Writing, write } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { maySee, notify } from '../notices/tell.ts';
import { readObject } from '../read.ts';
import { expectType } from '../refusals.ts';
import type { Source } from '../rows.ts';
import { databaseOf } from '../rows.ts';

/** Roles that a task may be given to: those of people. */
export const taskRoles = roleNames.filter((role) => role !== 'anyone' && role !== 'system');

export const taskInput = z.object({
  title: z
    .string(saying({ fr: 'Dites ce qui est à faire.', en: 'Say what is to be done.' }))
    .trim()
    .min(1)
    .max(200),
  /** A user's id or the address of their account. */
  assignee: z.string().trim().max(200).nullish(),
  role: z.enum(taskRoles).nullish(),
  due_on: z.iso.date().nullish(),
});

export type TaskInput = z.output<typeof taskInput>;

export interface Task {
  readonly id: Uuid;
  readonly type: string;
  readonly object: Uuid;
  readonly title: string;
  readonly assignee: Id<'user'> | null;
  readonly role: string | null;
  /** A day, `2026-12-01`. */
  readonly dueOn: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
}

/** Gives somebody something to do about an object that both can see: a person, or whoever has a role. They are told. */
export async function createTask(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  given: TaskInput,
): Promise<Uuid> {
  const type = expectType(acting.model, typeName);
  const object = await readObject(writing, acting, typeName, reference);
  const named = given.assignee ?? null;
  const role = given.role ?? null;
  if ((named === null) === (role === null)) throw refused('/assignee', 'task.to_whom', toWhom);
  const holders = await holdersOf(writing, named, role);
  const able = holders.filter((user) => maySee(user, type, object));
  if (able.length === 0) throw refused(named === null ? '/role' : '/assignee', 'task.nobody', nobody);
  const id = newId(writing.now.getTime());
  const dueOn = given.due_on ?? null;
  await writing.tx
    .insertInto('objects.task')
    .values({
      id,
      type: type.name,
      object: object.id,
      title: given.title,
      assignee: named === null ? null : (able[0]?.id ?? null),
      role,
      due_on: dueOn,
      created_at: writing.now,
      created_by: actorText(writing.cause.actor),
      next_at: dueOn === null ? null : remindedAt(dueOn, writing.now),
    })
    .execute();
  const { actor } = writing.cause;
  const told = able.filter((user) => !(actor.kind === 'user' && actor.id === user.id)).map((user) => user.id);
  await notify(writing, object, told, entrusted);
  return id;
}

const entrusted = {
  title: { fr: 'Une tâche vous est confiée : {title}', en: 'A task is given to you: {title}' },
  body: null,
};

const dueToday = {
  title: { fr: 'Une tâche est à faire aujourd’hui : {title}', en: 'A task is due today: {title}' },
  body: null,
};

const toWhom: Text = {
  fr: 'Confiez la tâche à une personne ou à un rôle : l’un des deux.',
  en: 'Give the task to a person or to a role: one of the two.',
};
const nobody: Text = {
  fr: 'Personne ainsi désigné ne peut voir cet objet : choisissez quelqu’un d’autre.',
  en: 'Nobody so named can see this object: choose somebody else.',
};

function refused(pointer: string, code: string, text: Text): Refusal {
  return new Refusal(code, 422, text, [{ pointer, code, text }]);
}

async function holdersOf(writing: Writing, named: string | null, role: string | null) {
  if (named === null) return listUsersToTell(writing.tx, { roles: role === null ? [] : [role], ids: [], emails: [] });
  const id = parseId('usr', named);
  const ids = id === null ? [] : [id];
  return listUsersToTell(writing.tx, { roles: [], ids, emails: id === null ? [named.toLowerCase()] : [] });
}

/** The morning of its day; null when that is over. */
function remindedAt(dueOn: string, now: Date): Date | null {
  const morning = Temporal.PlainDate.from(dueOn).toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '08:00' });
  return morning.epochMilliseconds <= now.getTime() ? null : new Date(morning.epochMilliseconds);
}

interface Whose {
  readonly user: { readonly id: Id<'user'> };
  readonly roles: readonly string[];
}

/** Ends a task: its assignee may, whoever gave it, and administrators. Done twice is done once. */
export async function endTask(writing: Writing, who: Whose, id: string): Promise<Task> {
  const row = isUuid(id)
    ? await writing.tx.selectFrom('objects.task').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    : undefined;
  const me = actorText(writing.cause.actor);
  if (row === undefined || !isTheirs(toTask(row), { ...who, actor: writing.cause.actor })) throw noTask();
  if (row.done_at !== null) return toTask(row);
  const done = await writing.tx
    .updateTable('objects.task')
    .set({ done_at: writing.now, done_by: me, next_at: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toTask(done);
}

/** Whether they may end it: it is given to them, they gave it, or they administrate. */
export function isTheirs(task: Task, who: Whose & { readonly actor: Actor }): boolean {
  return (
    task.assignee === who.user.id ||
    task.createdBy === actorText(who.actor) ||
    who.roles.includes('admin') ||
    (task.role !== null && who.roles.includes(task.role))
  );
}

function noTask(): Refusal {
  return new Refusal('task.not_found', 404, {
    fr: 'Cette tâche n’existe pas, ou n’est pas la vôtre.',
    en: 'This task does not exist, or is not yours.',
  });
}

/** What waits for somebody, themselves or by one of their roles: the most pressing first. */
export async function myTasks(
  source: Source,
  who: Whose,
  asked: { readonly limit: number; readonly after: readonly [string, Uuid] | null },
): Promise<readonly Task[]> {
  const after =
    asked.after === null
      ? sql`true`
      : sql`(coalesce(due_on, 'infinity'), id) > (${asked.after[0]}::date, ${asked.after[1]}::uuid)`;
  const { rows } = await sql<TaskRow>`
    select * from objects.task where done_at is null and (assignee = ${who.user.id} or role = any (${[...who.roles]}::text[]))
       and ${after} order by coalesce(due_on, 'infinity'), id limit ${asked.limit}`.execute(databaseOf(source));
  return rows.map(toTask);
}

export async function countMyTasks(scope: Scope, who: Whose): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from objects.task
     where done_at is null and (assignee = ${who.user.id} or role = any (${[...who.roles]}::text[])) limit 100) as mine`.execute(
    scope.db,
  );
  return rows[0]?.n ?? 0;
}

/** Tasks about an object, those to do first. The caller has read the object. */
export async function tasksOf(source: Source, object: Uuid): Promise<readonly Task[]> {
  const rows = await databaseOf(source)
    .selectFrom('objects.task')
    .selectAll()
    .where('object', '=', object)
    .orderBy(sql`done_at is not null`)
    .orderBy('due_on')
    .orderBy('id')
    .limit(50)
    .execute();
  return rows.map(toTask);
}

type TaskRow = Parameters<typeof toTask>[0];

function toTask(row: {
  readonly id: Uuid;
  readonly type: string;
  readonly object: Uuid;
  readonly title: string;
  readonly assignee: Id<'user'> | null;
  readonly role: string | null;
  readonly due_on: string | null;
  readonly created_at: Date;
  readonly created_by: string;
  readonly done_at: Date | null;
  readonly done_by: string | null;
}): Task {
  const { due_on: dueOn, created_at: createdAt, created_by: createdBy, done_at: doneAt, done_by: doneBy } = row;
  const { id, type, object, title, assignee, role } = row;
  return { id, type, object, title, assignee, role, dueOn, createdAt, createdBy, doneAt, doneBy };
}

/** On the morning of a task's day, reminds whoever is to do it. */
export const taskHandler: DueHandler = {
  table: 'objects.task',
  batch: 50,
  leaseMs: 30_000,
  run: async (scope, rows, lease) => {
    for (const row of rows) {
      await write(scope, systemCause('tasks'), async (writing) => {
        await lease.settle(writing.tx, row.id, null);
        const task = await writing.tx
          .selectFrom('objects.task')
          .select(['type', 'object', 'assignee', 'role', 'done_at'])
          .where('id', '=', row.id)
          .executeTakeFirst();
        if (task === undefined || task.done_at !== null) return;
        const holders = await listUsersToTell(writing.tx, {
          roles: task.role === null ? [] : [task.role],
          ids: task.assignee === null ? [] : [task.assignee],
          emails: [],
        });
        const told = holders.map(({ id }) => id);
        await notify(writing, { type: task.type, id: task.object }, told, dueToday);
      });
    }
  },
};
