import { type Actor, type Problem, Refusal } from '../kernel/index.ts';
import type { Transition, TypeModel } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { Acting } from './acting.ts';
import { dropTicks, ticksOf, unticked } from './checklist.ts';
import { runEffects, setByTransition } from './effects.ts';
import { followFiles } from './files/file.ts';
import { childless, fourEyes, notTheirs, standing, unfilled, unmet, unmetWith } from './hindrances.ts';
import { changesBetween, remember } from './history.ts';
import type { Given } from './input.ts';
import { tellOfTransition } from './notices/tell.ts';
import { readObject } from './read.ts';
import { expectType } from './refusals.ts';
import { whyNot } from './rights.ts';
import type { Source } from './rows.ts';
import { allotSequences } from './sequences.ts';
import type { AnyShape, StoredObject, TypeShape } from './stored-object.ts';
import { expectTransition } from './transition-of.ts';
import { lockObject, readBack, readChange, saveChange } from './update.ts';
import { cellsOf, type JournalChoice, journal } from './write.ts';

export interface TransitionAsked<Name extends string = string> {
  readonly transition: Name;
  /** Attributes filled on the way, checked and saved with it. */
  readonly values?: Given;
  readonly version?: number | null;
  /** The room whose code asks, for transitions that the pack gives to a room. */
  readonly room?: string;
  readonly journal?: JournalChoice;
}

/**
 * Moves an object along its life cycle: rights → state → required fields → guard → four eyes → checklist → change → history → effects → journal,
 * in the caller's transaction. Refuses with everything that stands in the way, at once.
 */
export async function transitionObject<Shape extends TypeShape = AnyShape>(
  writing: Writing,
  acting: Acting,
  typeName: string,
  reference: string,
  asked: TransitionAsked<Shape['transition']>,
): Promise<StoredObject<Shape>> {
  const type = expectType(acting.model, typeName);
  const transition = expectTransition(type, asked.transition);
  const object = await lockObject(writing, acting, type, reference, asked.version ?? null);
  const change = await readChange(writing, acting, type, object, asked.values ?? {});
  const mayChange = (await whyNot(writing, acting.asker, type, 'update', object.id)) === null;
  const problems = [
    ...standing(type, transition, acting, object.state, asked.room ?? null),
    ...unfilled(type, transition, change.after),
    ...(await childless(writing, acting, type, [transition], object)).flatMap(({ problem: one }) => one),
    ...(mayChange ? [] : notTheirs(type, transition, asked.values ?? {})),
    ...(await unmetWith(writing, acting, type, transition, object, change)),
    ...(await fourEyes(writing, type, transition, object, writing.cause.actor)),
    ...unticked(transition, transition.checklist.length === 0 ? [] : await ticksOf(writing, object.id)),
    ...change.problems,
  ];
  if (problems.length > 0) throw refused(type, transition, problems);
  const allotted = await allotSequences(writing, type, transition, object);
  const cells = [...change.cells, ...cellsOf(allotted), { column: 'state', value: transition.to }];
  await saveChange(writing, type, object, cells);
  await dropTicks(writing, type, transition, object);
  const set = await setByTransition(writing, acting, type, transition, object);
  await followFiles(writing, type, object.id, change.changes);
  const version = object.version + 1;
  const moved = { attribute: 'state', from: object.state, to: transition.to };
  await remember(writing, {
    type,
    object: object.id,
    version,
    action: 'transition',
    transition: transition.name,
    changes: [moved, ...change.changes, ...changesBetween(() => null, allotted), ...set],
  });
  await runEffects(writing, acting, type, transition, object);
  await tellOfTransition(writing, acting, type, transition, object);
  await journal(writing, asked.journal, 'object.moved', object.id, {
    type: type.name,
    number: object.number,
    version,
    transition: transition.name,
    from: object.state,
    to: transition.to,
  });
  return readBack<Shape>(writing, acting, type, object);
}

export interface PossibleTransition {
  readonly transition: Transition;
  readonly isPossible: boolean;
  /** Why not, all of it (fields to fill are `transition.missing`); empty when it is possible. */
  readonly reasons: readonly Problem[];
}

/** For this object and this person: every transition of its life cycle, possible or not, with all the reasons. */
export async function possibleTransitions(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
  actor: Actor,
): Promise<readonly PossibleTransition[]> {
  const type = expectType(acting.model, typeName);
  const object = await readObject(source, acting, typeName, reference);
  const answers: PossibleTransition[] = [];
  const transitions = [...(type.lifecycle?.transitions.values() ?? [])];
  const guards = await unmet(source, acting, type, transitions, object);
  const without = await childless(source, acting, type, transitions, object);
  const ticks = transitions.some(({ checklist }) => checklist.length > 0) ? await ticksOf(source, object.id) : [];
  for (const transition of transitions) {
    const reasons = [
      ...standing(type, transition, acting, object.state, null),
      ...unfilled(type, transition, (attribute) => object.values[attribute.name] ?? null),
      ...(await fourEyes(source, type, transition, object, actor)),
      ...unticked(transition, ticks),
      ...without.filter((one) => one.transition === transition).map((one) => one.problem),
      ...[guards.get(transition)].filter((one) => one !== undefined),
    ];
    answers.push({ transition, isPossible: reasons.length === 0, reasons });
  }
  return answers;
}

function refused(type: TypeModel, transition: Transition, problems: readonly Problem[]): Refusal {
  const list = (language: 'fr' | 'en'): string => problems.map((one) => one.text[language]).join(' ');
  const isRight = problems.every((one) => one.code === 'transition.role');
  return new Refusal(
    'object.transition_refused',
    isRight ? 403 : 422,
    {
      fr: `« ${transition.label.fr} » n’est pas possible (${type.label.fr}). ${list('fr')}`,
      en: `“${transition.label.en}” is not possible (${type.label.en}). ${list('en')}`,
    },
    problems,
  );
}
