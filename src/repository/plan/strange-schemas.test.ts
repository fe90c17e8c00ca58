import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '../../../test/support/application.ts';
import { execute, type Identity, planErasure, settlePlan } from '../../channels/index.ts';
import { projectRoot } from '../../kernel/index.ts';
import { detect } from '../detect/detect.ts';
import { shapesOf } from '../harvest/shapes.ts';

/**
 * The kinds of schema that well-known products showed to go wrong, each in its fewest tables. In the rows, what is the
 * person's holds MINE: all of it must go, and no other cell may change, but those that `-- free` names.
 */
const cases = readFileSync(join(projectRoot, 'src/repository/plan/fixtures/strange-schemas.sql'), 'utf8')
  .split(/^-- CASE /m)
  .slice(1)
  .map((block) => {
    const [name = '', ...lines] = block.trim().split('\n');
    const after = (start: string): readonly string[] =>
      lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
    const pair = (text: string, by: string): readonly [string, string] => {
      const [first = '', second = ''] = text.split(by);
      return [first, second];
    };
    return {
      name,
      statements: lines.filter((line) => !line.startsWith('-- ')).join('\n'),
      person: after('-- erase ').map((text): Identity => {
        const [kind, value] = pair(text, '=');
        return { kind, value };
      }),
      declared: after('-- declare ').map((text) => {
        const [kind, column] = pair(text, '=');
        return { kind, column };
      }),
      outcome: after('-- outcome ')[0] ?? 'executed',
      free: new Set(after('-- free ').flatMap((list) => list.split(', '))),
    };
  });

const mine = /MINE|4d494e45/;

describe('what is the person’s goes and nothing else does', () => {
  test.each(cases)('$name', async ({ statements, person, declared, outcome, free }) => {
    const application = await testApplication(statements);
    const before = await readCells(application);
    expect([...before.values()].filter((value) => mine.test(value))).not.toEqual([]);
    const catalogue = await application.catalogue();
    const categories = new Map(
      detect(shapesOf(catalogue)).flatMap(({ table, fields }) =>
        fields.map(({ field, category }) => [`${table.schema}.${table.name}.${field.name}`, category] as const),
      ),
    );
    const made = planErasure({ catalogue, categories, identities: declared });
    const plan = await settlePlan(application.connection, catalogue, made);
    const persist = async (): Promise<void> => undefined;
    const { persons } = await execute(application.connection, plan, [{ ref: 'p_1', identities: person }], { persist });
    const after = await readCells(application);
    const left = [...after].filter(([, value]) => mine.test(value)).map(([cell]) => cell);
    const wrecked = [...before]
      .filter(([cell, value]) => !mine.test(value) && !mine.test(cell) && after.get(cell) !== value)
      .filter(([cell]) => !free.has(cell.replace(/\[.*\]/, '')))
      .map(([cell, value]) => `${cell}: ${value} → ${after.get(cell) ?? 'gone'}`);
    expect({ outcome: persons[0]?.outcome, left, wrecked }).toEqual({ outcome, left: [], wrecked: [] });
  });
});

/** `table[key].column` → the value as text; cells without a value are left out. */
async function readCells(application: TestApplication): Promise<ReadonlyMap<string, string>> {
  const cells = new Map<string, string>();
  for (const { table, primaryKey } of (await application.catalogue()).tables) {
    const rows = await application.rows<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${table} t`);
    for (const { row } of rows) {
      const key = primaryKey.map((column) => String(row[column])).join('|');
      for (const [column, value] of Object.entries(row)) {
        if (value !== null) cells.set(`${table}[${key}].${column}`, String(value));
      }
    }
  }
  return cells;
}
