import { type Id, newId, type Problem, Refusal } from '../kernel/index.ts';
import { type Attribute, type Children, isFilledIn, type TypeModel, type Value } from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { Acting } from './acting.ts';
import { followFiles } from './files/file.ts';
import { changesBetween } from './history.ts';
import { type Given, missingRequired, readInput, repeatedValues } from './input.ts';
import { findRow } from './read.ts';
import { expectType, forbidden, invalid, problem } from './refusals.ts';
import { expectRight, expectRightOn, isInPerimeter } from './rights.ts';
import { toObject } from './rows.ts';
import type { AnyShape, StoredObject, TypeShape } from './stored-object.ts';
import { type JournalChoice, journal } from './write.ts';
import { insertObjects } from './write-many.ts';

export interface CreateOptions {
  /** When the caller already gave it an id (UUIDv7). */
  readonly id?: Id<'object'>;
  readonly journal?: JournalChoice;
}

/** Creates an object in its type's initial state. Refuses (422) with everything that is wrong at once. */
export async function createObject<Shape extends TypeShape = AnyShape>(
  writing: Writing,
  acting: Acting,
  typeName: string,
  given: Given,
  options: CreateOptions = {},
): Promise<StoredObject<Shape>> {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'create');
  const id = options.id ?? newId(writing.now.getTime());
  const { own, parts } = apart(type, given);
  const values = await valuesToCreate(writing, acting, type, id, own);
  const [number = ''] = await insertObjects(writing, type, [{ id, values }]);
  await expectRightOn(writing, acting.asker, type, 'create', id);
  await followFiles(
    writing,
    type,
    id,
    changesBetween(() => null, values),
  );
  await journal(writing, options.journal, 'object.created', id, { type: type.name, number });
  await createChildren(writing, acting, type, id, parts);
  return toObject<Shape>(type, await findRow(writing, { ...acting, asker: { kind: 'system' } }, type, id, false));
}

interface Apart {
  readonly own: Given;
  readonly parts: ReadonlyMap<Children, unknown>;
}

/** What was given of the object itself, and of the objects that are part of it. */
function apart(type: TypeModel, given: Given): Apart {
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => !type.children.has(name)));
  const parts = [...type.children.values()].flatMap((children) => {
    const list = given[children.name];
    return list === undefined || list === null ? [] : [[children, list] as const];
  });
  return { own, parts: new Map(parts) };
}

/** The objects that are part of a new one, in the order given. What is wrong in any is told at once, with its place. */
async function createChildren(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  parent: Id<'object'>,
  parts: ReadonlyMap<Children, unknown>,
): Promise<void> {
  const problems: Problem[] = [];
  for (const [children, list] of parts) {
    if (!Array.isArray(list)) {
      problems.push(problem(children.name, 'value.not_list', listWanted));
      continue;
    }
    for (const [at, values] of list.entries()) {
      const place = `/values/${children.name}/${at}`;
      problems.push(...(await createChild(writing, acting, children, parent, values, place)));
    }
  }
  if (problems.length > 0) throw invalid(type, problems);
}

async function createChild(
  writing: Writing,
  acting: Acting,
  { type, by }: Children,
  parent: Id<'object'>,
  values: unknown,
  place: string,
): Promise<readonly Problem[]> {
  try {
    const given = typeof values === 'object' && values !== null ? values : {};
    await createObject(writing, acting, type, { ...given, [by]: parent });
    return [];
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'object.invalid') throw error;
    return error.problems.map((one) => ({ ...one, pointer: one.pointer.replace('/values', place) }));
  }
}

const listWanted = { fr: 'Une liste est attendue.', en: 'A list is expected.' };

async function valuesToCreate(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  id: Id<'object'>,
  given: Given,
): Promise<ReadonlyMap<Attribute, Value>> {
  const input = await readInput(writing, acting, type, given);
  const values = withDefaults(type, input.values);
  const faulty = new Set(input.problems.map((one) => one.pointer));
  const missing = missingRequired(type, (attribute) => values.get(attribute) ?? null);
  const problems = [
    ...input.problems,
    ...missing.filter((one) => !faulty.has(one.pointer)),
    ...(await repeatedValues(writing, type, id, values)),
  ];
  if (problems.length > 0) throw invalid(type, problems);
  expectPerimeter(acting, type, id, values);
  return values;
}

/** What a new object holds: what was given, else each attribute's default, else nothing. */
export function withDefaults(type: TypeModel, given: ReadonlyMap<Attribute, Value>): ReadonlyMap<Attribute, Value> {
  const values = new Map<Attribute, Value>();
  for (const attribute of type.attributes.values()) {
    if (!isFilledIn(attribute)) continue;
    const value = given.get(attribute);
    values.set(attribute, value === undefined ? attribute.defaultValue : value);
  }
  return values;
}

/** Nobody can put an object where they would not see it. */
export function expectPerimeter(
  acting: Acting,
  type: TypeModel,
  id: Id<'object'>,
  values: ReadonlyMap<Attribute, Value>,
): void {
  const valueFor = (name: string): unknown => {
    const attribute = type.attributes.get(name);
    return attribute === undefined ? null : values.get(attribute);
  };
  if (isInPerimeter(acting.asker, type, id, valueFor)) return;
  throw forbidden({
    fr: `${type.label.fr} : cet objet serait en dehors de votre périmètre ; rien n’a été enregistré.`,
    en: `${type.label.en}: this object would be outside of your perimeter; nothing was saved.`,
  });
}
