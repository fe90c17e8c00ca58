import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../kernel/index.ts';
import { ownersIn, personsIn, planOf } from './sketch.fixture.ts';

/**
 * Schemas in the manner of well-known products and of house-made ones. After the tables (see `sketch`), `persons` says
 * which hold persons, and each `row` whose rows are whose.
 */
const cases = readFileSync(join(projectRoot, 'src/repository/plan/fixtures/ownership.schemas'), 'utf8')
  .split(/^# /m)
  .slice(1)
  .map((block) => {
    const [name = '', ...lines] = block.trim().split('\n');
    const after = (start: string): readonly string[] =>
      lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
    const schema = lines.filter((line) => /^\w+: /.test(line)).join('\n');
    const persons = after('persons ').flatMap((list) => list.split(', '));
    return { name, schema, persons, owners: after('row ') };
  });

describe('who are persons, and whose rows are whose', () => {
  test.each(cases)('$name', ({ schema, persons, owners }) => {
    const plan = planOf(schema);
    expect({ persons: personsIn(plan), owners: ownersIn(plan) }).toEqual({ persons, owners });
  });
});
