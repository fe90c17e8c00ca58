import { type Catalogue, findTable, type Table, type TableName, tableKey } from '../catalogue.ts';
import type { SqlConnection } from '../connection.ts';
import { mayNumberDocument, namesFact, namesThing } from '../document-names.ts';
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
    for (const column of open) {
      if (mayNumber(step, column) && (await areNumbers(connection, step, column))) kept.set(column, 'natural_key');
      else if (namesThing(step.table, column)) kept.set(column, 'no_personal_content');
      else if (namesFact(step.table, column) && (await isRepeated(connection, step, column)))
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

/**
 * When no constraint says that a text is a number, its values do: without spaces, with two digits at least or in
 * capitals, nearly all of them.
 */
async function areNumbers(connection: SqlConnection, step: PlanStep, column: string): Promise<boolean> {
  const { dialect } = connection;
  const text = dialect.text(`t.${quoted(column)}`);
  const isWord = dialect.matches('q.v', literal('^[[:alnum:]/._#-]{2,30}$'));
  const isCapitals = namesName(column) ? 'false' : '(q.v = upper(q.v) and length(q.v) >= 6)';
  const isNumber = `${isWord} and (${isCapitals} or ${dialect.matches('q.v', literal('[0-9].*[0-9]'))})`;
  const [row] = await connection.query<{ numbers: number; others: number }>(
    `select count(case when ${isNumber} then 1 end) as numbers, count(case when not (${isNumber}) then 1 end) as others
     from (select ${text} as v from ${quotedTable(step)} t where ${text} <> '' limit ${numbersRead}) q`,
  );
  const numbers = Number(row?.numbers ?? 0);
  return numbers > 0 && numbers >= 9 * Number(row?.others ?? 0);
}

/** A way of paying, a unit, the title of a total: the same values come back from row to row. */
async function isRepeated(connection: SqlConnection, step: PlanStep, column: string): Promise<boolean> {
  const text = connection.dialect.text(`t.${quoted(column)}`);
  const [row] = await connection.query<{ n: number; d: number }>(
    `select count(q.v) as n, count(distinct q.v) as d
     from (select ${text} as v from ${quotedTable(step)} t where ${text} <> '' limit ${numbersRead}) q`,
  );
  return Number(row?.d ?? 0) > 0 && Number(row?.n ?? 0) >= 2 * Number(row?.d ?? 0);
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
    return [
      ...at(to, reference, key),
      ...beside.flatMap((each) => at(each.from, reference, each.from.columns[0] ?? key)),
    ];
  });
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
  const as = (column: string): string => dialect.text(`t.${quoted(column)}`);
  const read = columns.map((column, index) => `nullif(${as(column)}, '') as v${index}`);
  const counts = columns.map((_column, index) => {
    const isThere = texts.map((name) => `${dialect.text(`p.${quoted(name)}`)} = q.v${index}`).join(' or ');
    const isEqual = `exists (select 1 from ${quotedTable(thing.table)} p where p.${quoted(thing.key)} = q.r and (${isThere}))`;
    return `count(q.v${index}) as n${index}, count(case when q.v${index} is not null and ${isEqual} then 1 end) as e${index}`;
  });
  const own = `t.${quoted(thing.reference)}`;
  const [row] = await connection.query<Record<string, number | string>>(
    `select ${counts.join(', ')} from (select ${own} as r, ${read.join(', ')} from ${quotedTable(table)} t
     where ${own} is not null limit ${factsRead}) q`,
  );
  return columns.filter((_column, index) => {
    const equal = Number(row?.[`e${index}`] ?? 0);
    return equal > 0 && equal * 10 >= 9 * Number(row?.[`n${index}`] ?? 0);
  });
}
