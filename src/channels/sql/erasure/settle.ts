import { type Catalogue, type Column, findColumn, findTable, type Table, tableKey } from '../catalogue.ts';
import { longestStatementMs, type SqlConnection } from '../connection.ts';
import type { ErasurePlan, FieldPlan, Fill, PlanProblem, PlanStep } from '../plan.ts';
import { tokenFor, valueIn, valuesFor } from '../plan-fill.ts';
import { literal, quoted } from '../quote.ts';
import { asRetryable } from '../trouble.ts';
import { keepDocumentFacts } from './document-facts.ts';

type Blanked = Extract<FieldPlan, { do: 'blank' }>;

/** Longest look at the rows of a table while a plan is made. */
const factTimeMs = 3_000;

/** Tries replacement values where a CHECK or a domain may refuse them, in a transaction that is rolled back. */
export async function settlePlan(
  connection: SqlConnection,
  catalogue: Catalogue,
  plan: ErasurePlan,
): Promise<ErasurePlan> {
  // What the data can't tell in this time is not told: the text goes.
  await connection.limit({ statementMs: factTimeMs });
  await connection.begin('try');
  try {
    const steps: PlanStep[] = [];
    const problems: PlanProblem[] = [];
    const keepFacts = keepDocumentFacts(connection, catalogue, plan);
    for (const asked of plan.steps) {
      const step = await keepFacts(asked);
      const table = findTable(catalogue, step);
      const settled =
        table === undefined || step.action !== 'blank'
          ? step
          : await settleStep(connection, catalogue, table, step, problems);
      steps.push(settled);
    }
    return { ...plan, steps, problems: [...plan.problems, ...problems] };
  } catch (error) {
    throw asRetryable(connection, error) ?? error;
  } finally {
    await connection.run('rollback');
    await connection.limit({ statementMs: longestStatementMs });
  }
}

async function settleStep(
  connection: SqlConnection,
  catalogue: Catalogue,
  table: Table,
  step: PlanStep,
  problems: PlanProblem[],
): Promise<PlanStep> {
  const fields = new Map(step.fields.map((field) => [field.column, field]));
  const tell = (column: string, about: readonly string[]): void => {
    const { schema, table: name } = table;
    problems.push({ code: 'no_value_fits', schema, table: name, column, about, isBlocking: false });
  };
  for (const field of step.fields) {
    if (field.do !== 'blank') continue;
    const column = findColumn(table, field.column);
    if (column === undefined || field.fill.kind === 'redact' || !isConstrained(table, column, field)) continue;
    const about = constraintNames(table, column);
    const fill = await firstThatFits(connection, table, column, field);
    if (fill !== null) fields.set(field.column, { ...field, fill });
    else {
      tell(field.column, about);
      const { fill: _fill, type: _type, ...rest } = field;
      fields.set(field.column, { ...rest, do: 'keep', why: { code: 'no_value' } });
    }
  }
  await settleTogether(connection, table, fields, tell);
  const settled = step.fields.map((field) => fields.get(field.column) ?? field);
  return { ...step, fields: settled.map((field) => carryAll(connection, catalogue, table, field)) };
}

/** Where changing a key stops the references that follow by themselves, they are carried like the others. */
function carryAll(connection: SqlConnection, catalogue: Catalogue, table: Table, field: FieldPlan): FieldPlan {
  if (field.do !== 'blank' || field.carried === undefined || !connection.dialect.carriesAll) return field;
  const references = catalogue.tables
    .flatMap((other) => other.references)
    .filter(({ to }) => tableKey(to) === tableKey(table) && to.columns.includes(field.column));
  const carried = references.map(({ from, to }) => ({
    schema: from.schema,
    table: from.table,
    pairs: from.columns.map((own, index) => ({ own, other: to.columns[index] ?? own })),
  }));
  return { ...field, carried };
}

function constraintNames(table: Table, column: Column): readonly string[] {
  const checks = table.checks.filter((check) => check.columns.includes(column.name)).map((check) => check.name);
  const domain = column.domain === null ? [] : [`${column.domain.schema}.${column.domain.table}`];
  return [...checks, ...domain, ...(column.nullable ? [] : ['NOT NULL'])];
}

