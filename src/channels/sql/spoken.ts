import type { Catalogue, Reference, Table, TableName } from './catalogue.ts';
import { namesAnyPerson, wordsOf } from './names.ts';

/**
 * The catalogue as its tables are spoken of: `glpi_users` is `users` where most tables begin with `glpi_`. Plans are
 * made upon it, and show the names that the database has.
 */
export function spokenCatalogue(catalogue: Catalogue): Catalogue {
  const prefixes = packagePrefixes(catalogue);
  if (prefixes.size === 0) return catalogue;
  const named = <T extends TableName>(name: T): T => {
    const [first = '', ...rest] = name.table.split('_');
    return rest.length > 0 && prefixes.has(first.toLowerCase()) ? { ...name, spoken: rest.join('_') } : name;
  };
  const pointed = (reference: Reference): Reference => ({
    ...reference,
    from: named(reference.from),
    to: named(reference.to),
  });
  return {
    ...catalogue,
    tables: catalogue.tables.map((table): Table => ({ ...named(table), references: table.references.map(pointed) })),
  };
}

const fewestTables = 4;
const leastShare = 0.6;
/** Fewer tables say as much when all of them bear it. */
const fewestOfAll = 3;

/**
 * First words that most tables share: a package's (`llx_`, `mdl_`, `oc_`). One that means persons, or is a table of its
 * own (`order`, `order_line`, `order_payment`), says what the tables are about.
 */
function packagePrefixes({ tables }: Catalogue): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { table } of tables) {
    const [first = '', ...rest] = table.toLowerCase().split('_');
    if (rest.length > 0) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const whole = new Set(tables.map(({ table }) => wordsOf(table).join()));
  const isOfAll = (count: number): boolean => count === tables.length && count >= fewestOfAll;
  const isPrefix = ([word, count]: readonly [string, number]): boolean =>
    (tables.length >= fewestTables ? count >= tables.length * leastShare : isOfAll(count)) &&
    !whole.has(wordsOf(word).join()) &&
    !namesAnyPerson(word);
  return new Set([...counts].filter(isPrefix).map(([word]) => word));
}

/** What the table is called, without the prefix of its package. */
export function spokenName(name: TableName): string {
  return name.spoken ?? name.table;
}
