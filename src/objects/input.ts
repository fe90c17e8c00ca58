import { sql } from 'kysely';
import { isUuid, type Problem, parseId, type Uuid } from '../kernel/index.ts';
import {
  type Attribute,
  fileOf,
  from,
  isFilledIn,
  isFolded,
  type Model,
  nearest,
  type TypeModel,
  targetsOf,
  type Value,
} from '../model/index.ts';
import type { Writing } from '../store/index.ts';
import type { Acting } from './acting.ts';
import { fileValues } from './files/file.ts';
import { objectId } from './reference.ts';
import { problem } from './refusals.ts';
import { visibleTo } from './rights.ts';
import { databaseOf, type Source } from './rows.ts';

export type Given = Readonly<Record<string, unknown>>;

export interface ReadInput {
  /** Attributes that were given and are well formed; null empties one. */
  readonly values: ReadonlyMap<Attribute, Value>;
  readonly problems: readonly Problem[];
}

/** Reads what a caller gave for a type: everything wrong at once, references looked up together. */
export async function readInput(writing: Writing, acting: Acting, type: TypeModel, given: Given): Promise<ReadInput> {
  const values = new Map<Attribute, Value>();
  const problems: Problem[] = [];
  const references: { attribute: Attribute; wanted: Wanted }[] = [];
  const files: { attribute: Attribute; id: Uuid | null }[] = [];
  for (const [name, input] of Object.entries(given)) {
    const attribute = type.attributes.get(name);
    if (attribute === undefined) {
      problems.push(unknownAttribute(type, name));
    } else if (!isFilledIn(attribute)) {
      problems.push(notGiven(attribute));
    } else if (isEmpty(input)) {
      values.set(attribute, null);
    } else if (attribute.type.kind === 'reference' && wantedOf(attribute, input) !== null) {
      references.push({ attribute, wanted: wantedOf(attribute, input) ?? nobody });
    } else if (attribute.type.kind === 'file') {
      files.push({ attribute, id: typeof input === 'string' ? parseId('fil', input) : (fileOf(input)?.id ?? null) });
    } else {
      parseInto(values, problems, attribute, input);
    }
  }
  const held = await fileValues(
    writing,
    files.flatMap(({ id }) => id ?? []),
  );
  for (const { attribute, id } of files) parseInto(values, problems, attribute, held.get(id ?? '') ?? null);
  const found = await findReferences(writing, acting, references);
  for (const { attribute, wanted } of references) {
    const seen = wanted.types.flatMap((type) => {
      const id = found.get(referenceKey(type, wanted.text));
      return id === undefined ? [] : [{ type, id }];
    });
    const [only, another] = seen;
    if (only === undefined) problems.push(missingReference(acting.model, attribute));
    else if (another !== undefined) problems.push(ambiguous(acting.model, attribute, seen));
    else values.set(attribute, attribute.type.among === undefined ? only.id : only);
  }
  return { values, problems };
}

function parseInto(values: Map<Attribute, Value>, problems: Problem[], attribute: Attribute, input: unknown): void {
  const parsed = attribute.type.parse(input);
  if (parsed.ok) values.set(attribute, parsed.value);
  else problems.push(inLabel(attribute, problem(attribute.name, parsed.fault.code, parsed.fault.text)));
}

/** An object as a caller names it: by id or number, of any of these types. */
/** What a text or a value asks for: an object of one of these types. */
export interface Wanted {
  readonly types: readonly string[];
  readonly text: string;
}

const nobody: Wanted = { types: [], text: '' };

/** `CUS-000012`, `obj_…`; where several types may be: `customer:CUS-000012` or `{"type": "customer", "id": "CUS-000012"}` too. */
export function wantedOf({ type }: Attribute, input: unknown): Wanted | null {
  const types = targetsOf(type);
  if (typeof input === 'string') {
    const [, named = '', text = ''] = /^([a-z][a-z0-9_]*):(.+)$/.exec(input.trim()) ?? [];
    return types.length > 1 && types.includes(named)
      ? { types: [named], text: text.trim() }
      : { types, text: input.trim() };
  }
  if (typeof input !== 'object' || input === null || !('type' in input) || !('id' in input)) return null;
  const { type: named, id } = input;
  if (typeof named !== 'string' || typeof id !== 'string' || !types.includes(named)) return null;
  return { types: [named], text: id.trim() };
}

function notGiven({ name, label, sequence }: Attribute): Problem {
  if (sequence !== null) {
    return problem(name, 'value.allotted', {
      fr: `« ${label.fr} » s’attribue à l’émission : ne le donnez pas.`,
      en: `“${label.en}” is allotted when it is issued: don’t give it.`,
    });
  }
  return problem(name, 'value.computed', {
    fr: `« ${label.fr} » se calcule : ne le donnez pas.`,
    en: `“${label.en}” is calculated: don’t give it.`,
  });
}

export function isEmpty(input: unknown): boolean {
  if (typeof input === 'string') return input.trim() === '';
  return input === null || input === undefined || (Array.isArray(input) && input.length === 0);
}