/** NULL where it is allowed, a text and an empty array fit, unless a check or a person's map speaks of the column. */
function isConstrained(table: Table, column: Column, field: Blanked): boolean {
  if (field.fill.kind === 'null' && !column.nullable) return true;
  if (column.domain !== null || field.why.code === 'map') return true;
  if (table.checks.some((check) => check.columns.includes(column.name))) return true;
  return field.fill.kind !== 'null' && column.family !== 'array' && column.family !== 'text';
}

async function firstThatFits(
  connection: SqlConnection,
  table: Table,
  column: Column,
  field: Blanked,
): Promise<Fill | null> {
  for (const fill of candidates(column, field)) {
    if (await fits(connection, table, column, fill)) return fill;
  }
  return null;
}

async function firstValueThatFits(
  connection: SqlConnection,
  table: Table,
  column: Column,
  field: Blanked,
): Promise<Fill | null> {
  for (const fill of candidates(column, field)) {
    if (fill.kind !== 'null' && (await fits(connection, table, column, fill))) return fill;
  }
  return null;
}

/** The plan's own value first; what a unique column or a person's map asks for is not replaced by anything else. */
function candidates(column: Column, field: Blanked): readonly Fill[] {
  if (field.why.code === 'map' && field.fill.kind === 'value') return [field.fill];
  const token = tokenFor(column);
  if (field.fill.kind === 'token') return token === null ? [field.fill] : [field.fill, ...otherTokens(column)];
  const values = valuesFor(column).map((value) => valueIn(column, value));
  const fallback: Fill | null = defaultOf(column);
  return [field.fill, ...values, ...(fallback === null ? [] : [fallback])];
}

const prefixes = ['', '1', '2', '9', '0', '06', '+33', 'FR76', 'A', 'AA', 'X', 'C-', '1-'];

/** Unique values in the formats that checks ask for, the plainest first. */
function otherTokens(column: Column): readonly Fill[] {
  if (column.family !== 'text') return [];
  const longest = column.length ?? 64;
  const sizes = [column.length ?? 24, 24, 20, 16, 15, 14, 13, 12, 10, 9, 8, 7, 6].filter((length) => length <= longest);
  const email: readonly Fill[] = longest >= 29 ? [{ kind: 'token', shape: 'email', length: 29 }] : [];
  const shaped = prefixes.flatMap((prefix) =>
    [...new Set(sizes)]
      .filter((length) => length - prefix.length >= 5)
      .flatMap((length): readonly Fill[] => [
        { kind: 'token', shape: 'digits', length, prefix },
        { kind: 'token', shape: 'capitals', length, prefix },
      ]),
  );
  return [...email, ...sizes.map((length): Fill => ({ kind: 'token', shape: 'text', length })), ...shaped];
}

/** A default written as a constant: what the application itself puts when it knows nothing. */
function defaultOf(column: Column): Fill | null {
  const value = /^'((?:[^']|'')*)'(::|$)/.exec(column.default ?? '')?.[1];
  return value === undefined ? null : valueIn(column, value.replaceAll("''", "'"));
}

/** Samples of what `fillExpression` makes: a format must like them all. */
const digests = [
  '7c4a8d09ca3762af61e59520943dc264',
  'e38ad214943daad1d64c102faec29de4',
  '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
];

function samplesOf(connection: SqlConnection, fill: Fill, type: string): readonly string[] {
  const { dialect } = connection;
  switch (fill.kind) {
    case 'null':
      return [dialect.typedNull(type)];
    case 'value':
      return [dialect.constant(literal(fill.value), type)];
    case 'token':
      return digests.map((digest) => dialect.constant(literal(sampleToken(fill, digest)), type));
    case 'redact':
      return fill.alone === null ? [] : samplesOf(connection, fill.alone.fill, type);
  }
}

function sampleToken(fill: Extract<Fill, { kind: 'token' }>, digest: string): string {
  const prefix = fill.prefix ?? '';
  const digits = digest.replaceAll(/[^0-9]/g, '').slice(0, 15);
  switch (fill.shape) {
    case 'text':
      return fill.length >= 16 ? `erased-${digest}`.slice(0, fill.length) : digest.slice(0, fill.length);
    case 'capitals':
      return `${prefix}${digest.toUpperCase()}`.slice(0, fill.length);
    case 'digits':
      return `${prefix}${digits}`.slice(0, fill.length).padEnd(fill.length, '0');
    case 'email':
      return `erased-${digest.slice(0, 12)}@e.invalid`;
    case 'number':
      return digits.slice(0, fill.length);
    case 'uuid':
      return digest;
    case 'bytes':
      return `\\x${digest}`;
  }
}

