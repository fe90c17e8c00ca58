import { sql } from 'kysely';
import { record } from '../../journal/index.ts';
import type { Id } from '../../kernel/index.ts';
import { type Attribute, from, type Model, type TypeModel, targetsOf, type Value } from '../../model/index.ts';
import { type Writing, write } from '../../store/index.ts';
import { systemAsker } from '../acting.ts';
import { changesAt, rememberAll } from '../history.ts';
import type { Removal } from '../removal.ts';
import { outsideRights } from '../rights.ts';
import type { StoredObject } from '../stored-object.ts';
import { changeObjects } from '../write-many.ts';
import { asCause } from './asker.ts';
import type { LineProblem } from './draft.ts';
import { publicImportId, setJob } from './job.ts';
import { lockObjects } from './lines.ts';
import { tryEach } from './try-each.ts';
import { linesAtOnce, type Turn } from './turn.ts';

interface Effect {
  readonly object: Id<'object'>;
  readonly version: number;
  readonly is_created: boolean;
}

/**
 * Takes back what an import did, the last lines first: what it created goes, what it changed is as before. What somebody changed
 * since, or something else refers to, stays and is told. Cut anywhere, it goes on where it was.
 */
export async function undoLines(turn: Turn, removals: readonly Removal[]): Promise<'done' | 'stopped'> {
  const { scope, job } = turn;
  for (;;) {
    if (!(await turn.goesOn())) return 'stopped';
    const isLast = await write(scope, asCause(job), async (writing) => {
      await turn.hold(writing);
      const { rows } = await sql<Effect>`
        select object, version, is_created from objects.import_effect where import = ${job.id} and kept is null
         order by line desc limit ${linesAtOnce}`.execute(writing.tx);
      if (rows.length === 0) {
        await turn.finish(writing);
        return true;
      }
      await undoSome(writing, turn, rows, removals);
      return false;
    });
    if (isLast) return 'done';
  }
}

async function undoSome(
  writing: Writing,
  turn: Turn,
  effects: readonly Effect[],
  removals: readonly Removal[],
): Promise<void> {
  const { acting, type, job } = turn;
  const present = await lockObjects(writing, { ...acting, asker: systemAsker }, type, idsOf(effects));
  const isUnchanged = ({ object, version }: Effect): boolean => present.get(object)?.version === version;
  const kept = new Map<string, 'changed' | 'referred'>();
  for (const effect of effects)
    if (present.has(effect.object) && !isUnchanged(effect)) kept.set(effect.object, 'changed');
  const created = effects.filter((effect) => effect.is_created && isUnchanged(effect));
  const updated = effects.filter((effect) => !effect.is_created && isUnchanged(effect));
  for (const [operation, some] of [
    ['delete', created],
    ['update', updated],
  ] as const) {
    for (const id of await outsideRights(writing, acting.asker, type, operation, idsOf(some))) kept.set(id, 'changed');
  }
  for (const id of await workedOn(writing, idsOf(created))) kept.set(id, 'changed');
  for (const id of await referredTo(writing, acting.model, type, idsOf(created))) kept.set(id, 'referred');
  const free = (effect: Effect): boolean => !kept.has(effect.object);
  keepThose(
    kept,
    'referred',
    await tryEach(writing, created.filter(free), async (some) => {
      await deleteThose(writing, type, objectsOf(present, some), removals);
      return new Map<Effect, LineProblem>();
    }),
  );
  keepThose(
    kept,
    'changed',
    await tryEach(writing, updated.filter(free), async (some) => {
      await restoreThose(writing, type, objectsOf(present, some));
      return new Map<Effect, LineProblem>();
    }),
  );
  await settle(writing, turn, effects, kept);
  const undone = effects.filter(free).length;
  if (undone > 0) {
    await record(writing, {
      kind: 'objects.import_undone',
      subject: publicImportId(job.id),
      data: { type: type.name, count: undone },
    });
  }
}

function keepThose(
  kept: Map<string, 'changed' | 'referred'>,
  why: 'changed' | 'referred',
  refused: ReadonlyMap<Effect, LineProblem>,
): void {
  for (const { object } of refused.keys()) kept.set(object, why);
}

