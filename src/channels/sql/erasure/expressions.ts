import { columnKey } from '../catalogue.ts';
import type { Dialect } from '../dialect.ts';
import type { FieldPlan, Fill, IdentityColumn, Pair, PlanStep, Redaction } from '../plan.ts';
import { literal, quoted } from '../quote.ts';

type Blanked = Extract<FieldPlan, { do: 'blank' }>;

export function identityComparable(dialect: Dialect, alias: string, identity: IdentityColumn): string {
  return dialect.comparable(`${alias}.${quoted(identity.column)}`, identity.family, identity.matching);
}

/** Columns that name a row of a step, in the order of the working set's k0, k1… */
export function keyColumns(dialect: Dialect, step: PlanStep, alias: string): readonly string[] {
  return step.key.kind === 'place'
    ? dialect.place(step, alias)
    : step.key.columns.map(({ name }) => `${alias}.${quoted(name)}`);
}

/** Columns of the key, as texts. */
export function keyTexts(dialect: Dialect, step: PlanStep, columns: readonly string[]): readonly string[] {
  const types = step.key.kind === 'place' ? [] : step.key.columns.map(({ type }) => type);
  return columns.map((column, index) => dialect.keyText(column, types[index] ?? ''));
}

/** `t."id" = s.k0 and …` */
export function sameKey(dialect: Dialect, step: PlanStep, alias: string, rows: string): string {
  return keyColumns(dialect, step, alias)
    .map((column, index) => `${column} = ${rows}.k${index}`)
    .join(' and ');
}

/** `c."customer_id" = p."id" and …` */
export function samePairs(pairs: readonly Pair[], own: string, other: string): string {
  return pairs.map((pair) => `${own}.${quoted(pair.own)} = ${other}.${quoted(pair.other)}`).join(' and ');
}

/** The working set of a step. */
export function rowsOf(dialect: Dialect, step: number): string {
  return dialect.temporary(`socle_rows_${step}`);
}

/** What the persons' own rows held where it is blanked: see `links.ts`. */
export function linkTable(dialect: Dialect): string {
  return dialect.temporary('socle_links');
}

/**
 * What a blanked column becomes. A token is made of a random salt (parameter `$1`) and of the row's key, so that a
 * repeated run makes the same; in a key itself it is made of the salt and chance.
 */
export function fillExpression(dialect: Dialect, step: PlanStep, field: Blanked, salt: string): string {
  const { fill } = field;
  switch (fill.kind) {
    case 'null':
      return 'null';
    case 'value': {
      const value = dialect.constant(literal(fill.value), field.type);
      return fill.keepsNull ? `case when t.${quoted(field.column)} is null then null else ${value} end` : value;
    }
    case 'token':
      return dialect.cast(tokenExpression(dialect, fill, digestExpression(dialect, step, field, salt)), field.type);
    case 'redact':
      return redacted(dialect, step, field, fill, salt);
  }
}

/** What stands for an identifier that was taken out of a text. */
const redactedMark = '***';

/** `s.redaction` matches what names the persons of the row. Without another e-mail, nobody else is spoken of. */
function redacted(dialect: Dialect, step: PlanStep, field: Blanked, { alone }: Redaction, salt: string): string {
  const column = `t.${quoted(field.column)}`;
  const without = (text: string, mark: string): string => dialect.replaced(text, 's.redaction', literal(mark));
  const isUnnamed = isBlank(dialect, step, field, salt);
  const taken = dialect.cast(without(dialect.text(column), redactedMark), field.type);
  const kept = `case when ${isUnnamed} then ${column} else ${taken} end`;
  if (alone === null) return kept;
  const text = alone.in === 'row' ? searchedText(dialect, step) : dialect.text(column);
  const isAlone = `not (${dialect.matches(without(text, ''), literal('[[:alnum:]]@[[:alnum:]]'))})`;
  const fill = fillExpression(dialect, step, { ...field, fill: alone.fill }, salt);
  return `case when ${alone.in === 'row' ? isAlone : `not (${isUnnamed}) and ${isAlone}`} then ${fill} else ${kept} end`;
}

