import { type RawBuilder, sql } from 'kysely';
import { groupBy } from '../../kernel/index.ts';
import type { ExpressionKind } from '../attributes/attribute-type.ts';
import { currencyDecimals, moneyScale } from '../attributes/money.ts';
import { checkValue } from './check.ts';
import { type Operand, ownNames } from './expression.ts';
import { ExpressionFault } from './fault.ts';
import type { Shape } from './shape.ts';
import { amountOf, asNumber, type Ground, quantityCells, valueSql } from './values-to-sql.ts';

/** How an attribute is calculated. */
export interface Computed {
  /** As the pack writes it, in CEL. */
  readonly source: string;
  readonly value: Operand;
  /**
   * It stands on its own object alone: the database keeps it true in columns of its own, at every write, by whomever. Otherwise
   * (it stands on other objects, or on the day) it is calculated when it is read.
   */
  readonly isStored: boolean;
}

/**
 * Compiles the expression of an attribute the first time it is asked for: it may stand on other calculated attributes. Throws
 * an `ExpressionFault` when it can't be, or stands on itself.
 */
export function calculation(source: string, kind: ExpressionKind, shape: () => Shape): () => Computed {
  let known: Computed | null = null;
  let isBusy = false;
  return () => {
    if (known !== null) return known;
    if (isBusy) {
      throw new ExpressionFault(0, source.length, {
        fr: 'ce calcul dépend de lui-même.',
        en: 'this calculation depends on itself.',
      });
    }
    if (kind.kind === 'none') throw new Error('what can’t be calculated was refused with its pack');
    isBusy = true;
    try {
      const value = checkValue(source, shape(), kind);
      known = { source, value, isStored: ownNames(value) !== null };
      return known;
    } finally {
      isBusy = false;
    }
  };
}

/**
 * What goes into each of the attribute's columns. Numbers are rounded to the decimals that the attribute keeps, amounts to those
 * of their currency, halves away from zero.
 */
export function columnValues(operand: Operand, kind: ExpressionKind, ground: Ground): readonly RawBuilder<unknown>[] {
  switch (kind.kind) {
    case 'integer':
      return [sql`round(${asNumber(operand, ground)})::bigint`];
    case 'decimal':
      return [sql`round(${asNumber(operand, ground)} * ${sql.lit(10 ** kind.scale)}::numeric)::bigint`];
    case 'money': {
      const { amount, currency } = amountOf(operand, ground);
      return [
        sql`(round(${amount}, ${decimalsOf(currency)}) * ${sql.lit(10 ** moneyScale)}::numeric)::bigint`,
        sql`case when ${amount} is not null then ${currency} end`,
      ];
    }
    case 'quantity':
      return quantityCells(operand, ground);
    default:
      return [valueSql(operand, ground)];
  }
}

/** ISO 4217: most currencies have two decimals, some none or more. */
const otherDecimals = groupBy(
  Intl.supportedValuesOf('currency').filter((code) => currencyDecimals(code) !== 2),
  currencyDecimals,
);

function decimalsOf(currency: RawBuilder<unknown>): RawBuilder<unknown> {
  const cases = [...otherDecimals].map(
    ([decimals, codes]) =>
      sql`when ${currency} in (${sql.join(codes.map((code) => sql.lit(code)))}) then ${sql.lit(decimals)}`,
  );
  return sql`case ${sql.join(cases, sql` `)} else 2 end`;
}
