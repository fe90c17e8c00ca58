import { actorText, canonicalJson, type Id, type Json, newId, seal, type Uuid } from '../kernel/index.ts';
import type { Attribute, TypeModel, Value } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { Acting } from './acting.ts';
import { readObject } from './read.ts';
import { databaseOf, type Source } from './rows.ts';
import { objectKey, objectKeys, openWith } from './secrets.ts';

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
  /** An attribute, or `state`; of `attach` and `detach`, `attachment`; of `comment`, `comment`. */
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
  const id = newId(writing.now.getTime());
  const { type, object } = happening;
  const isPersonal = (name: string): boolean =>
    wholeSealed.has(happening.action) || (type.attributes.get(name)?.category ?? null) !== null;
  const personal = happening.changes.filter((change) => isPersonal(change.attribute));
  const shown = happening.changes.map((change) =>
    isPersonal(change.attribute) ? { attribute: change.attribute, ...sealedMark } : { ...change },
  );
  const sealed =
    personal.length === 0
      ? null
      : seal(await objectKey(writing, object), canonicalJson(asJson(personal)), `objects.history ${id}`);
  await writing.tx
    .insertInto('objects.history')
    .values({
      id,
      type: type.name,
      object,
      version: happening.version,
      at: writing.now,
      actor: actorText(writing.cause.actor),
      source: writing.cause.source,
      action: happening.action,
      transition: happening.transition,
      changes: JSON.stringify(shown),
      sealed,
    })
    .execute();
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
    const opened = new Map<string, Change>();
    const clear = row.sealed === null ? null : openWith(key, row.sealed, `objects.history ${row.id}`);
    if (clear !== null) {
      const changes: readonly Change[] = JSON.parse(clear);
      for (const change of changes) opened.set(change.attribute, change);
    }
    return {
      id: row.id,
      at: row.at,
      actor: row.actor,
      source: row.source,
      action: actionOf(row.action),
      transition: row.transition,
      version: row.version,
      changes: recorded(row.changes, opened),
    };
  });
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
