import { type RawBuilder, sql } from 'kysely';
import { unreachable } from '../../kernel/index.ts';
import type { Relation } from '../model.ts';
import type { Moment } from './around.ts';
import {
  type Comparison,
  common,
  kindOf,
  type Literal,
  type Operand,
  type Predicate,
  type TextMatch,
} from './expression.ts';
import type { NamedColumn } from './shape.ts';
import {
  amountOf,
  asNumber,
  columnRef,
  comparableAmounts,
  comparableSteps,
  type Ground,
  literalSql,
  sqlTypes,
  valueSql,
} from './values-to-sql.ts';

/** Where the object is, and when and for whom the expression is run. */
export interface Standing {
  /** The alias of its row; `o` when nothing is said. */
  readonly base?: string;
  readonly moment: Moment | null;
}

/**
 * A condition as SQL, with every value a parameter. Comparisons are the leakproof ones where there is a choice, so that they
 * use their index under row-level security.
 */
export function toSql(predicate: Predicate, standing: Standing): RawBuilder<boolean> {
  return conditionSql(predicate, groundOf(standing));
}

/** The row, the moment, and how conditions inside of values are written. */
export function groundOf({ base = 'o', moment }: Standing): Ground {
  const ground: Ground = { base, moment, condition: (predicate) => conditionSql(predicate, ground) };
  return ground;
}

function conditionSql(predicate: Predicate, ground: Ground): RawBuilder<boolean> {
  switch (predicate.kind) {
    case 'constant':
      return predicate.value ? sql<boolean>`true` : sql<boolean>`false`;
    case 'and':
      return sql<boolean>`(${conditionSql(predicate.left, ground)} and ${conditionSql(predicate.right, ground)})`;
    case 'or':
      return sql<boolean>`(${conditionSql(predicate.left, ground)} or ${conditionSql(predicate.right, ground)})`;
    case 'not':
      // Unknown (something not filled) counts as false, so its negation is true.
      return sql<boolean>`((${conditionSql(predicate.of, ground)}) is not true)`;
    case 'truth':
      return sql<boolean>`${valueSql(predicate.operand, ground)}`;
    case 'filled':
      return filled(predicate.operand, predicate.isFilled, ground);
    case 'compare':
      return compare(predicate.operator, predicate.left, predicate.right, ground);
    case 'among':
      return among(predicate.operand, predicate.values, ground);
    case 'linked':
      return linked(predicate.relation, predicate.id, ground);
    case 'holds':
      return sql<boolean>`${predicate.value} = any (${valueSql(predicate.operand, ground)})`;
    case 'match':
      return match(predicate.how, predicate.operand, predicate.text, ground);
    default:
      return unreachable(predicate);
  }
}

function linked({ key, isInverse }: Relation, id: string | null, { base }: Ground): RawBuilder<boolean> {
  const [here, there] = isInverse ? ['to_id', 'from_id'] : ['from_id', 'to_id'];
  const other = id === null ? sql`` : sql`and ${sql.ref(`k.${there}`)} = ${id}::uuid`;
  return sql<boolean>`exists (select 1 from objects.link as k
    where k.relation = ${key} and ${sql.ref(`k.${here}`)} = ${sql.ref(`${base}.id`)} ${other})`;
}

function filled(operand: Operand, isFilled: boolean, ground: Ground): RawBuilder<boolean> {
  const isCalculatedAmount = operand.kind !== 'column' && kindOf(operand).kind === 'money';
  const value = isCalculatedAmount ? amountOf(operand, ground).amount : valueSql(operand, ground);
  return isFilled ? sql<boolean>`${value} is not null` : sql<boolean>`${value} is null`;
}

const operators: Readonly<Record<Comparison, RawBuilder<unknown>>> = {
  '==': sql`=`,
  '!=': sql`is distinct from`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

function compare(operator: Comparison, left: Operand, right: Operand, ground: Ground): RawBuilder<boolean> {
  const kind = common(kindOf(left), kindOf(right));
  if (kind?.kind === 'money') return compareMoney(operator, left, right, ground);
  if (kind?.kind === 'quantity') {
    const [a, b] = comparableSteps(left, right, ground);
    return sql<boolean>`${a} ${operators[operator]} ${b}`;
  }
  if (kind?.kind === 'number') {
    return sql<boolean>`${asNumber(left, ground)} ${operators[operator]} ${asNumber(right, ground)}`;
  }
  const exact = sql<boolean>`${exactSql(left, ground)} ${operators[operator]} ${exactSql(right, ground)}`;
  if (operator !== '==' || !isWords(left) || right.kind !== 'literal') return exact;
  // Equal texts are equal words: the second comparison changes nothing but the index that can be used.
  return sql<boolean>`(${exact} and ${columnRef(left.column, ground.base)} = ${literalSql(right.literal)})`;
}

/** A column of free text of the object itself: its index is in the order of words. */
function isWords(operand: Operand): operand is Operand & { readonly kind: 'column' } {
  return operand.kind === 'column' && operand.column.isFolded && operand.path.length === 0;
}

/** Amounts of different currencies are never equal, larger or smaller. */
function compareMoney(operator: Comparison, left: Operand, right: Operand, ground: Ground): RawBuilder<boolean> {
  const [a, b] = comparableAmounts(left, right, ground);
  const asWritten = operators[operator === '!=' ? '==' : operator];
  const isThere = sql<boolean>`(${a.currency} = ${b.currency} and ${a.amount} ${asWritten} ${b.amount})`;
  return operator === '!=' ? sql<boolean>`(${isThere} is not true)` : isThere;
}

function exactSql(operand: Operand, ground: Ground): RawBuilder<unknown> {
  const value = valueSql(operand, ground);
  return operand.kind === 'column' && operand.column.isFolded ? sql`${value} collate "C"` : value;
}

function among(operand: Operand, values: readonly Literal[], ground: Ground): RawBuilder<boolean> {
  const [first] = values;
  if (first === undefined) return sql<boolean>`false`;
  const list = sql`any (${values.map((one) => one.value)}::${sqlTypes[first.type]}[])`;
  const exact = sql<boolean>`${exactSql(operand, ground)} = ${list}`;
  return isWords(operand) ? sql<boolean>`(${exact} and ${columnRef(operand.column, ground.base)} = ${list})` : exact;
}

/** The highest character of a collation's order: what begins with a word sorts below the word and it. */
const last = '\uffff';

function match(how: TextMatch, operand: Operand, text: string, ground: Ground): RawBuilder<boolean> {
  const value = exactSql(operand, ground);
  if (text === '') return sql<boolean>`${value} is not null`;
  if (how === 'contains') return sql<boolean>`strpos(${value}, ${text}) > 0`;
  if (how === 'endsWith') return sql<boolean>`right(${value}, ${[...text].length}::int) = ${text}`;
  const exact = sql<boolean>`starts_with(${value}, ${text})`;
  return isWords(operand) ? sql<boolean>`(${beginsWith(operand.column, text, ground.base)} and ${exact})` : exact;
}

/** What begins with a word, whatever its case and accents: a range of the index of words. */
export function beginsWith(column: NamedColumn, text: string, base = 'o'): RawBuilder<boolean> {
  const own = columnRef(column, base);
  return sql<boolean>`(${own} >= ${text} and ${own} < ${text + last})`;
}