/** Required attributes that are not filled. */
export function missingRequired(type: TypeModel, valueFor: (attribute: Attribute) => Value): readonly Problem[] {
  return [...type.attributes.values()]
    .filter((attribute) => attribute.required && valueFor(attribute) === null)
    .map((attribute) =>
      problem(attribute.name, 'value.required', {
        fr: `« ${attribute.label.fr} » est à remplir.`,
        en: `“${attribute.label.en}” must be filled.`,
      }),
    );
}

/** Values of unique attributes that another object already has. The database's own constraint remains for races. */
export async function repeatedValues(
  writing: Writing,
  type: TypeModel,
  id: Uuid,
  values: ReadonlyMap<Attribute, Value>,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const [attribute, value] of values) {
    const [column] = attribute.columns;
    if (!attribute.unique || value === null || column === undefined) continue;
    const [stored] = attribute.type.encode(value);
    const own = sql`${sql.ref(`o.${column}`)}`;
    const exact = isFolded(attribute) ? sql`${own} collate "C"` : own;
    const query = sql`select 1 from ${from(type)} as o where ${exact} = ${stored} and o.id <> ${id} limit 1`;
    const { rows } = await query.execute(writing.tx);
    if (rows.length > 0) problems.push(repeated(attribute));
  }
  return problems;
}

export function repeated(attribute: Attribute): Problem {
  return problem(attribute.name, 'value.not_unique', {
    fr: `« ${attribute.label.fr} » : un autre objet a déjà cette valeur.`,
    en: `“${attribute.label.en}”: another object already has this value.`,
  });
}

function unknownAttribute(type: TypeModel, name: string): Problem {
  const close = nearest(name, type.attributes.keys());
  return problem(name, 'value.unknown_attribute', {
    fr: `Aucun attribut ne s’appelle « ${name} ».${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`}`,
    en: `No attribute is called “${name}”.${close === null ? '' : ` Did you mean “${close}”?`}`,
  });
}

/** A message is read in a list too: it begins with the attribute it is about. */
export function inLabel(attribute: Attribute, about: Problem): Problem {
  const { fr, en } = about.text;
  return { ...about, text: { fr: `« ${attribute.label.fr} » : ${fr}`, en: `“${attribute.label.en}”: ${en}` } };
}

export function missingReference(model: Model, attribute: Attribute): Problem {
  const labels = targetsOf(attribute.type).flatMap((to) => model.types.get(to)?.label ?? []);
  const listed = (language: 'fr' | 'en', or: string): string => labels.map((label) => label[language]).join(or);
  return problem(attribute.name, 'value.no_such_object', {
    fr: `« ${attribute.label.fr} » : aucun objet « ${listed('fr', ' » ou « ')} » n’a cet identifiant ni ce numéro.`,
    en: `“${attribute.label.en}”: no “${listed('en', '” or “')}” has this id or number.`,
  });
}

/** Objects of several types have that number: which one is said with its type before it. */
export function ambiguous(model: Model, attribute: Attribute, seen: readonly { readonly type: string }[]): Problem {
  const ways = seen.map(({ type }) => `${type}:…`).join(', ');
  const labels = seen.flatMap(({ type }) => model.types.get(type)?.label ?? []);
  return problem(attribute.name, 'value.ambiguous_object', {
    fr: `« ${attribute.label.fr} » : plusieurs objets ont ce numéro (${labels.map((one) => one.fr).join(', ')}) ; écrivez ${ways}`,
    en: `“${attribute.label.en}”: several objects have this number (${labels.map((one) => one.en).join(', ')}); write ${ways}`,
  });
}

export function referenceKey(type: string, wanted: string): string {
  return `${type}\n${objectId(wanted) ?? wanted}`;
}

/** One query for each type referred to: ids, public ids and numbers alike. */
export async function findReferences(
  source: Source,
  acting: Acting,
  references: readonly { readonly attribute: Attribute; readonly wanted: Wanted }[],
): Promise<ReadonlyMap<string, Uuid>> {
  const found = new Map<string, Uuid>();
  for (const to of new Set(references.flatMap(({ wanted }) => wanted.types))) {
    const type = acting.model.types.get(to);
    if (type === undefined) continue;
    const asked = references.flatMap(({ wanted }) => (wanted.types.includes(to) ? [wanted.text] : []));
    const ids = asked.flatMap((wanted) => objectId(wanted) ?? []);
    const numbers = asked.filter((wanted) => !isUuid(wanted));
    const limit = visibleTo(source, acting.asker, type) ?? sql`true`;
    const { rows } = await sql<{ id: Uuid; number: string }>`
      select o.id, o.number from ${from(type)} as o
       where (o.id = any (${ids}::uuid[]) or o.number = any (${numbers}::text[])) and ${limit}`.execute(
      databaseOf(source),
    );
    for (const row of rows) {
      found.set(`${to}\n${row.id}`, row.id);
      found.set(`${to}\n${row.number}`, row.id);
    }
  }
  return found;
}
