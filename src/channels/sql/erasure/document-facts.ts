import { type Catalogue, findTable, type Table, type TableName, tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import type { Dialect } from '../dialect.ts';
import { mayCountDocument, mayNumberDocument, namesFact, namesThing } from '../document-names.ts';
import { emptyMap } from '../map.ts';
import { namesName } from '../names.ts';
import type { ErasurePlan, FieldPlan, PlanStep } from '../plan.ts';
import { literal, quoted, quotedTable } from '../quote.ts';
import { type ReferenceGraph, referenceGraph } from '../references.ts';
import { spokenCatalogue } from '../spoken.ts';

/** Enough to tell numbers from words. */
const numbersRead = 200;
/** Rows that are compared with what they refer to. */
const factsRead = 50;
/** Rows of a table that are read to find so many: a column that is empty everywhere isn't looked through to its end. */
const rowsRead = 10_000;
/** A table that is larger, and not indexed by what the row refers to, is not searched. */
const mostScanned = 100_000;
/** What describes a thing has a few rows of each: what has many more only refers to it. */
const mostDescribing = 10;

type Keep = (step: PlanStep) => Promise<PlanStep>;

/**
 * What a document says that isn't its person's stays: its number, which is on the paper, in the accounts and in the tax
 * file; and what was sold, how it was paid and by which shop.
 */
export function keepDocumentFacts(connection: SqlConnection, catalogue: Catalogue, plan: ErasurePlan): Keep {
  const spoken = spokenCatalogue(catalogue);
  const graph = referenceGraph(spoken, emptyMap);
  const walked = new Set(plan.steps.filter((step) => step.scope === 'row' || step.isPersons).map(tableKey));
  return async (step) => {
    if (step.scope !== 'row' || step.isPersons) return step;
    const kept = new Map<string, 'natural_key' | 'no_personal_content'>();
    const open = step.fields.filter(isOpen).map((field) => field.column);
    const told = await readTexts(connection, step, open);
    for (const column of open) {
      const isNumber = told.get(column)?.areNumbers === true && mayNumber(step, column);
      if (isNumber || (told.get(column)?.areDigits === true && mayCountDocument(step.table, column)))
        kept.set(column, 'natural_key');
      else if (namesThing(step.table, column, columnsOf(step))) kept.set(column, 'no_personal_content');
      else if (namesFact(step.table, column) && told.get(column)?.areRepeated === true)
        kept.set(column, 'no_personal_content');
    }
    const table = findTable(spoken, step);
    const others = open.filter((column) => !kept.has(column) && isPlainText(table, step, column));
    const things = table === undefined || others.length === 0 ? [] : thingsOf(spoken, graph, table, walked);
    const copied = table === undefined ? [] : await copiedFrom(connection, things, table, others);
    for (const column of copied) kept.set(column, 'no_personal_content');
    return kept.size === 0 ? step : withKept(step, kept);
  };
}

function columnsOf(step: PlanStep): readonly string[] {
  return step.fields.map(({ column }) => column);
}

function withKept(step: PlanStep, kept: ReadonlyMap<string, 'natural_key' | 'no_personal_content'>): PlanStep {
  const fields = step.fields.map((field): FieldPlan => {
    const code = kept.get(field.column);
    return code === undefined ? field : { column: field.column, category: field.category, do: 'keep', why: { code } };
  });
  return { ...step, fields, action: fields.some((field) => field.do === 'blank') ? step.action : 'keep' };
}

/** A text that goes because it is one, and not because of what it is known to say; `invoice_prefix` isn't a title. */
function isOpen(field: FieldPlan): boolean {
  if (field.do !== 'blank' || field.fill.kind === 'redact') return false;
  if (field.why.code === 'text') return true;
  const isUnsure =
    field.category === 'free_text' || (field.category === 'identity' && mayNumberDocument('', field.column));
  return field.why.code === 'category' && isUnsure;
}

/** A free text may be the number of a document only if its own name says so. */
function mayNumber(step: PlanStep, column: string): boolean {
  const isText = step.fields.some((field) => field.column === column && field.category === 'free_text');
  return mayNumberDocument(isText ? '' : step.table, column);
}

function isPlainText(table: Table | undefined, step: PlanStep, column: string): boolean {
  const field = step.fields.find((each) => each.column === column);
  const isText = table?.columns.some((each) => each.name === column && each.family === 'text') === true;
  return isText && field?.do === 'blank' && field.why.code === 'text';
}

/** What the texts of a column say of it. */
interface TextsTold {
  /**
   * When no constraint says that a text is a number, its values do: without spaces, with two digits at least or in
   * capitals, nearly all of them.
   */
  readonly areNumbers: boolean;
  /** All of them are of digits alone, and none comes twice. */
  readonly areDigits: boolean;
  /** A way of paying, a unit, the title of a total: the same values come back from row to row. */
  readonly areRepeated: boolean;
}

/** One statement for the columns of a table of which their texts decide. */
async function readTexts(
  connection: SqlConnection,
  step: PlanStep,
  open: readonly string[],
): Promise<ReadonlyMap<string, TextsTold>> {
  const columns = open.filter(
    (column) => mayNumber(step, column) || mayCountDocument(step.table, column) || namesFact(step.table, column),
  );
  if (columns.length === 0) return new Map();
  const { dialect } = connection;
  const isWord = dialect.matches('q.v', literal('^[[:alnum:]/._#-]{2,30}$'));
  const asked = columns.map((column, at) => {
    const isCapitals = namesName(column) ? 'false' : '(q.v = upper(q.v) and length(q.v) >= 6)';
    const isNumber = `${isWord} and (${isCapitals} or ${dialect.matches('q.v', literal('[0-9].*[0-9]'))})`;
    const isDigits = dialect.matches('q.v', literal('^[0-9]{4,20}$'));
    return `(select count(q.v) as n${at}, count(distinct q.v) as d${at}, count(case when ${isNumber} then 1 end) as m${at},
     count(case when ${isDigits} then 1 end) as p${at} from ${someTexts(dialect, step, column)} q) a${at}`;
  });
  const row = await ask<Record<string, number | string>>(connection, `select * from ${asked.join(' cross join ')}`);
  const at = (name: string): number => Number(row?.[name] ?? 0);
  return new Map(
    columns.map((column, place) => {
      const [texts, distinct, numbers] = [at(`n${place}`), at(`d${place}`), at(`m${place}`)];
      const areNumbers = numbers > 0 && numbers >= 9 * (texts - numbers);
      const areDigits = texts > 1 && at(`p${place}`) === texts && distinct === texts;
      return [column, { areNumbers, areDigits, areRepeated: distinct > 0 && texts >= 2 * distinct }];
    }),
  );
}

/** Some of the filled texts of a column, as `v`. */
function someTexts(dialect: Dialect, table: TableName, column: string): string {
  const first = `select ${dialect.text(`t.${quoted(column)}`)} as v from ${quotedTable(table)} t limit ${rowsRead}`;
  return `(select f.v from (${first}) f where f.v <> '' limit ${numbersRead})`;
}

/** The one row of an answer; undefined when it took too long, or the table can't be read. */
async function ask<Row extends object>(connection: SqlConnection, text: string): Promise<Row | undefined> {
  try {
    return (await connection.query<Row>(text))[0];
  } catch (error) {
    if (connection.trouble(error) === null) throw error;
    // A transaction that failed answers nothing more.
    await connection.run('rollback');
    await connection.begin('try');
    return undefined;
  }
}

/** Columns whose texts stand, equal, in the thing that the row refers to, or in what describes it: they are the thing's. */
async function copiedFrom(
  connection: SqlConnection,
  things: readonly Thing[],
  table: Table,
  columns: readonly string[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const thing of things) {
    const left = columns.filter((column) => !found.has(column));
    for (const column of left.length === 0 ? [] : await equalIn(connection, table, left, thing)) found.add(column);
  }
  return [...found];
}

/** A table of what no person owns, by the column of the row that refers to it. */
interface Thing {
  readonly reference: string;
  readonly table: Table;
  readonly key: string;
}

/** What the row refers to, and what tells more of it: `product` by `product_id`, and `product_description` by the same. */
function thingsOf(catalogue: Catalogue, graph: ReferenceGraph, table: Table, walked: ReadonlySet<string>): Thing[] {
  const at = (name: TableName, reference: string, key: string): Thing[] => {
    const found = findTable(catalogue, name);
    const isOpen = found?.canSelect === true && found.kind !== 'foreign' && !walked.has(tableKey(name));
    return found === undefined || !isOpen || found === table ? [] : [{ reference, table: found, key }];
  };
  return graph.from(table).flatMap(({ from, to }) => {
    const [reference] = from.columns;
    const [key] = to.columns;
    if (from.columns.length > 1 || reference === undefined || key === undefined || walked.has(tableKey(to))) return [];
    const beside = graph.all.filter((each) => tableKey(each.to) === tableKey(to) && each.to.columns.join() === key);
    const most = Math.max(mostScanned, rowsOf(findTable(catalogue, to)) * mostDescribing);
    const describing = beside.filter((each) => rowsOf(findTable(catalogue, each.from)) <= most);
    return [
      ...at(to, reference, key),
      ...describing.flatMap((each) => at(each.from, reference, each.from.columns[0] ?? key)),
    ].filter((thing) => isFoundFast(thing));
  });
}

function rowsOf(table: Table | undefined): number {
  return table?.rowEstimate ?? 0;
}

function isFoundFast({ table, key }: Thing): boolean {
  const indexed = [
    table.primaryKey[0],
    ...table.uniques.map((each) => each.columns[0]),
    ...table.indexes.map((each) => each.parts[0]?.replaceAll(/^["`]|["`]$/g, '')),
  ];
  return indexed.includes(key) || rowsOf(table) <= mostScanned;
}

async function equalIn(
  connection: SqlConnection,
  table: Table,
  columns: readonly string[],
  thing: Thing,
): Promise<readonly string[]> {
  const { dialect } = connection;
  const texts = thing.table.columns.filter(({ family }) => family === 'text').map(({ name }) => name);
  if (texts.length === 0) return [];
  const read = columns.map((column, index) => `${dialect.text(`t.${quoted(column)}`)} as v${index}`);
  // The thing is read once for all rows: nothing tells that it is indexed by its key.
  const counts = columns.map((_column, index) => {
    const isThere = texts.map((name) => `${dialect.text(`p.${quoted(name)}`)} = q.v${index}`).join(' or ');
    const isFilled = `q.v${index} <> ''`;
    return `count(distinct case when ${isFilled} then q.i end) as n${index}, count(distinct case when ${isFilled} and (${isThere}) then q.i end) as e${index}`;
  });
  const first = `select t.${quoted(thing.reference)} as r, ${read.join(', ')} from ${quotedTable(table)} t limit ${rowsRead}`;
  const some = `select row_number() over () as i, f.* from (${first}) f where f.r is not null limit ${factsRead}`;
  const row = await ask<Record<string, number | string>>(
    connection,
    `select ${counts.join(', ')} from (${some}) q left join ${quotedTable(thing.table)} p on p.${quoted(thing.key)} = q.r`,
  );
  return columns.filter((_column, index) => {
    const equal = Number(row?.[`e${index}`] ?? 0);
    return equal > 0 && equal * 10 >= 9 * Number(row?.[`n${index}`] ?? 0);
  });
}
