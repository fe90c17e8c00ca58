import { sql } from 'kysely';
import { type Problem, Refusal } from '../kernel/index.ts';
import {
  type Attribute,
  columnValues,
  type Effect,
  from,
  groundOf,
  type Operand,
  type Transition,
  type TypeModel,
  type Value,
} from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import { type Acting, systemAsker } from './acting.ts';
import { createObject } from './create.ts';
import type { Change } from './history.ts';
import { findRow } from './read.ts';
import { calculated, expectType, invalid } from './refusals.ts';
import { momentOf } from './rights.ts';
import { type Row, toObject } from './rows.ts';
import type { AnyShape, StoredObject } from './stored-object.ts';
import { readChange, updateObject } from './update.ts';
import { writeRow } from './write.ts';

/**
 * What a transition sets on the object itself: written beside the state, part of the same version. The object is already as the
 * transition leaves it, calculations and totals included.
 */
export async function setByTransition(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
): Promise<readonly Change[]> {
  const effects = transition.effects.filter((effect) => effect.kind === 'set');
  if (effects.length === 0) return [];
  const given = new Map(effects.flatMap(({ values }) => [...values]));
  const present = toObject<AnyShape>(type, await findRow(writing, byCode(acting), type, object.id, false));
  const values = await valuesOf(writing, acting, type, object, type, given);
  const change = await readChange(writing, byCode(acting), type, present, values);
  if (change.problems.length > 0) throw effectRefused(transition, invalid(type, change.problems));
  if (change.cells.length === 0) return [];
  const set = change.cells.map(({ column, value }) => sql`${sql.ref(column)} = ${value}`);
  await writeRow(
    writing,
    type,
    sql`update ${sql.table(`model.${type.table}`)} set ${sql.join(set)} where id = ${object.id}`,
  );
  return change.changes;
}

/** Objects that a transition creates, and those it changes behind a reference: by the model's word, whoever does the step. */
export async function runEffects(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  transition: Transition,
  object: StoredObject,
): Promise<void> {
  for (const effect of transition.effects) {
    if (effect.kind === 'set' || effect.kind === 'notify') continue;
    try {
      await run(writing, acting, type, effect, object);
    } catch (error) {
      throw error instanceof Refusal ? effectRefused(transition, error) : error;
    }
  }
}

async function run(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  effect: Extract<Effect, { readonly kind: 'create' | 'update' }>,
  object: StoredObject,
): Promise<void> {
  const target = expectType(acting.model, effect.type);
  const values = await valuesOf(writing, acting, type, object, target, effect.values);
  if (effect.kind === 'create') {
    await createObject(writing, byCode(acting), target.name, values);
    return;
  }
  const reference = await referenceOf(writing, type, object, effect.through);
  // Nothing is behind a reference that isn't filled: there is nothing to change.
  if (reference !== null)
    await updateObject(writing, byCode(acting), target.name, reference, { values, version: null });
}

function byCode(acting: Acting): Acting {
  return { ...acting, asker: systemAsker };
}

async function referenceOf(
  writing: Writing,
  type: TypeModel,
  object: StoredObject,
  name: string,
): Promise<string | null> {
  const column = type.attributes.get(name)?.columns[0] ?? name;
  const { rows } = await sql<{ id: string | null }>`
    select ${sql.ref(`o.${column}`)} as id from ${from(type)} as o where o.id = ${object.id}`.execute(writing.tx);
  return rows[0]?.id ?? null;
}

/** What the expressions give on the object as it now is, as values of the target's attributes. One query. */
async function valuesOf(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  object: StoredObject,
  target: TypeModel,
  given: ReadonlyMap<string, Operand>,
): Promise<Readonly<Record<string, Value>>> {
  const ground = groundOf({ moment: momentOf(writing, acting.asker) });
  const wanted = [...given].flatMap(([name, operand]) => {
    const attribute = target.attributes.get(name);
    return attribute === undefined
      ? []
      : [{ attribute, columns: columnValues(operand, attribute.type.expression, ground) }];
  });
  const cells = wanted.flatMap(({ columns }, at) =>
    columns.map((value, each) => sql`${value} as ${sql.ref(`v${at}_${each}`)}`),
  );
  const reading = sql<Row>`select ${sql.join(cells)} from ${from(type)} as o where o.id = ${object.id}`;
  const { rows } = await calculated(reading.execute(writing.tx));
  const row = rows[0] ?? {};
  return Object.fromEntries(wanted.map(({ attribute }, at) => [attribute.name, decoded(attribute, row, at)]));
}

function decoded(attribute: Attribute, row: Row, at: number): Value {
  const stored = attribute.columns.map((_, each) => row[`v${at}_${each}`]);
  return stored[0] === null || stored[0] === undefined ? null : attribute.type.decode(stored);
}

/** An effect that can't be refuses the whole step: nothing of it is kept. */
function effectRefused(transition: Transition, refusal: Refusal): Refusal {
  const { fr, en } = refusal.text;
  const problem: Problem = {
    pointer: '/transition',
    code: 'transition.effect',
    text: { fr: `Un effet de cette étape est refusé. ${fr}`, en: `An effect of this step is refused. ${en}` },
  };
  return new Refusal(
    'object.transition_refused',
    422,
    {
      fr: `« ${transition.label.fr} » n’est pas possible. ${problem.text.fr}`,
      en: `“${transition.label.en}” is not possible. ${problem.text.en}`,
    },
    [problem],
  );
}
