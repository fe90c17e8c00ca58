import { columnKey } from '../catalogue.ts';
import type { Category } from '../category.ts';
import type { SqlConnection } from '../connection.ts';
import { namesSecret } from '../names.ts';
import type { PossibleJoin, Seeing } from '../outcome.ts';
import type { ErasurePlan, PlanStep, UnlinkedTable } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import { blankedFields, linkTable, rowsOf, sameKey } from './expressions.ts';
import type { PersonValue } from './needles.ts';
import { nameWords } from './person-names.ts';
import { addSighting, type Sightings } from './proof.ts';
import { linkedBy } from './row-conditions.ts';
import { stepAt } from './statements.ts';

/*
 * What the persons' own rows hold in columns that an erasure blanks, and by which rows elsewhere may name them: a number, a
 * code, a name. Kept with the capture, it still leads there once the rows are blank and somebody has declared the join.
 */

/** What describes somebody without pointing to them. */
const telling: ReadonlySet<Category | null> = new Set([
  'location',
  'birth',
  'family',
  'health',
  'sensitive',
  'image',
  'preference',
  'free_text',
]);

/** Longer texts are sentences. */
const longestLink = 100;

/** Inside the transaction that found the rows. The kind of each value is its column, as `schema.table.column`. */
export async function readLinks(
  connection: SqlConnection,
  plan: ErasurePlan,
  steps: readonly number[],
  wanted: readonly number[],
): Promise<readonly PersonValue[]> {
  const { dialect } = connection;
  const found: PersonValue[] = [];
  for (const index of wanted.length === 0 ? [] : steps) {
    const step = stepAt(plan, index);
    const columns = step.scope === 'row' && step.isPersons ? linkColumns(step) : [];
    if (columns.length === 0) continue;
    const texts = columns.map((name, place) => `${dialect.text(`t.${quoted(name)}`)} as c${place}`);
    const rows = await connection.query<{ person: number; [name: `c${number}`]: string | null }>(
      `select distinct s.person, ${texts.join(', ')} from ${rowsOf(dialect, index)} s
       join ${quotedTable(step)} t on ${sameKey(dialect, step, 't', 's')} where s.person in (${wanted.join(', ')})`,
    );
    for (const row of rows) {
      columns.forEach((name, place) => {
        const value = row[`c${place}`] ?? '';
        if (mayLink(value)) found.push({ person: row.person, kind: columnKey(step, name), value });
      });
    }
  }
  return found;
}

function linkColumns(step: PlanStep): readonly string[] {
  return blankedFields(step)
    .filter(({ column, category, fill }) => fill.kind !== 'redact' && !telling.has(category) && !namesSecret(column))
    .map(({ column }) => column);
}

function mayLink(value: string): boolean {
  return value.trim() !== '' && value.length <= longestLink && !/^erased\b|@e\.invalid$/.test(value);
}

/**
 * Joins that the map could declare for the rows of one table that `seen` selects: columns that hold there just what a row
 * of the person's held. A number or a code ties better than a name; half a name ties nobody.
 */
export async function possibleJoins(
  connection: SqlConnection,
  table: Pick<UnlinkedTable, 'schema' | 'table' | 'links'>,
  links: readonly PersonValue[],
  seen: { readonly condition: string; readonly values: readonly string[] },
): Promise<readonly PossibleJoin[]> {
  const { dialect } = connection;
  const [first] = links;
  const columns = table.links ?? [];
  if (first === undefined || columns.length === 0) return [];
  const asked = columns.map(
    (name) => `select distinct ${literal(name)} as own, s.kind as other from ${quotedTable(table)} t
  join ${linkTable(dialect)} s on s.person = ${first.person} and s.value = ${dialect.text(`t.${quoted(name)}`)} and length(s.value) >= ${shortestLink}
  where ${seen.condition}`,
  );
  const rows = await connection.query<{ own: string; other: string }>(asked.join('\nunion '), seen.values);
  const met = rows.flatMap(({ own, other }) => {
    const value = links.find(({ kind }) => kind === other)?.value ?? '';
    const isName = /^[\p{L}\p{M}’' .-]+$/u.test(value);
    return [{ own, other, isName, isWhole: nameWords(value).length > 1 }];
  });
  const join = (pairs: readonly { readonly own: string; readonly other: string }[]): PossibleJoin => ({
    from: pairs.map(({ own }) => columnKey(table, own)),
    to: pairs.map(({ other }) => other),
  });
  const numbers = met.filter(({ isName }) => !isName).map((pair) => join([pair]));
  if (numbers.length > 0) return numbers.slice(0, mostJoins);
  const wholes = met.filter(({ isWhole }) => isWhole).map((pair) => join([pair]));
  if (wholes.length > 0) return wholes.slice(0, mostJoins);
  const halves = met.filter(({ isName }) => isName);
  const isEachOnce = new Set(halves.map(({ own }) => own)).size === halves.length;
  return halves.length >= 2 && isEachOnce ? [join(halves)] : [];
}

/** A shorter value is the same by chance. */
const shortestLink = 4;

const mostJoins = 3;

/**
 * Tells the rows that name a person by what is no key (a name) and that somebody else's row fits too: they may be either's,
 * and stay.
 */
export async function tellDoubtful(
  connection: SqlConnection,
  plan: ErasurePlan,
  walked: readonly number[],
  sightings: Sightings,
): Promise<void> {
  const { dialect } = connection;
  for (const index of walked) {
    const step = stepAt(plan, index);
    for (const way of step.ways) {
      if (way.kind !== 'incoming' || way.unlessOthers === undefined) continue;
      const own = `select 1 from ${rowsOf(dialect, index)} k where k.person = s.person and ${sameKey(dialect, step, 't', 'k')}`;
      const rows = await connection.query<{ person: number; counted: number }>(
        `select s.person, count(*) as counted from ${quotedTable(step)} t
  ${linkedBy(dialect, stepAt(plan, way.from), way.pairs)} where not exists (${own}) group by s.person`,
      );
      const columns = way.pairs.map((pair) => pair.own);
      const where = columnKey(step, columns[0] ?? '');
      for (const { person, counted } of rows) {
        const about: Seeing = { categories: ['identity'], columns, joins: [] };
        addSighting(sightings, person, { where, rows: Number(counted), by: 'key', mayStay: false, about });
      }
    }
  }
}
