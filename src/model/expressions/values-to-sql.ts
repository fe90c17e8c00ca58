import { type RawBuilder, sql } from 'kysely';
import { moneyScale } from '../attributes/money.ts';
import { dividedBy, rational, times } from '../attributes/rational.ts';
import { unitOf } from '../attributes/unit.ts';
import type { Moment } from './around.ts';
import { type CallName, isNumeric, kindOf, type Literal, type Operand, type Predicate } from './expression.ts';
import type { NamedColumn } from './shape.ts';

type Sql<T = unknown> = RawBuilder<T>;

/** What an expression is run on: the alias of the object's row, and when and for whom (null: it stands on neither). */
export interface Ground {
  readonly base: string;
  readonly moment: Moment | null;
  readonly condition: (predicate: Predicate) => Sql<boolean>;
}

/** A value as SQL, in the form its columns keep: scaled integers for decimals. Numbers that were calculated are `numeric`. */
export function valueSql(operand: Operand, ground: Ground): Sql {
  switch (operand.kind) {
    case 'column':
      return columnSql(operand, 0, ground);
    case 'literal':
      return literalSql(operand.literal);
    case 'moment':
      return momentSql(operand, ground);
    case 'conditional': {
      const as = isNumeric(operand.type) ? asNumber : valueSql;
      return sql`case when ${ground.condition(operand.when)} then ${as(operand.yes, ground)} else ${as(operand.no, ground)} end`;
    }
    default:
      return callSql(operand.name, operand.operands, ground);
  }
}

/** A numeric value in its own unit: 12.50 rather than 1250. */
export function asNumber(operand: Operand, ground: Ground): Sql {
  const value = valueSql(operand, ground);
  if (operand.kind !== 'column' && operand.kind !== 'literal') return value;
  const kind = kindOf(operand);
  if (kind.kind === 'decimal') return inUnits(value, kind.scale);
  return kind.kind === 'integer' ? sql`${value}::numeric` : value;
}

/** Exact: a product with a power of ten has as many decimals as it needs. */
function inUnits(scaled: Sql, scale: number): Sql {
  return sql`(${scaled} * ${sql.lit(10 ** -scale === 1 ? '1' : `1e-${scale}`)}::numeric)`;
}

export interface Amount {
  readonly amount: Sql;
  readonly currency: Sql;
}

/** Two amounts to compare: as they are kept, unless one is calculated. */
export function comparableAmounts(left: Operand, right: Operand, ground: Ground): readonly [Amount, Amount] {
  const isKept = [left, right].every(({ kind }) => kind === 'column' || kind === 'literal');
  const read = isKept ? keptAmount : amountOf;
  return [read(left, ground), read(right, ground)];
}

function keptAmount(operand: Operand, ground: Ground): Amount {
  if (operand.kind === 'column')
    return { amount: columnSql(operand, 0, ground), currency: columnSql(operand, 1, ground) };
  if (operand.kind !== 'literal' || operand.literal.type !== 'money')
    throw new Error('an amount was checked to be one');
  return { amount: sql`${operand.literal.value}::bigint`, currency: sql`${operand.literal.currency}::text` };
}

/** An amount in its own unit, and its currency. Both are null when two currencies meet. */
export function amountOf(operand: Operand, ground: Ground): Amount {
  switch (operand.kind) {
    case 'column':
    case 'literal': {
      const { amount, currency } = keptAmount(operand, ground);
      return { amount: inUnits(amount, moneyScale), currency };
    }
    case 'conditional': {
      const [yes, no] = [amountOf(operand.yes, ground), amountOf(operand.no, ground)];
      const either = (a: Sql, b: Sql): Sql => sql`case when ${ground.condition(operand.when)} then ${a} else ${b} end`;
      return { amount: either(yes.amount, no.amount), currency: either(yes.currency, no.currency) };
    }
    case 'call':
      return calledAmount(operand.name, operand.operands, ground);
    default:
      throw new Error('an amount was checked to be one');
  }
}

