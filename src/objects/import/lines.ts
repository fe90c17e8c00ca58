import { sql } from 'kysely';
import type { Id } from '../../kernel/index.ts';
import { type Attribute, from, type TypeModel, type Value } from '../../model/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { withDefaults } from '../create.ts';
import { momentOf, neededFor, outsideRights, visibleTo } from '../rights.ts';
import { columnsOf, type Row, toObject } from '../rows.ts';
import type { StoredObject } from '../stored-object.ts';
import { type ChangedObject, changeObjects, insertObjects } from '../write-many.ts';
import type { LineProblem } from './draft.ts';

/** A line that was checked and is to be written. */
export interface Line {
  readonly line: number;
  readonly verdict: 'create' | 'update';
  readonly object: Id<'object'>;
  readonly values: ReadonlyMap<Attribute, Value>;
}

/** What became of an object: its version once written. */
export interface Effect {
  readonly line: number;
  readonly object: Id<'object'>;
  readonly version: number;
  readonly isCreated: boolean;
}

/** The next lines to be written, in the file's order. */
export async function linesToWrite(
  source: Pick<Writing, 'tx'> | Scope,
  type: TypeModel,
  id: Id<'import'>,
  after: number,
  limit: number,
): Promise<readonly Line[]> {
  const { rows } = await sql<{
    line: bigint;
    verdict: 'create' | 'update';
    object: string;
    values: Record<string, Value>;
  }>`
    select line, verdict, object, values from objects.import_line
     where import = ${id} and line > ${after} and verdict in ('create', 'update') order by line limit ${limit}`.execute(
    'tx' in source ? source.tx : source.db,
  );
  return rows.map(({ line, verdict, object, values }) => ({
    line: Number(line),
    verdict,
    object,
    values: new Map(
      Object.entries(values).flatMap(([name, value]) => {
        const attribute = type.attributes.get(name);
        return attribute === undefined ? [] : [[attribute, value] as const];
      }),
    ),
  }));
}

type Refused = ReadonlyMap<Line, LineProblem>;

/** Creates, as `createObject` does one. What rights leave out is returned, and all of it is then to be undone. */
export async function createLines(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  lines: readonly Line[],
): Promise<Refused> {
  await insertObjects(
    writing,
    type,
    lines.map(({ object, values }) => ({ id: object, values: withDefaults(type, values) })),
  );
  const ids = lines.map(({ object }) => object);
  const outside = await outsideRights(writing, acting.asker, type, 'create', ids);
  return problemsFor(lines, outside, neededFor(acting.asker, type, 'create'));
}

/** Changes, as `updateObject` does one. Effects of what did change are added to `effects`. */
export async function updateLines(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  lines: readonly Line[],
  effects: Map<Line, Effect>,
): Promise<Refused> {
  const objects = await lockObjects(
    writing,
    acting,
    type,
    lines.map(({ object }) => object),
  );
  const outside = await outsideRights(writing, acting.asker, type, 'update', [...objects.keys()]);
  const refused = problemsFor(lines, outside, neededFor(acting.asker, type, 'update'));
  if (refused.size > 0) return refused;
  const gone = lines.filter(({ object }) => !objects.has(object));
  if (gone.length > 0)
    return new Map(gone.map((line) => [line, { column: null, code: 'object.not_found', text: goneText }]));
  const changed = lines.flatMap((line): (ChangedObject & { line: Line })[] => {
    const object = objects.get(line.object);
    if (object === undefined) return [];
    const values = new Map(
      [...line.values].filter(([{ name }, value]) => !isEqual(value, object.values[name] ?? null)),
    );
    return values.size === 0 ? [] : [{ object, values, line }];
  });
  await changeObjects(writing, type, changed);
  for (const { line, object } of changed) {
    effects.set(line, { line: line.line, object: object.id, version: object.version + 1, isCreated: false });
  }
  return new Map();
}

function isEqual(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Those of the objects that the asker sees, held until the transaction ends. */
export async function lockObjects(
  writing: Writing,
  acting: Acting,
  type: TypeModel,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredObject>> {
  const { rows } = await sql<Row>`
    select ${columnsOf(type, momentOf(writing, acting.asker))} from ${from(type)} as o
     where o.id = any (${[...ids]}::uuid[]) and ${visibleTo(writing, acting.asker, type) ?? sql`true`} order by o.id for update`.execute(
    writing.tx,
  );
  return new Map(
    rows.map((row) => {
      const object: StoredObject = toObject(type, row);
      return [object.id, object];
    }),
  );
}

function problemsFor(lines: readonly Line[], outside: ReadonlySet<string>, text: LineProblem['text']): Refused {
  return new Map(
    lines
      .filter(({ object }) => outside.has(object))
      .map((line) => [line, { column: null, code: 'object.forbidden', text }]),
  );
}

const goneText = {
  fr: 'Cet objet n’est plus là, ou n’est plus visible pour vous.',
  en: 'This object is gone, or you may not see it any more.',
};
