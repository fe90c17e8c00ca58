import { columnKey, type TypeFamily } from '../catalogue.ts';
import type { FieldPlan, Fill, IdentityColumn, Matching, Pair, PlanStep } from '../plan.ts';
import { literal, quoted } from './quote.ts';

type Blanked = Extract<FieldPlan, { do: 'blank' }>;

/** The value of a column as identifiers are compared: the counterpart of `soughtValues`. */
export function comparable(alias: string, column: string, family: TypeFamily, matching: Matching): string {
  const text = `${alias}.${quoted(column)}::text`;
  switch (matching) {
    case 'email':
      return `lower(btrim(${text}, E' \\t\\r\\n'))`;
    case 'compact':
      return `upper(regexp_replace(${text}, '[[:space:].-]', '', 'g'))`;
    case 'exact':
      return `btrim(${text}, E' \\t\\r\\n')`;
    case 'phone':
      return phoneDigits(text, family);
  }
}

/** `+33 6 12 34 56 78`, `06.12.34.56.78` and `0033612345678` are `33612345678`; a number column lost its first zero. */
function phoneDigits(text: string, family: TypeFamily): string {
  const digits = `regexp_replace(replace(${text}, '(0)', ''), '[^0-9]', '', 'g')`;
  const lost = family === 'number' ? `when ${text} ~ '^[1-9][0-9]{8}$' then '33' || ${text} ` : '';
  return `(case ${lost}when ltrim(${text}) like '+%' then ${digits} when ${digits} like '00%' then substr(${digits}, 3) when ${digits} ~ '^0[1-9][0-9]{8}$' then '33' || substr(${digits}, 2) else ${digits} end)`;
}

export function identityComparable(alias: string, identity: IdentityColumn): string {
  return comparable(alias, identity.column, identity.family, identity.matching);
}

/** Columns that name a row of a step, in the order of the working set's k0, k1… */
export function keyColumns(step: PlanStep, alias: string): readonly string[] {
  return step.key.kind === 'place'
    ? [`${alias}.tableoid`, `${alias}.ctid`]
    : step.key.columns.map(({ name }) => `${alias}.${quoted(name)}`);
}

/** `t."id" = s.k0 and …` */
export function sameKey(step: PlanStep, alias: string, rows: string): string {
  return keyColumns(step, alias)
    .map((column, index) => `${column} = ${rows}.k${index}`)
    .join(' and ');
}

/** `c."customer_id" = p."id" and …` */
export function samePairs(pairs: readonly Pair[], own: string, other: string): string {
  return pairs.map((pair) => `${own}.${quoted(pair.own)} = ${other}.${quoted(pair.other)}`).join(' and ');
}

/** The working set of a step. */
export function rowsOf(step: number): string {
  return `pg_temp.socle_rows_${step}`;
}

/**
 * What a blanked column becomes. A token is made of a random salt (parameter `$1`) and of the row's key, so that a
 * repeated run makes the same; in a key itself it is made of the salt and chance.
 */
export function fillExpression(step: PlanStep, field: Blanked, salt: string): string {
  const { fill } = field;
  switch (fill.kind) {
    case 'null':
      return 'null';
    case 'value':
      return `${literal(fill.value)}::${field.type}`;
    case 'token':
      return `(${tokenExpression(fill, digestExpression(step, field, salt))})::${field.type}`;
  }
}

function digestExpression(step: PlanStep, field: Blanked, salt: string): string {
  const seed = isOfKey(step, field.column)
    ? ['random()::text', 'clock_timestamp()::text', 't.ctid::text']
    : keyColumns(step, 't').map((column) => `${column}::text`);
  const name = literal(columnKey(step, field.column));
  return `encode(sha256(convert_to(concat_ws(':', ${salt}, ${name}, ${seed.join(', ')}), 'UTF8')), 'hex')`;
}

function isOfKey(step: PlanStep, column: string): boolean {
  return step.key.kind === 'place' || step.key.columns.some((key) => key.name === column);
}

const marked = 16;

function tokenExpression(fill: Extract<Fill, { kind: 'token' }>, digest: string): string {
  switch (fill.shape) {
    case 'text':
      return fill.length >= marked ? `left('erased-' || ${digest}, ${fill.length})` : `left(${digest}, ${fill.length})`;
    case 'capitals':
      return `${literal(fill.prefix ?? '')} || upper(left(${digest}, ${fill.length - (fill.prefix?.length ?? 0)}))`;
    case 'digits': {
      const size = fill.length - (fill.prefix?.length ?? 0);
      const digits = Math.min(size, 15);
      const number = `(('x' || left(${digest}, 15))::bit(60)::bigint % ${10 ** digits})::text`;
      return `rpad(${literal(fill.prefix ?? '')} || lpad(${number}, ${digits}, '0'), ${fill.length}, '0')`;
    }
    case 'email':
      return `('erased-' || left(${digest}, 12) || '@e.invalid')`;
    case 'number':
      return `(('x' || left(${digest}, 15))::bit(60)::bigint % ${10 ** fill.length})`;
    case 'uuid':
      return `left(${digest}, 32)`;
    case 'bytes':
      return `decode(left(${digest}, 32), 'hex')`;
  }
}

/**
 * Whether a column already is what the erasure makes of it. A token in a key or in a table without a key can't be
 * computed again: its mark tells.
 */
export function isBlank(step: PlanStep, field: Blanked, salt: string): string {
  const column = `t.${quoted(field.column)}`;
  switch (field.fill.kind) {
    case 'null':
      return `${column} is null`;
    case 'value':
      return `${column}::text is not distinct from ${fillExpression(step, field, salt)}::text`;
    case 'token':
      return isOfKey(step, field.column)
        ? `${column}::text ~ '^erased-[0-9a-f]{9}'`
        : `${column}::text is not distinct from (${fillExpression(step, field, salt)})::text`;
  }
}

/** Whether a column looks erased, by whatever earlier order: without its salt, an unmarked token can't be told. */
export function looksBlank(field: Blanked, alias: string): string {
  const column = `${alias}.${quoted(field.column)}`;
  const { fill } = field;
  switch (fill.kind) {
    case 'null':
      return `${column} is null`;
    case 'value':
      return `${column}::text is not distinct from ${literal(fill.value)}::${field.type}::text`;
    case 'token': {
      const isMarked = fill.shape === 'email' || (fill.shape === 'text' && fill.length >= marked);
      return isMarked ? `${column}::text ~ '^erased-[0-9a-f]{9}'` : 'false';
    }
  }
}

export function blankedFields(step: PlanStep): readonly Blanked[] {
  return step.fields.filter((field): field is Blanked => field.do === 'blank');
}