/** The columns of a row that are searched for identifiers, as texts. */
export function searchedTexts(dialect: Dialect, step: PlanStep): readonly string[] {
  return step.ways.flatMap((way) =>
    way.kind === 'content' ? way.columns.map((column) => dialect.text(`t.${quoted(column)}`)) : [],
  );
}

/** All of them in one. */
export function searchedText(dialect: Dialect, step: PlanStep): string {
  return `(${searchedTexts(dialect, step)
    .map((text) => `coalesce(${text}, '')`)
    .join(" || ' ' || ")})`;
}

function digestExpression(dialect: Dialect, step: PlanStep, field: Blanked, salt: string): string {
  const seed = isOfKey(step, field.column)
    ? dialect.chance('t')
    : keyTexts(dialect, step, keyColumns(dialect, step, 't'));
  return dialect.digest([salt, literal(columnKey(step, field.column)), ...seed]);
}

function isOfKey(step: PlanStep, column: string): boolean {
  return step.key.kind === 'place' || step.key.columns.some((key) => key.name === column);
}

const marked = 16;

function tokenExpression(dialect: Dialect, fill: Extract<Fill, { kind: 'token' }>, digest: string): string {
  const start = (length: number): string => `substr(${digest}, 1, ${length})`;
  const size = fill.length - (fill.prefix?.length ?? 0);
  const prefix = literal(fill.prefix ?? '');
  switch (fill.shape) {
    case 'text':
      return fill.length >= marked ? `substr('erased-' || ${digest}, 1, ${fill.length})` : start(fill.length);
    case 'capitals':
      return `${prefix} || upper(${start(size)})`;
    case 'digits': {
      // A leading 1 keeps the zeros of the number; the rest is cut to its size.
      const digits = Math.min(size, 15);
      const number = dialect.text(`(${dialect.number(digest)} % ${10 ** digits} + ${10 ** digits})`);
      return `${prefix} || substr(${number}, 2, ${digits}) || ${literal('0'.repeat(size - digits))}`;
    }
    case 'email':
      return `'erased-' || ${start(12)} || '@e.invalid'`;
    case 'number':
      return `${dialect.number(digest)} % ${10 ** fill.length}`;
    case 'uuid':
      return start(32);
    case 'bytes':
      return dialect.bytes(digest);
  }
}

/**
 * Whether a column already is what the erasure makes of it. A token in a key or in a table without a key can't be
 * computed again: its mark tells.
 */
export function isBlank(dialect: Dialect, step: PlanStep, field: Blanked, salt: string): string {
  const column = `t.${quoted(field.column)}`;
  if (field.fill.kind === 'null') return `${column} is null`;
  if (field.fill.kind === 'redact') {
    return `not coalesce(${dialect.matches(dialect.text(column), 's.redaction')}, false)`;
  }
  if (field.fill.kind === 'token' && isOfKey(step, field.column)) return dialect.isMarked(column);
  const isSame = dialect.isSame(column, field.type, fillExpression(dialect, step, field, salt));
  return keepsNull(field) ? `(${column} is null or ${isSame})` : isSame;
}

function keepsNull({ fill }: Blanked): boolean {
  return fill.kind === 'value' && fill.keepsNull === true;
}

/** Whether a column looks erased, by whatever earlier order: without its salt, an unmarked token can't be told. */
export function looksBlank(dialect: Dialect, field: Blanked, alias: string): string {
  const column = `${alias}.${quoted(field.column)}`;
  const { fill } = field;
  switch (fill.kind) {
    case 'null':
      return `${column} is null`;
    case 'value': {
      const isSame = dialect.isSame(column, field.type, dialect.constant(literal(fill.value), field.type));
      return keepsNull(field) ? `(${column} is null or ${isSame})` : isSame;
    }
    case 'token': {
      const isTold = fill.shape === 'email' || (fill.shape === 'text' && fill.length >= marked);
      return isTold ? dialect.isMarked(column) : 'false';
    }
    case 'redact':
      return 'false';
  }
}

/** Whether identifiers are taken out of texts of the step. */
export function redacts(step: PlanStep): boolean {
  return blankedFields(step).some((field) => field.fill.kind === 'redact');
}

export function blankedFields(step: PlanStep): readonly Blanked[] {
  return step.fields.filter((field): field is Blanked => field.do === 'blank');
}
