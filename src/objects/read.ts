import { sql } from 'kysely';
import type { Uuid } from '../kernel/index.ts';
import { from, type TypeModel } from '../model/index.ts';
import type { Acting } from './acting.ts';
import { objectId } from './reference.ts';
import { calculated, expectType, notFound } from './refusals.ts';
import { expectRight, momentOf, visibleTo } from './rights.ts';
import { columnsOf, databaseOf, type Row, type Source, toObject } from './rows.ts';
import type { AnyShape, StoredObject, TypeShape } from './stored-object.ts';

/** One object by id, public id (`obj_…`) or number. Refuses with 404 what isn't there or is outside of the perimeter. */
export async function readObject<Shape extends TypeShape = AnyShape>(
  source: Source,
  acting: Acting,
  typeName: string,
  reference: string,
): Promise<StoredObject<Shape>> {
  const type = expectType(acting.model, typeName);
  expectRight(acting.asker, type, 'read');
  const row = await findRow(source, acting, type, reference, false);
  return toObject<Shape>(type, row);
}

/** The row, locked when it is to be changed: what is checked on it stays true until the transaction ends. */
export async function findRow(
  source: Source,
  acting: Acting,
  type: TypeModel,
  reference: string,
  isLocked: boolean,
): Promise<Row> {
  const id = objectId(reference);
  const which = id === null ? sql`o.number = ${reference}` : sql`o.id = ${id}`;
  const limit = visibleTo(source, acting.asker, type) ?? sql`true`;
  const reading = sql<Row>`
    select ${columnsOf(type, momentOf(source, acting.asker))} from ${from(type)} as o where ${which} and ${limit} ${isLocked ? sql`for update` : sql``}`;
  const [row] = (await calculated(reading.execute(databaseOf(source)))).rows;
  if (row === undefined) throw notFound(type);
  return row;
}

/** Titles and numbers of those of the objects some references point to that the asker may see, in one query a type: for showing them as links. */
export interface Named {
  readonly type: string;
  readonly id: Uuid;
  readonly number: string;
  readonly title: string;
}

export async function namesOf(
  source: Source,
  acting: Acting,
  wanted: readonly { readonly type: string; readonly id: Uuid }[],
): Promise<ReadonlyMap<Uuid, Named>> {
  const named = new Map<Uuid, Named>();
  for (const typeName of new Set(wanted.map((one) => one.type))) {
    const type = expectType(acting.model, typeName);
    const ids = [...new Set(wanted.filter((one) => one.type === typeName).map((one) => one.id))];
    const { rows } = await sql<Row>`
      select ${columnsOf(type, momentOf(source, acting.asker))} from ${from(type)} as o
       where o.id = any (${ids}::uuid[]) and ${visibleTo(source, acting.asker, type) ?? sql`true`}`.execute(
      databaseOf(source),
    );
    for (const row of rows) {
      const { id, number, title } = toObject(type, row);
      named.set(id, { type: typeName, id, number, title });
    }
  }
  return named;
}
