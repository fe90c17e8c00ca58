import { columnKey, tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Dialect } from '../dialect.ts';
import { namesName } from '../names.ts';
import type { Seeing } from '../outcome.ts';
import type { ErasurePlan, SuspectedKey, UnlinkedTable } from '../plan.ts';
import { quoted, quotedTable } from '../quote.ts';
import { rowsOf, sameKey } from './expressions.ts';
import { possibleJoins } from './links.ts';
import type { PersonValue } from './needles.ts';
import { nameSighting } from './person-names.ts';
import { addSighting, nobodys, type Sightings } from './proof.ts';
import { stepAt, type Target } from './statements.ts';
import { inTime } from './sweep.ts';

export interface SeeingUnlinked {
  /** What the persons' own rows told of them. */
  readonly learnt: readonly PersonValue[];
  /** What they held, by column, where they are blanked. */
  readonly links: readonly PersonValue[];
  readonly sampled: readonly number[];
  /** Steps whose rows are known. */
  readonly walked: ReadonlySet<number>;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
}

/**
 * Looks, where nothing leads to, for rows that bear a person's name, or the key of their rows in a column that looks like
 * it. Nobody else's rows are there to be taken for theirs: what is seen makes the order partly done, until somebody says
 * what the table is. Answers with the tables that could not be looked through in time.
 */
export async function seeUnlinked(
  connection: SqlConnection,
  plan: ErasurePlan,
  seeing: SeeingUnlinked,
  sightings: Sightings,
): Promise<readonly string[]> {
  const notSeen: string[] = [];
  const tables = (plan.unlinked ?? []).toSorted((a, b) => (a.rowEstimate ?? 0) - (b.rowEstimate ?? 0));
  for (const table of tables) {
    const leftMs = seeing.deadline - performance.now();
    const isSeen = await inTime(connection, leftMs, async () => {
      await seeNames(connection, table, seeing, sightings);
      await seeKeys(connection, plan, table, seeing, sightings);
    });
    if (!isSeen) notSeen.push(tableKey(table));
  }
  return notSeen;
}

/** One scan for everyone, then one for each person when there are several and any is there. */
async function seeNames(
  connection: SqlConnection,
  table: UnlinkedTable,
  { learnt, links, sampled }: SeeingUnlinked,
  sightings: Sightings,
): Promise<void> {
  if (table.texts.length === 0) return;
  const of = (person: number, kind: string): readonly string[] =>
    learnt.filter((each) => each.person === person && each.kind === kind).map(({ value }) => value);
  const named = sampled
    .map((person) => ({ person, names: of(person, 'name'), births: of(person, 'birth_date') }))
    .filter(({ names }) => names.length > 0);
  const all = named.flatMap(({ names }) => names);
  const count = async (condition: Naming): Promise<number> => {
    const [row] = await connection.query<{ counted: number }>(
      `select count(*) as counted from ${quotedTable(table)} t where ${condition.condition}`,
      condition.values,
    );
    return Number(row?.counted ?? 0);
  };
  if (named.length === 0 || (named.length > 1 && (await count(naming(connection.dialect, table, all, []))) === 0)) {
    return;
  }
  for (const { person, names, births } of named) {
    const condition = naming(connection.dialect, table, names, births);
    const rows = await count(condition);
    if (rows === 0) continue;
    const own = links.filter((link) => link.person === person);
    const about: Seeing = {
      categories: ['identity'],
      columns: await columnsNaming(connection, table, condition),
      joins: await possibleJoins(connection, table, own, condition),
    };
    addSighting(sightings, person, { where: tableKey(table), rows, by: 'name', mayStay: false, about });
  }
}

/** The columns that bear the name by themselves; else those of names, which bear it side by side. */
async function columnsNaming(
  connection: SqlConnection,
  table: UnlinkedTable,
  { condition, values }: Naming,
): Promise<readonly string[]> {
  const { dialect } = connection;
  const counts = table.texts.map(
    (name, place) =>
      `count(case when ${dialect.matches(`coalesce(${dialect.text(`t.${quoted(name)}`)}, '')`, '$1')} then 1 end) as c${place}`,
  );
  const [row] = await connection.query<Record<string, number>>(
    `select ${counts.join(', ')} from ${quotedTable(table)} t where ${condition}`,
    values,
  );
  const bearing = table.texts.filter((_, place) => Number(row?.[`c${place}`] ?? 0) > 0);
  return bearing.length > 0 ? bearing : table.texts.filter((name) => namesName(name)).slice(0, mostNames);
}

/** Which rows name a person. */
interface Naming {
  readonly condition: string;
  readonly values: readonly string[];
}

