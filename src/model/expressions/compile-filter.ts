import type { RawBuilder } from 'kysely';
import type { Model, TypeModel } from '../model.ts';
import type { Moment } from './around.ts';
import { checkCondition } from './check.ts';
import { calculates } from './expression.ts';
import { ExpressionFault, refuseFilter } from './fault.ts';
import { shapeOf } from './shape.ts';
import { toSql } from './to-sql.ts';

export interface Filter {
  readonly condition: RawBuilder<boolean>;
  /** Whether it calculates: a row whose values it can't calculate with would fail the query. */
  readonly canFail: boolean;
}

/** A filter in CEL, as a SQL condition on `from(type) as o`. Refuses (400) with the place of what it can't compile. */
export function compileFilter(model: Model, type: TypeModel, source: string, moment: Moment): Filter {
  try {
    const predicate = checkCondition(source, shapeOf(type, model.types, false));
    return { condition: toSql(predicate, { moment }), canFail: calculates(predicate) };
  } catch (error) {
    throw error instanceof ExpressionFault ? refuseFilter(error) : error;
  }
}
