import { namesAuthor, namesMention, namesOperator } from './actors.ts';
import { type Catalogue, type Column, columnKey, findColumn, findTable, type Table, tableKey } from './catalogue.ts';
import { type Category, isPersonal } from './category.ts';
import type { ErasureMap } from './map.ts';
import { isShareable } from './matching.ts';
import { identityKindOf, namesName, namesSecret, namesShared, tableWords, withoutKeyWords, wordsOf } from './names.ts';
import type { IdentityColumn, PlanStep, SuspectedKey, UnlinkedTable } from './plan.ts';
import type { ReferenceGraph } from './references.ts';

export interface UnlinkedQuestion {
  readonly catalogue: Catalogue;
  readonly categories: ReadonlyMap<string, Category>;
  readonly map: ErasureMap;
  readonly graph: ReferenceGraph;
  readonly identities: readonly IdentityColumn[];
  readonly steps: readonly PlanStep[];
}

/**
 * The tables that no step reaches and that may speak of a person, and those linked of which some rows may be nobody's.
 * Rows of others in a linked table are known to be others', and what many share (a shop, a product) is nobody's.
 */
export function unlinkedTables(question: UnlinkedQuestion): readonly UnlinkedTable[] {
  const ignored = new Set(question.map.tables.filter((each) => each.action === 'ignore').map(tableKey));
  const keyed = keyedSteps(question);
  return question.catalogue.tables.flatMap((table) => {
    if (table.kind === 'foreign' || !table.canSelect || ignored.has(tableKey(table)) || namesShared(table.table))
      return [];
    const owners = ownersOf(question, table);
    return owners === null ? [] : unlinked(question, keyed, table, owners);
  });
}

/** Empty when nothing leads to the table; null when each of its rows is known to be somebody's. */
function ownersOf(question: UnlinkedQuestion, table: Table): readonly string[] | null {
  const own = question.steps.filter((step) => step.scope !== 'mention' && tableKey(step) === tableKey(table));
  const ways = own.flatMap((step) => step.ways);
  if (own.some((step) => step.isPersons) || ways.some((way) => way.kind === 'outgoing' || way.kind === 'owner')) {
    return null;
  }
  const owners = ways.flatMap((way) => {
    if (way.kind === 'identity') return isShareable(way.identity) || namesMention(way.column) ? [] : [way.column];
    return way.kind === 'incoming' ? way.pairs.map((pair) => pair.own).filter((name) => !isActing(name)) : [];
  });
  const isAlwaysOwned = owners.some((name) => {
    const column = findColumn(table, name);
    return column !== undefined && !column.nullable && column.default === null && column.family !== 'text';
  });
  return isAlwaysOwned ? null : [...new Set(owners)].toSorted();
}

/** Who validated a quote doesn't make it theirs; who wrote a message does. */
function isActing(column: string): boolean {
  return namesOperator(column) && !namesAuthor(column);
}

function unlinked(
  question: UnlinkedQuestion,
  keyed: readonly KeyedStep[],
  table: Table,
  owners: readonly string[],
): readonly UnlinkedTable[] {
  const categoryOf = ({ name }: Column): Category | undefined => question.categories.get(columnKey(table, name));
  const says = table.columns.filter(
    (column) => column.canRead && !table.primaryKey.includes(column.name) && saysMore(column, categoryOf(column)),
  );
  const isNamed = ({ name }: Column): boolean => namesName(name);
  const texts = says.filter(mayHoldName).toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
  const keys = says.length === 0 ? [] : suspectedKeys(question, keyed, table);
  if (texts.length === 0 && keys.length === 0) return [];
  const namesOf = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name);
  const isPersonalDate = (column: Column): boolean => column.family === 'date' && categoryOf(column) === 'birth';
  return [
    {
      schema: table.schema,
      table: table.table,
      owners,
      texts: namesOf(texts),
      births: namesOf(says.filter(isPersonalDate)),
      says: namesOf(says),
      personal: namesOf(says.filter((column) => isPersonal(categoryOf(column)))),
      keys,
      links: namesOf(table.columns.filter(mayLink)),
      rowEstimate: table.rowEstimate,
    },
  ];
}

