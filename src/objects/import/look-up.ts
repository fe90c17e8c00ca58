import { type RawBuilder, sql } from 'kysely';
import { isUuid, type Uuid } from '../../kernel/index.ts';
import { type Attribute, from, isFolded, type TypeModel, targetsOf } from '../../model/index.ts';
import type { Acting } from '../acting.ts';
import { ambiguous, findReferences, missingReference, referenceKey, wantedOf } from '../input.ts';
import { objectId } from '../reference.ts';
import { momentOf, visibleTo } from '../rights.ts';
import { columnsOf, databaseOf, type Row, type Source, toObject } from '../rows.ts';
import type { StoredObject } from '../stored-object.ts';
import { storedText } from '../write-many.ts';
import type { Draft } from './draft.ts';
import type { ImportOptions } from './options.ts';

/**
 * Puts the ids of what lines refer to among their values, a few queries for all of them; what isn't there, or isn't theirs to
 * see, is a problem of its line.
 */
export async function findReferred(
  source: Source,
  acting: Acting,
  options: ImportOptions,
  drafts: readonly Draft[],
): Promise<void> {
  const wanted = drafts.flatMap(({ references }) => references);
  const attributes = [...new Set(wanted.map(({ attribute }) => attribute))];
  for (const attribute of attributes) {
    const texts = [...new Set(wanted.filter((one) => one.attribute === attribute).map((one) => one.wanted))];
    const found = await findOf(source, acting, attribute, texts, options.references[attribute.name] ?? null);
    for (const draft of drafts) {
      for (const { attribute: of, wanted: text, column } of draft.references) {
        if (of !== attribute) continue;
        const seen = found.get(text) ?? [];
        const [only, another] = seen;
        if (only !== undefined && another === undefined) {
          draft.values.set(attribute, attribute.type.among === undefined ? only.id : { ...only });
          continue;
        }
        const { code, text: words } =
          only === undefined ? missingReference(acting.model, attribute) : ambiguous(acting.model, attribute, seen);
        draft.faulty.add(attribute.name);
        draft.problems.push({ column, code, text: words });
      }
    }
  }
}

interface Seen {
  readonly type: string;
  readonly id: Uuid;
}

/** By number and id, then by each unique attribute in turn, or by the one that was chosen. */
async function findOf(
  source: Source,
  acting: Acting,
  attribute: Attribute,
  texts: readonly string[],
  by: string | null,
): Promise<ReadonlyMap<string, readonly Seen[]>> {
  const found = new Map<string, readonly Seen[]>();
  const asked = texts.flatMap((text) => {
    const wanted = wantedOf(attribute, text);
    return wanted === null ? [] : [{ attribute, text, wanted }];
  });
  if (by === null || by === 'number') {
    const ids = await findReferences(source, acting, asked);
    for (const { text, wanted } of asked) {
      const seen = wanted.types.flatMap((type) => {
        const id = ids.get(referenceKey(type, wanted.text));
        return id === undefined ? [] : [{ type, id }];
      });
      if (seen.length > 0) found.set(text, seen);
    }
  }
  for (const name of targetsOf(attribute.type)) {
    const type = acting.model.types.get(name);
    if (type === undefined) continue;
    for (const unique of [...type.attributes.values()].filter((one) => (by === null ? one.unique : one.name === by))) {
      const left = asked.filter(({ text, wanted }) => !found.has(text) && wanted.types.includes(name));
      const ids = await findByAttribute(
        source,
        acting,
        type,
        unique,
        left.map(({ wanted }) => wanted.text),
      );
      for (const { text, wanted } of left) {
        const id = ids.get(wanted.text);
        if (id !== undefined) found.set(text, [{ type: name, id }]);
      }
    }
  }
  return found;
}

