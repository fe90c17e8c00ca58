import { z } from 'zod';
import type { Problem } from '../../kernel/index.ts';
import type { Transition, TypeModel } from '../../model/index.ts';
import { databaseOf, type Source } from '../rows.ts';
import type { StoredObject } from '../stored-object.ts';
import { ruleOf } from './due-objects.ts';

/** A transition that was to be done by itself and could not, as long as the object is where it would have left from. */
export interface RefusedStep {
  readonly transition: Transition;
  readonly at: Date;
  readonly reasons: readonly Problem[];
}

const stored = z.array(
  z.object({ pointer: z.string(), code: z.string(), text: z.object({ fr: z.string(), en: z.string() }) }),
);

export async function refusedSteps(
  source: Source,
  type: TypeModel,
  object: StoredObject,
): Promise<readonly RefusedStep[]> {
  const scheduled = type.lifecycle?.scheduled ?? [];
  if (scheduled.length === 0) return [];
  const rows = await databaseOf(source)
    .selectFrom('objects.schedule_done')
    .select(['rule', 'at', 'refusal'])
    .where('object', '=', object.id)
    .where('type', '=', type.name)
    .where('refusal', 'is not', null)
    .orderBy('at', 'desc')
    .execute();
  return scheduled.flatMap(({ name, transition }) => {
    const step = type.lifecycle?.transitions.get(transition);
    const row = rows.find(({ rule }) => rule === ruleOf('scheduled', name));
    if (step === undefined || row === undefined || !step.from.includes(object.state ?? '')) return [];
    return [{ transition: step, at: row.at, reasons: stored.parse(row.refusal) }];
  });
}