/** NOT NULL, the type and its domain, and the CHECKs that read this column alone. */
async function fits(connection: SqlConnection, table: Table, column: Column, fill: Fill): Promise<boolean> {
  if (fill.kind === 'null' && !column.nullable) return false;
  const checks = table.checks.filter((check) => check.columns.every((name) => name === column.name));
  const values = samplesOf(connection, fill, column.type);
  return ask(connection, connection.dialect.tryValues({ table: table.table, column, values, checks }));
}

async function ask(connection: SqlConnection, statements: readonly string[]): Promise<boolean> {
  await connection.run('savepoint socle_try');
  try {
    let rows: readonly { fits: boolean | number }[] = [];
    for (const statement of statements) rows = await connection.query(statement);
    await connection.run('release savepoint socle_try');
    return Boolean(rows[0]?.fits);
  } catch (error) {
    if (connection.trouble(error) === null || asRetryable(connection, error) !== null) throw error;
    await connection.run('rollback to savepoint socle_try');
    return false;
  }
}

/**
 * CHECKs over several columns, such as `email is not null or phone is not null`: the blanked columns are tried
 * together, kept columns as if empty; the first blanked column that can satisfy the check with another value gets it.
 */
async function settleTogether(
  connection: SqlConnection,
  table: Table,
  fields: Map<string, FieldPlan>,
  tell: (column: string, about: readonly string[]) => void,
): Promise<void> {
  for (const check of table.checks.filter((each) => each.columns.length > 1)) {
    const blanked = check.columns.flatMap((name) => {
      const field = fields.get(name);
      const column = findColumn(table, name);
      return field?.do === 'blank' && column !== undefined ? [{ field, column }] : [];
    });
    const isKept = blanked.some(({ field }) => field.fill.kind === 'value' && field.fill.keepsNull);
    const isMixed = isKept && blanked.some(({ field }) => field.fill.kind === 'null');
    if (blanked.length === 0 || (!isMixed && (await passes(connection, table, check, fields)))) continue;
    const isMended = await mend(connection, table, check, fields, blanked);
    if (!isMended) tell(blanked[0]?.field.column ?? '', [check.name]);
  }
}

/** All of them emptied but not removed where they were filled; else one alone. */
async function mend(
  connection: SqlConnection,
  table: Table,
  check: Table['checks'][number],
  fields: Map<string, FieldPlan>,
  blanked: readonly { readonly field: Blanked; readonly column: Column }[],
): Promise<boolean> {
  const filled = new Map(fields);
  for (const { field, column } of blanked) {
    const isEmptied = field.fill.kind === 'null';
    const fill = isEmptied ? await firstValueThatFits(connection, table, column, field) : field.fill;
    if (fill !== null) filled.set(field.column, { ...field, fill });
  }
  if (await passes(connection, table, check, filled)) {
    for (const [column, field] of filled) fields.set(column, field);
    return true;
  }
  for (const { field, column } of blanked) {
    for (const candidate of candidates(column, field)) {
      const fill: Fill = candidate.kind === 'value' ? { kind: 'value', value: candidate.value } : candidate;
      if (!(await fits(connection, table, column, fill))) continue;
      const tried = new Map(fields).set(field.column, { ...field, fill });
      if (!(await passes(connection, table, check, tried))) continue;
      fields.set(field.column, { ...field, fill });
      return true;
    }
  }
  return false;
}

/** NULL in a kept column makes most checks unknown, which passes: what a row holds decides when it is erased. */
async function passes(
  connection: SqlConnection,
  table: Table,
  check: Table['checks'][number],
  fields: ReadonlyMap<string, FieldPlan>,
): Promise<boolean> {
  const columns = check.columns.map((name) => {
    const field = fields.get(name);
    const type = findColumn(table, name)?.type ?? 'text';
    const base = findColumn(table, name)?.baseType ?? type;
    const sample =
      field?.do === 'blank'
        ? (samplesOf(connection, field.fill, type)[0] ?? 'null')
        : connection.dialect.typedNull(base);
    return `${sample} as ${quoted(name)}`;
  });
  return ask(connection, [
    `select (${check.expression}) is not false as fits from (select ${columns.join(', ')}) ${quoted(table.table)}`,
  ]);
}