function naming(dialect: Dialect, table: UnlinkedTable, names: readonly string[], births: readonly string[]): Naming {
  const pattern = names.map(nameSighting).join('|');
  const texts = table.texts.map((name) => `coalesce(${dialect.text(`t.${quoted(name)}`)}, '')`);
  // Further apart than the two sides of a name may stand: texts other than names are read one by one.
  const text = `(${texts.join(` || ' ; ; ' || `)})`;
  const first = `(${texts.slice(0, mostNames).join(" || ' ' || ")})`;
  const agrees = births.length === 0 ? [] : table.births.map((name) => agreesOn(dialect, name, births));
  const isNamed = dialect.matches(first, '$1');
  const conditions = [
    ...nobodys(dialect, table.owners),
    texts.length <= mostNames ? isNamed : `(${dialect.matches(text, '$1')} or ${isNamed})`,
    ...agrees,
  ];
  return { condition: conditions.join(' and '), values: [pattern, ...(agrees.length === 0 ? [] : births)] };
}

/** Columns of names come first, and stand side by side. */
const mostNames = 4;

/** Somebody of that name who was born another day is somebody else. */
function agreesOn(dialect: Dialect, column: string, births: readonly string[]): string {
  const day = `substr(${dialect.text(`t.${quoted(column)}`)}, 1, 10)`;
  return `(${day} is null or ${day} = '' or ${day} in (${births.map((_, place) => `$${place + 2}`).join(', ')}))`;
}

async function seeKeys(
  connection: SqlConnection,
  plan: ErasurePlan,
  table: UnlinkedTable,
  { sampled, walked }: SeeingUnlinked,
  sightings: Sightings,
): Promise<void> {
  const target = { dialect: connection.dialect, plan };
  for (const key of table.keys.filter(({ step }) => walked.has(step))) {
    const rows = await connection.query<{ person: number; counted: number }>(keyedRows(target, table, key, sampled));
    if (rows.length === 0 || !(await isMostlyKnown(connection, plan, table, key))) continue;
    for (const { person, counted } of rows) {
      const where = columnKey(table, key.column);
      const join = { from: [where], to: [columnKey(stepAt(plan, key.step), key.other)] };
      const about: Seeing = { categories: [], columns: [key.column], joins: [join] };
      addSighting(sightings, person, { where, rows: Number(counted), by: 'key', mayStay: false, about });
    }
  }
}

/** Rows whose column holds the key of a row of the person, and that say more than this. */
function keyedRows(target: Target, table: UnlinkedTable, key: SuspectedKey, sampled: readonly number[]): string {
  const { dialect, plan } = target;
  const step = stepAt(plan, key.step);
  const place = step.key.kind === 'columns' ? step.key.columns.findIndex(({ name }) => name === key.other) : -1;
  const source = `${rowsOf(dialect, key.step)} s`;
  const from = place >= 0 ? source : `${source} join ${quotedTable(step)} p on ${sameKey(dialect, step, 'p', 's')}`;
  const other = place >= 0 ? `s.k${place}` : `p.${quoted(key.other)}`;
  const says = table.says
    .filter((name) => name !== key.column)
    .map((name) => `coalesce(${dialect.text(`t.${quoted(name)}`)}, '') not in ('', '{}', '[]', 'null')`);
  const conditions = [
    `s.person in (${sampled.join(', ')})`,
    ...nobodys(dialect, table.owners),
    `(${says.length === 0 ? 'false' : says.join(' or ')})`,
  ];
  return `select s.person, count(*) as counted from ${from}
  join ${quotedTable(table)} t on ${dialect.text(`t.${quoted(key.column)}`)} = ${dialect.text(other)}
  where ${conditions.join(' and ')} group by s.person`;
}

/** Enough to tell what a column holds. */
const valuesRead = 1_000;

/** Small numbers agree by chance: most values of the column must be keys there. */
async function isMostlyKnown(
  connection: SqlConnection,
  plan: ErasurePlan,
  table: UnlinkedTable,
  key: SuspectedKey,
): Promise<boolean> {
  const { dialect } = connection;
  const step = stepAt(plan, key.step);
  const value = dialect.text(`t.${quoted(key.column)}`);
  const known = `exists (select 1 from ${quotedTable(step)} p where ${dialect.text(`p.${quoted(key.other)}`)} = q.v)`;
  const some = `select ${value} as v from ${quotedTable(table)} t where coalesce(${value}, '') not in ('', '0') limit ${valuesRead}`;
  const [row] = await connection.query<{ counted: number; known: number }>(
    `select count(*) as counted, count(case when ${known} then 1 end) as known from (${some}) q`,
  );
  return Number(row?.known ?? 0) * 2 >= Number(row?.counted ?? 0);
}