function calledAmount(name: CallName, [left, right]: readonly Operand[], ground: Ground): Amount {
  if (left === undefined) throw new Error(`${name} was checked to have operands`);
  const a = amountOf(left, ground);
  if (right === undefined) return { amount: sql`(- ${a.amount})`, currency: a.currency };
  if (name === '*') return { amount: sql`(${a.amount} * ${asNumber(right, ground)})`, currency: a.currency };
  if (name === '/') return { amount: sql`(${a.amount} / nullif(${asNumber(right, ground)}, 0))`, currency: a.currency };
  const b = amountOf(right, ground);
  const operator = name === '+' ? sql`+` : sql`-`;
  const isSame = sql`${a.currency} = ${b.currency}`;
  return {
    amount: sql`case when ${isSame} then ${a.amount} ${operator} ${b.amount} end`,
    currency: sql`case when ${isSame} then ${a.currency} end`,
  };
}

/** Two quantities to compare: by their steps, brought to one length where theirs differ. */
export function comparableSteps(left: Operand, right: Operand, ground: Ground): readonly [Sql, Sql] {
  const [a, b] = [kindOf(left), kindOf(right)];
  if (a.kind !== 'quantity' || b.kind !== 'quantity') throw new Error('a quantity was checked to be one');
  const { over, under } = dividedBy(a.measure.step, b.measure.step);
  const [first, second] = [valueSql(left, ground), valueSql(right, ground)];
  if (over === 1n && under === 1n) return [first, second];
  const by = (value: Sql, factor: bigint): Sql => sql`(${value}::numeric * ${sql.lit(String(factor))}::numeric)`;
  return [by(first, over), by(second, under)];
}

/** What an attribute that keeps a quantity gets: its steps, its value and its unit. */
export function quantityCells(operand: Operand, ground: Ground): readonly [Sql, Sql, Sql] {
  if (operand.kind === 'column') {
    return [columnSql(operand, 0, ground), columnSql(operand, 1, ground), columnSql(operand, 2, ground)];
  }
  if (operand.kind === 'literal' && operand.literal.type === 'quantity') {
    const { value, scaled, unit } = operand.literal;
    return [sql`${value}::bigint`, sql`${scaled}::bigint`, sql`${unit}::text`];
  }
  if (operand.kind !== 'conditional') throw new Error('a quantity was checked to be one');
  const [yes, no] = [quantityCells(operand.yes, ground), quantityCells(operand.no, ground)];
  const either = (a: Sql, b: Sql): Sql => sql`case when ${ground.condition(operand.when)} then ${a} else ${b} end`;
  return [either(yes[0], no[0]), either(yes[1], no[1]), either(yes[2], no[2])];
}

function valueInUnit(quantity: Operand, unit: Operand | undefined, ground: Ground): Sql {
  const kind = kindOf(quantity);
  const to = unit?.kind === 'literal' && unit.literal.type === 'text' ? unitOf(unit.literal.value) : null;
  if (kind.kind !== 'quantity' || to === null) throw new Error('a quantity was checked to be one');
  const each = dividedBy(kind.measure.step, to.factor);
  const less = dividedBy(times(to.offset, rational(-1n)), to.factor);
  const exact = (value: bigint): Sql => sql`${sql.lit(String(value))}::numeric`;
  const scaled = sql`(${valueSql(quantity, ground)}::numeric * ${exact(each.over)} / ${exact(each.under)})`;
  return less.over === 0n ? scaled : sql`(${scaled} + ${exact(less.over)} / ${exact(less.under)})`;
}

/** The column itself, or that of the object to which its references lead. */
function columnSql(operand: Operand & { readonly kind: 'column' }, at: number, { base }: Ground): Sql {
  const { column, path } = operand;
  const physical = column.columns[at] ?? column.name;
  const [first, ...rest] = path;
  if (first === undefined) return sql`${sql.ref(`${base}.${physical}`)}`;
  const joins = rest.map(
    (step, each) =>
      sql`join ${sql.table(`model.${step.table}`)} as ${sql.ref(`f${each + 1}`)} on ${sql.ref(`f${each + 1}.id`)} = ${sql.ref(`f${each}.${step.column}`)}`,
  );
  return sql`(select ${sql.ref(`f${rest.length}.${physical}`)} from ${sql.table(`model.${first.table}`)} as f0 ${sql.join(joins, sql` `)}
    where f0.id = ${sql.ref(`${base}.${first.column}`)})`;
}

