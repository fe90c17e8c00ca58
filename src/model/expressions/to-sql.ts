import { type RawBuilder, sql } from 'kysely';
import { unreachable } from '../../kernel/index.ts';
import type { Comparison, Literal, Operand, Predicate, TextMatch } from './predicate.ts';
import type { NamedColumn } from './shape.ts';

/**
 * A predicate as SQL over a relation aliased `o`, with every value a parameter. Comparisons are the leakproof ones where
 * there is a choice, so that they use their index under row-level security.
 */
export function toSql(predicate: Predicate): RawBuilder<boolean> {
  switch (predicate.kind) {
    case 'constant':
      return predicate.value ? sql<boolean>`true` : sql<boolean>`false`;
    case 'and':
      return sql<boolean>`(${toSql(predicate.left)} and ${toSql(predicate.right)})`;
    case 'or':
      return sql<boolean>`(${toSql(predicate.left)} or ${toSql(predicate.right)})`;
    case 'not':
      // Unknown (something not filled) counts as false, so its negation is true.
      return sql<boolean>`((${toSql(predicate.of)}) is not true)`;
    case 'truth':
      return sql<boolean>`${ref(predicate.column)}`;
    case 'filled':
      return predicate.isFilled
        ? sql<boolean>`${ref(predicate.column)} is not null`
        : sql<boolean>`${ref(predicate.column)} is null`;
    case 'compare':
      return compare(predicate.operator, predicate.left, predicate.right);
    case 'among':
      return among(predicate.operand, predicate.values);
    case 'holds':
      return sql<boolean>`${predicate.value} = any (${ref(predicate.column)})`;
    case 'match':
      return match(predicate.how, predicate.operand, predicate.text);
    default:
      return unreachable(predicate);
  }
}

function ref(column: NamedColumn): RawBuilder<unknown> {
  return sql`${sql.ref(`o.${column.columns[0] ?? column.name}`)}`;
}

const operators: Readonly<Record<Comparison, RawBuilder<unknown>>> = {
  '==': sql`=`,
  '!=': sql`is distinct from`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

function compare(operator: Comparison, left: Operand, right: Operand): RawBuilder<boolean> {
  if (left.kind === 'column' && right.kind === 'literal' && right.literal.type === 'money') {
    return compareMoney(operator, left.column, right.literal);
  }
  const exact = sql<boolean>`${operandSql(left)} ${operators[operator]} ${operandSql(right)}`;
  if (operator !== '==' || !isWords(left) || right.kind !== 'literal') return exact;
  // Equal texts are equal words: the second comparison changes nothing but the index that can be used.
  return sql<boolean>`(${exact} and ${ref(left.column)} = ${operandSql(right)})`;
}

function isWords(operand: Operand): operand is Operand & { readonly kind: 'column' } {
  return operand.kind === 'column' && operand.column.isFolded && !operand.isLower;
}

/** Amounts of different currencies are never equal, larger or smaller. */
function compareMoney(
  operator: Comparison,
  column: NamedColumn,
  literal: Literal & { readonly type: 'money' },
): RawBuilder<boolean> {
  const [amount, currency] = column.columns.map((name) => sql.ref(`o.${name}`));
  const isThere = sql<boolean>`(${currency} = ${literal.currency} and ${amount} ${operators[operator === '!=' ? '==' : operator]} ${literal.value}::bigint)`;
  return operator === '!=' ? sql<boolean>`(${isThere} is not true)` : isThere;
}

function operandSql(operand: Operand): RawBuilder<unknown> {
  if (operand.kind === 'literal') return literalSql(operand.literal);
  if (operand.isLower) return sql`lower(${ref(operand.column)} collate "und-x-icu")`;
  return operand.column.isFolded ? sql`${ref(operand.column)} collate "C"` : ref(operand.column);
}

const sqlTypes = {
  text: sql`text`,
  date: sql`date`,
  duration: sql`interval`,
  reference: sql`uuid`,
  integer: sql`bigint`,
  decimal: sql`bigint`,
  boolean: sql`boolean`,
  datetime: sql`timestamptz`,
  money: sql`bigint`,
} as const satisfies Readonly<Record<Literal['type'], RawBuilder<unknown>>>;

function literalSql(literal: Literal): RawBuilder<unknown> {
  return sql`${literal.value}::${sqlTypes[literal.type]}`;
}

function among(operand: Operand, values: readonly Literal[]): RawBuilder<boolean> {
  const [first] = values;
  if (first === undefined) return sql<boolean>`false`;
  const list = sql`any (${values.map((one) => one.value)}::${sqlTypes[first.type]}[])`;
  const exact = sql<boolean>`${operandSql(operand)} = ${list}`;
  return isWords(operand) ? sql<boolean>`(${exact} and ${ref(operand.column)} = ${list})` : exact;
}

/** The highest character of a collation's order: what begins with a word sorts below the word and it. */
const last = '\uffff';

function match(how: TextMatch, operand: Operand, text: string): RawBuilder<boolean> {
  const value = operandSql(operand);
  if (text === '') return sql<boolean>`${value} is not null`;
  if (how === 'contains') return sql<boolean>`strpos(${value}, ${text}) > 0`;
  if (how === 'endsWith') return sql<boolean>`right(${value}, ${[...text].length}::int) = ${text}`;
  const exact = sql<boolean>`starts_with(${value}, ${text})`;
  if (!isWords(operand)) return exact;
  return sql<boolean>`(${beginsWith(operand.column, text)} and ${exact})`;
}

/** What begins with a word, whatever its case and accents: a range of the index of words. */
export function beginsWith(column: NamedColumn, text: string): RawBuilder<boolean> {
  return sql<boolean>`(${ref(column)} >= ${text} and ${ref(column)} < ${text + last})`;
}
