import { sql } from 'kysely';
import { type Actor, actorText, type Problem } from '../kernel/index.ts';
import {
  type Attribute,
  type Children,
  type Condition,
  conditionSql,
  from,
  type State,
  type Transition,
  type TypeModel,
  type Value,
} from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { Acting } from './acting.ts';
import type { Given } from './input.ts';
import { calculated, expectType, problem } from './refusals.ts';
import { hasRole, momentOf, rolesText } from './rights.ts';
import { databaseOf, type Source } from './rows.ts';
import type { StoredObject } from './stored-object.ts';
import { type ReadChange, saveChange } from './update.ts';

function stateLabel(type: TypeModel, name: string | null): State['label'] {
  return type.lifecycle?.states.get(name ?? '')?.label ?? { fr: name ?? '', en: name ?? '' };
}

/** Who may, from which state, through which room. */
export function standing(
  type: TypeModel,
  transition: Transition,
  acting: Acting,
  state: string | null,
  room: string | null,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (!transition.from.includes(state ?? '')) {
    const label = stateLabel(type, state);
    const from = transition.from.map((name) => stateLabel(type, name));
    problems.push({
      pointer: '/transition',
      code: 'transition.state',
      text: {
        fr: `L’objet est « ${label.fr} » ; cette étape part de : ${from.map((one) => one.fr).join(', ')}.`,
        en: `The object is “${label.en}”; this step leaves from: ${from.map((one) => one.en).join(', ')}.`,
      },
    });
  }
  if (!hasRole(acting.asker, transition.roles)) {
    const allowed = rolesText(transition.roles);
    problems.push({
      pointer: '/transition',
      code: 'transition.role',
      text: {
        fr: `Votre rôle ne le permet pas. Peuvent le faire : ${allowed.fr}.`,
        en: `Your role does not allow it. Those who may: ${allowed.en}.`,
      },
    });
  }
  if (transition.room !== null && transition.room !== room) {
    problems.push({
      pointer: '/transition',
      code: 'transition.room',
      text: {
        fr: 'Cette étape se fait depuis la page dédiée de l’objet, qui vérifie ce qu’elle demande de plus.',
        en: 'This step is done from the object’s own page, which checks what else it takes.',
      },
    });
  }
  return problems;
}

export function unfilled(
  type: TypeModel,
  transition: Transition,
  after: (attribute: Attribute) => Value,
): readonly Problem[] {
  return transition.requires.flatMap((name) => {
    const attribute = type.attributes.get(name);
    if (attribute === undefined || after(attribute) !== null) return [];
    return [
      problem(name, 'transition.missing', {
        fr: `« ${attribute.label.fr} » est à remplir avant.`,
        en: `“${attribute.label.en}” must be filled first.`,
      }),
    ];
  });
}

/** Children that a transition requires, and of which there is none. */
export async function childless(
  source: Source,
  acting: Acting,
  type: TypeModel,
  transitions: readonly Transition[],
  object: StoredObject,
): Promise<readonly { readonly transition: Transition; readonly problem: Problem }[]> {
  const found: { transition: Transition; problem: Problem }[] = [];
  for (const children of type.children.values()) {
    const asking = transitions.filter((transition) => transition.requires.includes(children.name));
    if (asking.length === 0 || (await hasChild(source, acting, children, object))) continue;
    const { fr, en } = children.label;
    const text = { fr: `« ${fr} » : il en faut au moins un.`, en: `“${en}”: at least one is needed.` };
    found.push(
      ...asking.map((transition) => ({ transition, problem: problem(children.name, 'transition.missing', text) })),
    );
  }
  return found;
}

async function hasChild(source: Source, acting: Acting, children: Children, object: StoredObject): Promise<boolean> {
  const child = expectType(acting.model, children.type);
  const column = child.attributes.get(children.by)?.columns[0] ?? children.by;
  const { rows } = await sql`
    select 1 from ${from(child)} as o where ${sql.ref(`o.${column}`)} = ${object.id} limit 1`.execute(
    databaseOf(source),
  );
  return rows.length > 0;
}

/** Someone who may do the step but not change the object gives what the step requires, nothing else. */
export function notTheirs(type: TypeModel, transition: Transition, values: Given): readonly Problem[] {
  return Object.keys(values)
    .filter((name) => !transition.requires.includes(name))
    .map((name) =>
      problem(name, 'transition.not_yours', {
        fr: `Votre rôle ne permet pas de modifier « ${type.attributes.get(name)?.label.fr ?? name} ».`,
        en: `Your role does not allow you to change “${type.attributes.get(name)?.label.en ?? name}”.`,
      }),
    );
}

/** The same with what the transition fills, and all that is calculated from it; the object is left as it was. */
export async function unmetWith(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
  change: ReadChange,
): Promise<readonly Problem[]> {
  const isTried = transition.guard !== null && change.problems.length === 0 && change.cells.length > 0;
  if (!isTried) return [...(await unmet(writing, acting, type, [transition], object)).values()];
  await sql`savepoint tried`.execute(writing.tx);
  await saveChange(writing, type, object, change.cells);
  const problems = await unmet(writing, acting, type, [transition], object);
  await sql`rollback to savepoint tried`.execute(writing.tx);
  return [...problems.values()];
}

/** Guards that don't hold on the object, which is still in the state it leaves. One query for all. */
export async function unmet(
  source: Source,
  acting: Acting,
  type: TypeModel,
  transitions: readonly Transition[],
  object: StoredObject,
): Promise<ReadonlyMap<Transition, Problem>> {
  const guarded = transitions.flatMap((transition) =>
    transition.guard === null ? [] : [{ transition, guard: transition.guard }],
  );
  if (guarded.length === 0) return new Map();
  const moment = momentOf(source, acting.asker);
  const holds = guarded.map(({ guard }) => conditionSql(guard, moment));
  const tried = sql<{ holds: readonly boolean[] }>`
    select array[${sql.join(holds)}] as holds from ${from(type)} as o where o.id = ${object.id}`;
  const { rows } = await calculated(tried.execute(databaseOf(source)));
  const failing = guarded.filter((_, at) => rows[0]?.holds[at] !== true);
  return new Map(failing.map(({ transition, guard }) => [transition, guardProblem(guard)]));
}

function guardProblem({ why }: Condition): Problem {
  const text = { fr: `Condition non remplie : ${why.fr}.`, en: `Condition not met: ${why.en}.` };
  return { pointer: '/transition', code: 'transition.guard', text };
}

export async function fourEyes(
  source: Source,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
  actor: Actor,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const name of transition.notBy) {
    const last = await databaseOf(source)
      .selectFrom('objects.history')
      .select('actor')
      .where('object', '=', object.id)
      .where('action', '=', 'transition')
      .where('transition', '=', name)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    if (last?.actor !== actorText(actor)) continue;
    const label = type.lifecycle?.transitions.get(name)?.label;
    problems.push({
      pointer: '/transition',
      code: 'transition.same_person',
      text: {
        fr: `Quatre yeux : qui a fait « ${label?.fr ?? name} » ne peut pas faire cette étape.`,
        en: `Four eyes: whoever did “${label?.en ?? name}” can’t do this step.`,
      },
    });
  }
  return problems;
}