function momentSql(operand: Operand & { readonly kind: 'moment' }, { moment }: Ground): Sql {
  if (moment === null) throw new Error('an expression that stands on who asks, or when, is kept nowhere');
  if (operand.of === 'me') return sql`${moment.me ?? ''}::text`;
  if (operand.of === 'now') return sql`${moment.now}::timestamptz`;
  const day = moment.now.toISOString().slice(0, 10);
  return operand.type === 'date' ? sql`${day}::date` : sql`${new Date(`${day}T00:00:00Z`)}::timestamptz`;
}

/** Attributes are read in the order of words; what is exact says so. */
function exactText(operand: Operand, ground: Ground): Sql {
  const value = valueSql(operand, ground);
  return operand.kind === 'column' && operand.column.isFolded ? sql`${value} collate "C"` : value;
}

function callSql(name: CallName, operands: readonly Operand[], ground: Ground): Sql {
  const [first, second] = operands;
  if (first === undefined) throw new Error(`${name} was checked to have operands`);
  const value = (): Sql => valueSql(first, ground);
  const numbers = (operator: Sql): Sql =>
    second === undefined
      ? asNumber(first, ground)
      : sql`(${asNumber(first, ground)} ${operator} ${asNumber(second, ground)})`;
  switch (name) {
    case '+':
      return numbers(sql`+`);
    case '-':
      return numbers(sql`-`);
    case '*':
      return numbers(sql`*`);
    case '/':
      return quotient(first, second ?? first, ground);
    case 'negative':
      return sql`(- ${asNumber(first, ground)})`;
    case 'joined':
      return sql`(${exactText(first, ground)} || ${exactText(second ?? first, ground)})`;
    case 'later':
    case 'earlier': {
      const moved = sql`(${value()} ${name === 'later' ? sql`+` : sql`-`} ${valueSql(second ?? first, ground)})`;
      return kindOf(first).kind === 'date' ? sql`${moved}::date` : moved;
    }
    case 'days':
      return sql`(${value()} - ${valueSql(second ?? first, ground)})::numeric`;
    case 'lower':
      return sql`lower(${value()} collate "und-x-icu")`;
    case 'upper':
      return sql`upper(${value()} collate "und-x-icu")`;
    case 'size':
      return kindOf(first).kind === 'texts'
        ? sql`cardinality(${value()})::numeric`
        : sql`char_length(${value()})::numeric`;
    case 'abs':
      return sql`abs(${asNumber(first, ground)})`;
    case 'value_in':
      return valueInUnit(first, second, ground);
    case 'round':
      return sql`round(${asNumber(first, ground)}, ${second === undefined ? sql`0` : asNumber(second, ground)}::int)`;
    default:
      return sql`extract(${sql.raw(name)} from ${kindOf(first).kind === 'date' ? value() : sql`${value()} at time zone 'UTC'`})::numeric`;
  }
}

function quotient(first: Operand, second: Operand, ground: Ground): Sql {
  if (kindOf(first).kind !== 'money') return sql`(${asNumber(first, ground)} / nullif(${asNumber(second, ground)}, 0))`;
  const [a, b] = [amountOf(first, ground), amountOf(second, ground)];
  return sql`case when ${a.currency} = ${b.currency} then ${a.amount} / nullif(${b.amount}, 0) end`;
}

export const sqlTypes = {
  text: sql`text`,
  date: sql`date`,
  duration: sql`interval`,
  reference: sql`uuid`,
  integer: sql`bigint`,
  decimal: sql`bigint`,
  number: sql`numeric`,
  boolean: sql`boolean`,
  datetime: sql`timestamptz`,
  money: sql`bigint`,
  quantity: sql`bigint`,
} as const satisfies Readonly<Record<Literal['type'], Sql>>;

export function literalSql(literal: Literal): Sql {
  return sql`${literal.value}::${sqlTypes[literal.type]}`;
}

export function columnRef(column: NamedColumn, base: string): Sql {
  return sql`${sql.ref(`${base}.${column.columns[0] ?? column.name}`)}`;
}
