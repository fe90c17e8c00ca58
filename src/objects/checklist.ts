import { actorText, type Problem, Refusal } from '../kernel/index.ts';
import { nearest, type Transition, type TypeModel } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { Acting } from './acting.ts';
import { standing } from './hindrances.ts';
import { remember } from './history.ts';
import { readObject } from './read.ts';
import { expectType, invalid } from './refusals.ts';
import { databaseOf, type Source } from './rows.ts';
import type { StoredObject } from './stored-object.ts';
import { expectTransition } from './transition-of.ts';
import { lockObject } from './update.ts';

/** An item ticked on an object, by whom and when. */
export interface Tick {
  readonly transition: string;
  readonly item: string;
  readonly at: Date;
  /** As `actorText` says it. */
  readonly actor: string;
}

export interface TicksAsked {
  readonly transition: string;
  /** Items by name: true ticks, false takes a tick back. Those not named stay as they are. */
  readonly ticks: Readonly<Record<string, boolean>>;
}

/**
 * Ticks items of a transition's checklist, or takes ticks back. Whoever may do the transition may, while the object is in a state it
 * leaves from. What is already so stays with its first author. The object's version doesn't grow: nothing of it changed.
 */
export async function tickItems(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  asked: TicksAsked,
): Promise<StoredObject> {
  const type = expectType(acting.model, typeName);
  const transition = expectTransition(type, asked.transition);
  const object = await lockObject(writing, acting, type, reference, null);
  const problems = [
    ...standing(type, transition, acting, object.state, transition.room),
    ...Object.keys(asked.ticks).flatMap((name) => unknownItem(transition, name)),
  ];
  if (problems.length > 0) throw ticksRefused(type, problems);
  const present = new Set((await ticksOf(writing, object.id, transition.name)).map(({ item }) => item));
  const named = (isTicked: boolean): readonly string[] =>
    Object.entries(asked.ticks).flatMap(([item, wanted]) =>
      wanted === isTicked && present.has(item) !== isTicked ? [item] : [],
    );
  await tick(writing, type, transition, object, named(true));
  await untick(writing, type, transition, object, named(false));
  return object;
}

async function tick(
  writing: Writing,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
  items: readonly string[],
): Promise<void> {
  if (items.length === 0) return;
  const by = { at: writing.now, actor: actorText(writing.cause.actor) };
  await writing.tx
    .insertInto('objects.tick')
    .values(items.map((item) => ({ object: object.id, transition: transition.name, item, ...by })))
    .execute();
  await rememberTicks(writing, type, transition, object, 'tick', items);
}

async function untick(
  writing: Writing,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
  items: readonly string[],
): Promise<void> {
  if (items.length === 0) return;
  await writing.tx
    .deleteFrom('objects.tick')
    .where('object', '=', object.id)
    .where('transition', '=', transition.name)
    .where('item', 'in', items)
    .execute();
  await rememberTicks(writing, type, transition, object, 'untick', items);
}

async function rememberTicks(
  writing: Writing,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
  action: 'tick' | 'untick',
  items: readonly string[],
): Promise<void> {
  await remember(writing, {
    type,
    object: object.id,
    version: object.version,
    action,
    transition: transition.name,
    changes: items.map((item) => ({ attribute: item, from: action === 'untick', to: action === 'tick' })),
  });
}

/** What is ticked on an object, of one transition or of all. Reading it takes no right of its own: the caller has read the object. */
export async function ticksOf(source: Source, object: string, transition?: string): Promise<readonly Tick[]> {
  let query = databaseOf(source)
    .selectFrom('objects.tick')
    .select(['transition', 'item', 'at', 'actor'])
    .where('object', '=', object);
  if (transition !== undefined) query = query.where('transition', '=', transition);
  return query.execute();
}

/** What the checklist of an object's transitions says, item by item: of those that leave from the state it is in. */
export interface Checklist {
  readonly transition: Transition;
  readonly items: readonly {
    readonly name: string;
    readonly label: Transition['label'];
    readonly tick: Tick | null;
  }[];
  /** Whether the asker may tick. */
  readonly canTick: boolean;
}

export async function checklistsOf(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
): Promise<readonly Checklist[]> {
  const type = expectType(acting.model, typeName);
  const asking = [...(type.lifecycle?.transitions.values() ?? [])].filter(({ checklist }) => checklist.length > 0);
  if (asking.length === 0) return [];
  const object = await readObject(source, acting, typeName, reference);
  const here = asking.filter(({ from }) => from.includes(object.state ?? ''));
  if (here.length === 0) return [];
  const ticks = await ticksOf(source, object.id);
  return here.map((transition) => ({
    transition,
    items: transition.checklist.map(({ name, label }) => ({
      name,
      label,
      tick: ticks.find((one) => one.transition === transition.name && one.item === name) ?? null,
    })),
    canTick: standing(type, transition, acting, object.state, transition.room).length === 0,
  }));
}

/** One refusal an item that nobody has ticked. */
export function unticked(transition: Transition, ticks: readonly Tick[]): readonly Problem[] {
  const done = new Set(ticks.filter((one) => one.transition === transition.name).map(({ item }) => item));
  return transition.checklist
    .filter(({ name }) => !done.has(name))
    .map(({ name, label }) => ({
      pointer: `/checklist/${name}`,
      code: 'transition.unticked',
      text: { fr: `À cocher avant : « ${label.fr} ».`, en: `To tick first: “${label.en}”.` },
    }));
}

/** Once a transition is done: a second passage needs ticks of its own, and a state that was left leaves none behind. */
export async function dropTicks(
  writing: Writing,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
): Promise<void> {
  const hasChecklist = [...(type.lifecycle?.transitions.values() ?? [])].some(({ checklist }) => checklist.length > 0);
  if (!hasChecklist) return;
  const all = writing.tx.deleteFrom('objects.tick').where('object', '=', object.id);
  await (object.state === transition.to ? all.where('transition', '=', transition.name) : all).execute();
}

function unknownItem(transition: Transition, name: string): readonly Problem[] {
  const names = transition.checklist.map((item) => item.name);
  if (names.includes(name)) return [];
  const close = nearest(name, names);
  return [
    {
      pointer: `/ticks/${name}`,
      code: 'transition.unknown_item',
      text: {
        fr: `La liste de contrôle n’a pas de point « ${name} ».${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`}`,
        en: `The checklist has no item “${name}”.${close === null ? '' : ` Did you mean “${close}”?`}`,
      },
    },
  ];
}

function ticksRefused(type: TypeModel, problems: readonly Problem[]): Refusal {
  const isRight = problems.every((one) => one.code === 'transition.role');
  const refusal = invalid(type, problems);
  return isRight ? new Refusal('object.forbidden', 403, refusal.text, problems) : refusal;
}
