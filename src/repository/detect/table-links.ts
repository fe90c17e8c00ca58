import { impliedJoins } from './joins.ts';
import type { TableShape } from './shape.ts';
import { isPersonKey } from './table-nouns.ts';
import type { TableReading } from './table-reading.ts';

/**
 * A table that nothing names, but that points to persons (or to what persons did), is what they own or did:
 * references declared and implied are followed until nothing changes.
 */
export function withReferences(
  tables: readonly TableShape[],
  first: ReadonlyMap<TableShape, TableReading>,
): ReadonlyMap<TableShape, TableReading> {
  const readings = new Map(first);
  const byKey = new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]));
  const implied = impliedJoins(tables);
  const targetsOf = (table: TableShape): readonly TableReading[] =>
    [
      ...table.fields.flatMap((field) => (field.references === null ? [] : [field.references])),
      ...implied
        .filter((each) => each.from.schema === table.schema && each.from.table === table.name)
        .map((each) => each.to),
    ].flatMap((target) => {
      const found = byKey.get(`${target.schema}.${target.table}`);
      const reading = found === undefined || found === table ? undefined : readings.get(found);
      return reading === undefined ? [] : [reading];
    });
  for (let changed = true; changed; ) {
    changed = false;
    for (const table of tables) {
      const reading = readings.get(table);
      if (reading === undefined || reading.role !== 'reference' || reading.confidence > 0.5) continue;
      const targets = targetsOf(table);
      const owner =
        targets.find((target) => target.role === 'persons') ?? targets.find((target) => target.role === 'activity');
      if (owner === undefined && !table.fields.some((field) => isPersonKey(field.name))) continue;
      readings.set(table, pointing(reading, owner));
      changed = true;
    }
  }
  return readings;
}

function pointing(reading: TableReading, owner: TableReading | undefined): TableReading {
  return {
    ...reading,
    role: 'activity',
    confidence: owner === undefined ? 0.6 : 0.75,
    reason: { fr: 'ses lignes renvoient à des personnes', en: 'its rows point to persons' },
    person: owner?.person ?? null,
  };
}
