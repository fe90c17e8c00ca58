import { type RawBuilder, sql } from 'kysely';
import { type Attribute, addressParts, beginsWith, type NamedColumn, shapeOf, type TypeModel } from '../model/index.ts';

/**
 * What a list's search box finds: a number or a searchable attribute that begins with these words, whatever their case and
 * accents (for codes and addresses: as they are written). Each is a range of an index.
 */
export function searchCondition(type: TypeModel, words: string): RawBuilder<boolean> {
  const shape = shapeOf(type, new Map(), false);
  const number = sql<boolean>`(o.number >= ${words.toUpperCase()} and o.number < ${`${words.toUpperCase()}\uffff`})`;
  const others = [...type.attributes.values()]
    .filter((attribute) => attribute.searchable)
    .flatMap((attribute) => {
      const column = shape.columns.get(attribute.name);
      if (column === undefined) return [];
      if (attribute.type.kind === 'address') return addressBegins(attribute, column, words);
      if (column.isFolded) return [beginsWith(column, words)];
      const name = sql.ref(`o.${column.columns[0] ?? ''}`);
      const written = attribute.type.kind === 'email' ? words.toLowerCase() : words;
      return [sql<boolean>`(${name} >= ${written} and ${name} < ${`${written}\uffff`})`];
    });
  return sql<boolean>`(${sql.join([number, ...others], sql` or `)})`;
}

/** An address is looked for by its town or its postal code. */
function addressBegins({ columns }: Attribute, column: NamedColumn, words: string): readonly RawBuilder<boolean>[] {
  return [addressParts.city, addressParts.postal_code].map((at) =>
    beginsWith({ ...column, columns: [columns[at] ?? ''] }, words),
  );
}
