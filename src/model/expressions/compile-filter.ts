import type { RawBuilder } from 'kysely';
import type { Model, TypeModel } from '../model.ts';
import type { Moment } from './around.ts';
import { checkCondition } from './check.ts';
import { ExpressionFault, refuseFilter } from './fault.ts';
import { shapeOf } from './shape.ts';
import { toSql } from './to-sql.ts';

/** A filter in CEL, as a SQL condition on `from(type) as o`. Refuses (400) with the place of what it can't compile. */
export function compileFilter(model: Model, type: TypeModel, source: string, moment: Moment): RawBuilder<boolean> {
  try {
    return toSql(checkCondition(source, shapeOf(type, model.types, false)), { moment });
  } catch (error) {
    throw error instanceof ExpressionFault ? refuseFilter(error) : error;
  }
}