const longText = 40;

/** What somebody judged personal, and long texts and documents, which hold anything. */
function saysMore(column: Column, category: Category | undefined): boolean {
  if (category === 'technical' || column.family === 'boolean') return false;
  const isLong = column.family === 'text' && (column.length === null || column.length >= longText);
  return (
    isPersonal(category) || isLong || namesName(column.name) || column.family === 'json' || column.family === 'xml'
  );
}

const shortestName = 8;

function mayHoldName({ family, length }: Column): boolean {
  if (family === 'text') return length === null || length >= shortestName;
  return family === 'json' || family === 'xml';
}

/** What may hold a number, a code or a name of the person's row. */
function mayLink({ family, canRead, name }: Column): boolean {
  return canRead && ['text', 'number', 'uuid'].includes(family) && !namesSecret(name);
}

/** A step and the columns that name its rows: read once, as each column of the schema is held against them. */
interface KeyedStep {
  readonly index: number;
  readonly target: Table;
  readonly keys: readonly Column[];
}

function keyedSteps({ catalogue, steps }: UnlinkedQuestion): readonly KeyedStep[] {
  return steps.flatMap((step, index) => {
    const target = findTable(catalogue, step);
    const keys = step.scope !== 'row' || target === undefined ? [] : keyColumns(target, step);
    return target === undefined || keys.length === 0 ? [] : [{ index, target, keys }];
  });
}

/** `patient_no`, `submission`, `code_resa`: named like a table of the person's rows, or like a key there, and declared by nothing. */
function suspectedKeys(question: UnlinkedQuestion, keyed: readonly KeyedStep[], table: Table): readonly SuspectedKey[] {
  return table.columns
    .filter((column) => isUnresolved(question, table, column))
    .flatMap((column) =>
      keyed.flatMap(({ index, target, keys }) =>
        target === table
          ? []
          : keys
              .filter((key) => key.family === column.family && looksLike(column, target, key))
              .map((key) => ({ column: column.name, step: index, other: key.name })),
      ),
    );
}

function isUnresolved({ graph, identities }: UnlinkedQuestion, table: Table, column: Column): boolean {
  const isOfFamily = ['number', 'uuid', 'text'].includes(column.family) && (column.digits?.scale ?? 0) === 0;
  const isIdentity = identities.some((each) => tableKey(each) === tableKey(table) && each.column === column.name);
  const isOwnKey = table.primaryKey.length === 1 && table.primaryKey[0] === column.name;
  const isReference = graph.from(table).some((reference) => reference.from.columns.includes(column.name));
  const isOfAny = graph.any.some(
    (any) => tableKey(any) === tableKey(table) && (any.key === column.name || any.naming.column === column.name),
  );
  if (!isOfFamily || isIdentity || isOwnKey || isReference || isOfAny || !column.canRead) return false;
  return !namesOperator(column.name) && !namesSecret(column.name) && identityKindOf(column.name) !== 'login';
}

/** The key of the table, and short texts of which each row has its own: the code of a booking, the number of an order. */
function keyColumns(table: Table, step: PlanStep): readonly Column[] {
  const singles = [table.primaryKey, ...table.uniques.filter((each) => !each.isExpression).map((each) => each.columns)];
  const named = singles.flatMap((columns) => (columns.length === 1 ? columns : []));
  const kept = step.fields.filter((field) => field.do === 'keep').map((field) => field.column);
  return table.columns.filter(({ name }) => named.includes(name) && kept.includes(name));
}

function looksLike(column: Column, target: Table, key: Column): boolean {
  const words = wordsOf(column.name);
  const rest = withoutKeyWords(words);
  const own = tableWords(target.table);
  if (rest.length === 0) return false;
  const isSame = column.name.toLowerCase() === key.name.toLowerCase();
  const last = own.at(-1) ?? '';
  const isOfTable = rest.every((word) => own.includes(word)) && rest.at(-1) === last;
  const isGlued = last.length > 3 && column.name.toLowerCase().startsWith(`${last}id`);
  return isSame || isOfTable || isGlued;
}
