import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { actorText, canonicalJson, type Id, type Json, newId, seal, type Uuid } from '../kernel/index.ts';
import type { Attribute, TypeModel, Value } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { Acting } from './acting.ts';
import { readObject } from './read.ts';
import { databaseOf, type Source } from './rows.ts';
import { objectKeys, objectKeysMade, openWith } from './secrets.ts';

const historyActions = [
  'create',
  'update',
  'transition',
  'delete',
  'tick',
  'untick',
  'attach',
  'detach',
  'comment',
  'link',
  'unlink',
] as const;
export type HistoryAction = (typeof historyActions)[number];

/** What the database holds as text. One that this version doesn't know was written by a later one. */
function actionOf(written: string): HistoryAction {
  const known = historyActions.find((action) => action === written);
  if (known === undefined) throw new Error(`history has an action that is not known: ${written}`);
  return known;
}

/** What is told of these is people's own words. */
const wholeSealed: ReadonlySet<HistoryAction> = new Set(['attach', 'detach', 'comment']);

export interface Change {
  /** An attribute, or `state`; of `link` and `unlink`, the relation; of `attach` and `detach`, `attachment`; of `comment`, `comment`. */
  readonly attribute: string;
  readonly from: Value;
  readonly to: Value;
}

export interface HistoryEvent {
  readonly id: Uuid;
  readonly at: Date;
  readonly actor: string;
  readonly source: string;
  readonly action: HistoryAction;
  readonly transition: string | null;
  readonly version: number;
  readonly changes: readonly RecordedChange[];
}

export type RecordedChange =
  | (Change & { readonly isForgotten: false })
  /** A personal value whose secret was destroyed: that it changed is still known. */
  | { readonly attribute: string; readonly isForgotten: true };

export interface Happening {
  readonly type: TypeModel;
  readonly object: Id<'object'>;
  readonly version: number;
  readonly action: HistoryAction;
  readonly transition: string | null;
  readonly changes: readonly Change[];
}

const sealedMark = { sealed: true } as const;

/** One row, in the transaction that changes the object. Values of personal attributes are sealed under its secret. */
export async function remember(writing: Writing, happening: Happening): Promise<void> {
  await rememberAll(writing, [happening]);
}

/** One row each, in one statement. */
export async function rememberAll(writing: Writing, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return;
  const withPersonal = happenings.filter((one) => one.changes.some((change) => isPersonal(one, change)));
  const keys = await objectKeysMade(
    writing,
    withPersonal.map(({ object }) => object),
  );
  const rows = happenings.map((happening) => {
    const id = newId(writing.now.getTime());
    const { object, changes } = happening;
    const personal = changes.filter((change) => isPersonal(happening, change));
    const shown = changes.map((change) =>
      isPersonal(happening, change) ? { attribute: change.attribute, ...sealedMark } : change,
    );
    const key = personal.length === 0 ? undefined : keys.get(object);
    const sealed =
      key === undefined ? null : seal(key, canonicalJson(asJson(personal)), `objects.history ${id}`).toString('hex');
    return { ...happening, id, shown: JSON.stringify(shown), sealed };
  });
  await sql`
    insert into objects.history (id, type, object, version, at, actor, source, action, transition, changes, sealed)
    select h.id, h.type, h.object, h.version, ${writing.now}, ${actorText(writing.cause.actor)}, ${writing.cause.source},
           h.action, h.transition, h.changes::jsonb, decode(h.sealed, 'hex')
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ type }) => type.name)}::text[],
                  ${rows.map(({ object }) => object)}::uuid[], ${rows.map(({ version }) => version)}::int[],
                  ${rows.map(({ action }) => action)}::text[], ${rows.map(({ transition }) => transition)}::text[],
                  ${rows.map(({ shown }) => shown)}::text[], ${rows.map(({ sealed }) => sealed)}::text[])
        as h(id, type, object, version, action, transition, changes, sealed)`.execute(writing.tx);
}

function isPersonal({ action, type }: Happening, { attribute }: Change): boolean {
  return wholeSealed.has(action) || (type.attributes.get(attribute)?.category ?? null) !== null;
}

function asJson(changes: readonly Change[]): Json {
  const plain: Json = JSON.parse(JSON.stringify(changes));
  return plain;
}

/** What changed between the values an object had and those it gets. */
export function changesBetween(
  before: (attribute: Attribute) => Value,
  after: ReadonlyMap<Attribute, Value>,
): readonly Change[] {
  return [...after].flatMap(([attribute, to]) => {
    const from = before(attribute);
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ attribute: attribute.name, from, to }];
  });
}

export interface HistoryAsked {
  readonly limit?: number;
  /** The id of the last event seen; null from the newest. */
  readonly before?: Uuid | null;
}

/** Who changed what from what to what, the newest first. Asks for the right to read the object. */
export async function objectHistory(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
  asked: HistoryAsked = {},
): Promise<readonly HistoryEvent[]> {
  const object = await readObject(source, acting, typeName, reference);
  let query = databaseOf(source)
    .selectFrom('objects.history')
    .selectAll()
    .where('object', '=', object.id)
    .orderBy('id', 'desc')
    .limit(asked.limit ?? 50);
  if (asked.before !== undefined && asked.before !== null) query = query.where('id', '<', asked.before);
  const rows = await query.execute();
  const key = (await objectKeys(source, [object.id])).get(object.id);
  return rows.map((row) => {
    return {
      id: row.id,
      at: row.at,
      actor: row.actor,
      source: row.source,
      action: actionOf(row.action),
      transition: row.transition,
      version: row.version,
      changes: recorded(row.changes, openedOf(row, key)),
    };
  });
}

/** What was changed by the writes that gave objects these versions, by object. */
export async function changesAt(
  source: Source,
  written: readonly { readonly object: Uuid; readonly version: number }[],
): Promise<ReadonlyMap<Uuid, readonly RecordedChange[]>> {
  const objects = written.map(({ object }) => object);
  const { rows } = await sql<{ id: Uuid; object: Uuid; changes: Json; sealed: Buffer | null }>`
    select h.id, h.object, h.changes, h.sealed
      from unnest(${objects}::uuid[], ${written.map(({ version }) => version)}::int[]) as w(object, version)
      join objects.history as h on h.org = store.current_org() and h.object = w.object and h.version = w.version`.execute(
    databaseOf(source),
  );
  const keys = await objectKeys(source, objects);
  return new Map(rows.map((row) => [row.object, recorded(row.changes, openedOf(row, keys.get(row.object)))]));
}

/** The personal values of a row of history; none once its object's past is forgotten. */
function openedOf(
  row: { readonly id: Uuid; readonly sealed: Buffer | null },
  key: KeyObject | undefined,
): ReadonlyMap<string, Change> {
  const clear = row.sealed === null ? null : openWith(key, row.sealed, `objects.history ${row.id}`);
  if (clear === null) return new Map();
  const changes: readonly Change[] = JSON.parse(clear);
  return new Map(changes.map((change) => [change.attribute, change]));
}

function recorded(changes: Json, opened: ReadonlyMap<string, Change>): readonly RecordedChange[] {
  if (!Array.isArray(changes)) return [];
  return changes.flatMap((change: Json): RecordedChange[] => {
    if (typeof change !== 'object' || change === null || !('attribute' in change)) return [];
    const attribute = String(change.attribute);
    if ('sealed' in change) {
      const clear = opened.get(attribute);
      return [clear === undefined ? { attribute, isForgotten: true } : { ...clear, isForgotten: false }];
    }
    return [{ attribute, from: change.from ?? null, to: change.to ?? null, isForgotten: false }];
  });
}