async function findByAttribute(
  source: Source,
  acting: Acting,
  type: TypeModel,
  attribute: Attribute,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Uuid>> {
  const [column] = attribute.columns;
  const asked = texts.flatMap((wanted) => {
    const parsed = attribute.type.parse(wanted);
    return parsed.ok ? [{ wanted, stored: storedText(attribute.type.encode(parsed.value)[0]) }] : [];
  });
  if (column === undefined || asked.length === 0) return new Map();
  const { rows } = await sql<{ wanted: string; id: Uuid }>`
    select r.wanted, o.id from unnest(${asked.map(({ wanted }) => wanted)}::text[], ${asked.map(({ stored }) => stored)}::text[]) as r(wanted, stored)
      join ${from(type)} as o on o.org = store.current_org() and ${exactly(attribute, column)} = r.stored::${sqlTypeOf(attribute)}
     where ${visibleTo(source, acting.asker, type) ?? sql`true`}`.execute(databaseOf(source));
  return new Map(rows.map(({ wanted, id }) => [wanted, id]));
}

/** Letter by letter, of free text too: as its unique index is. */
function exactly(attribute: Attribute, column: string): RawBuilder<unknown> {
  const own = sql`${sql.ref(`o.${column}`)}`;
  return isFolded(attribute) ? sql`${own} collate "C"` : own;
}

function sqlTypeOf(attribute: Attribute): RawBuilder<unknown> {
  return sql.raw(attribute.type.columns[0]?.sqlType ?? 'text');
}

/** An object that is there already, and whether the asker may see it. */
export interface Match {
  readonly object: StoredObject;
  readonly isVisible: boolean;
}

/** The key of each draft that has one: the stored values of what lines are recognised by, as texts. */
export function keyOf(type: TypeModel, options: ImportOptions, draft: Draft): readonly string[] | null {
  const parts = options.key.map((name) => {
    if (name === 'number') return draft.number;
    if (name === 'id') return draft.id === null ? null : (objectId(draft.id) ?? draft.id);
    const attribute = type.attributes.get(name);
    const value = attribute === undefined ? null : (draft.values.get(attribute) ?? null);
    return attribute === undefined || value === null ? null : storedText(attribute.type.encode(value)[0]);
  });
  const filled = parts.filter((part) => part !== null);
  return parts.length > 0 && filled.length === parts.length ? filled : null;
}

/** Objects that are there already, by line; several for one line when its key names several. */
export async function findMatches(
  source: Source,
  acting: Acting,
  type: TypeModel,
  options: ImportOptions,
  keys: ReadonlyMap<number, readonly string[]>,
): Promise<ReadonlyMap<number, readonly Match[]>> {
  const matches = new Map<number, Match[]>();
  if (keys.size === 0) return matches;
  const lines = [...keys.keys()];
  const columns = options.key.map((name, at) => keyColumn(type, name, at));
  const arrays = options.key.map((name, at) => {
    const texts = lines.map((line) => keys.get(line)?.[at] ?? null);
    // What is no id at all names nothing.
    return sql`${name === 'id' ? texts.map((text) => (text !== null && isUuid(text) ? text : null)) : texts}::text[]`;
  });
  const names = options.key.map((_, at) => sql.ref(`k${at}`));
  const { rows } = await sql<Row>`
    select r.line as "import_line", ${visibleTo(source, acting.asker, type) ?? sql`true`} as "import_visible", ${columnsOf(type, momentOf(source, acting.asker))}
      from unnest(${sql.join([sql`${lines}::bigint[]`, ...arrays])}) as r(${sql.join([sql`line`, ...names])})
      join ${from(type)} as o on o.org = store.current_org() and ${sql.join(columns, sql` and `)}`.execute(
    databaseOf(source),
  );
  for (const row of rows) {
    const line = Number(row.import_line);
    const match: Match = { object: toObject(type, row), isVisible: row.import_visible === true };
    matches.set(line, [...(matches.get(line) ?? []), match]);
  }
  return matches;
}

function keyColumn(type: TypeModel, name: string, at: number): RawBuilder<unknown> {
  const given = sql.ref(`r.k${at}`);
  if (name === 'number') return sql`o.number = ${given}`;
  if (name === 'id') return sql`o.id = ${given}::uuid`;
  const attribute = type.attributes.get(name);
  const [column] = attribute?.columns ?? [];
  if (attribute === undefined || column === undefined) throw new Error(`${type.name} has no key ${name}`);
  return sql`${exactly(attribute, column)} = ${given}::${sqlTypeOf(attribute)}`;
}

/** Owners of unique values that lines give: by attribute, the stored value's text → the object that has it. */
export async function ownersOf(
  source: Source,
  type: TypeModel,
  attribute: Attribute,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Uuid>> {
  const [column] = attribute.columns;
  if (column === undefined || texts.length === 0) return new Map();
  const { rows } = await sql<{ stored: string; id: Uuid }>`
    select r.stored, o.id from unnest(${[...new Set(texts)]}::text[]) as r(stored)
      join ${from(type)} as o on o.org = store.current_org() and ${exactly(attribute, column)} = r.stored::${sqlTypeOf(attribute)}`.execute(
    databaseOf(source),
  );
  return new Map(rows.map(({ stored, id }) => [stored, id]));
}