async function settle(
  writing: Writing,
  { job }: Turn,
  effects: readonly Effect[],
  kept: ReadonlyMap<string, string>,
): Promise<void> {
  const gone = idsOf(effects).filter((id) => !kept.has(id));
  await sql`delete from objects.import_effect where import = ${job.id} and object = any (${gone}::uuid[])`.execute(
    writing.tx,
  );
  await sql`
    update objects.import_effect as e set kept = k.why from unnest(${[...kept.keys()]}::uuid[], ${[...kept.values()]}::text[]) as k(object, why)
     where e.import = ${job.id} and e.object = k.object`.execute(writing.tx);
  await setJob(writing, job.id, {
    lines_done: sql`lines_done + ${effects.length}::int`,
    kept_count: sql`kept_count + ${kept.size}::int`,
  });
}

/** Those to which somebody has attached a file since, or of which something was said. */
async function workedOn(writing: Writing, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ object: string }>`
    select object from objects.file where object = any (${[...ids]}::uuid[])
    union select object from objects.comment where object = any (${[...ids]}::uuid[])`.execute(writing.tx);
  return new Set(rows.map(({ object }) => object));
}

/** Those that other objects refer to, each reference of the model asked once. */
async function referredTo(
  writing: Writing,
  model: Model,
  type: TypeModel,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (ids.length === 0) return found;
  for (const other of model.types.values()) {
    for (const attribute of other.attributes.values()) {
      const [column] = attribute.columns;
      if (!targetsOf(attribute.type).includes(type.name) || column === undefined) continue;
      const { rows } = await sql<{ id: string }>`
        select distinct ${sql.ref(`o.${column}`)} as id from ${from(other)} as o
         where ${sql.ref(`o.${column}`)} = any (${[...ids]}::uuid[]) and not (${other.name === type.name} and o.id = any (${[...ids]}::uuid[]))`.execute(
        writing.tx,
      );
      for (const { id } of rows) found.add(id);
    }
  }
  return found;
}

async function deleteThose(
  writing: Writing,
  type: TypeModel,
  objects: readonly StoredObject[],
  removals: readonly Removal[],
): Promise<void> {
  await rememberAll(
    writing,
    objects.map(({ id, version, values }) => ({
      type,
      object: id,
      version: version + 1,
      action: 'delete',
      transition: null,
      changes: Object.entries(values).flatMap(([attribute, value]) =>
        value === null ? [] : [{ attribute, from: value, to: null }],
      ),
    })),
  );
  await sql`delete from objects.follower where object = any (${objects.map(({ id }) => id)}::uuid[])`.execute(
    writing.tx,
  );
  await sql`delete from objects.tick where object = any (${objects.map(({ id }) => id)}::uuid[])`.execute(writing.tx);
  for (const removal of removals.filter(({ types }) => types.includes(type.name))) {
    for (const { id } of objects) await removal.remove(writing, id);
  }
  await sql`delete from ${sql.table(`model.${type.table}`)} where id = any (${objects.map(({ id }) => id)}::uuid[])`.execute(
    writing.tx,
  );
}

/** Each attribute as it was before the import; what was forgotten since stays forgotten. */
async function restoreThose(writing: Writing, type: TypeModel, objects: readonly StoredObject[]): Promise<void> {
  const changes = await changesAt(
    writing,
    objects.map(({ id, version }) => ({ object: id, version })),
  );
  const restored = objects.map((object) => {
    const values = new Map<Attribute, Value>();
    for (const change of changes.get(object.id) ?? []) {
      const attribute = type.attributes.get(change.attribute);
      if (attribute !== undefined && !change.isForgotten) values.set(attribute, change.from);
    }
    return { object, values };
  });
  await changeObjects(
    writing,
    type,
    restored.filter(({ values }) => values.size > 0),
  );
}

function idsOf(effects: readonly Effect[]): readonly string[] {
  return effects.map(({ object }) => object);
}

function objectsOf(present: ReadonlyMap<string, StoredObject>, effects: readonly Effect[]): readonly StoredObject[] {
  return effects.flatMap(({ object }) => present.get(object) ?? []);
}
