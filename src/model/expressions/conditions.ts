import type { Grant, Rights } from '../model.ts';
import type { ConditionSource, RightSource, TypeSource } from '../pack/pack-schema.ts';
import { checkCondition } from './check.ts';
import type { Condition } from './condition.ts';
import { inWords } from './in-words.ts';
import { type Shape, type Shaped, shapeOf } from './shape.ts';

/** Compiles the conditions that a pack sets on a type. Throws an `ExpressionFault` where one can't be. */
export class Conditions {
  readonly #type: Shaped;
  readonly #shape: Shape;

  constructor(type: Shaped, types: ReadonlyMap<string, Shaped>) {
    this.#type = type;
    this.#shape = shapeOf(type, types, true);
  }

  condition(given: ConditionSource): Condition {
    const source = sourceOf(given);
    const predicate = checkCondition(source, this.#shape);
    return { source, predicate, why: typeof given === 'string' ? inWords(predicate, this.#type) : given.why };
  }

  rights(source: TypeSource['rights']): Rights {
    return {
      read: this.#grants(source.read),
      create: this.#grants(source.create),
      update: this.#grants(source.update),
      delete: this.#grants(source.delete),
    };
  }

  /** Roles without a condition make one grant, before the others. */
  #grants(source: RightSource): readonly Grant[] {
    const given = Array.isArray(source) ? source : [source];
    const roles = given.flatMap((one) => (typeof one === 'string' ? [one] : []));
    const limited = given.flatMap((one) =>
      typeof one === 'string' ? [] : [{ roles: one.roles, when: this.condition(one.when) }],
    );
    return [...(roles.length === 0 ? [] : [{ roles, when: null }]), ...limited];
  }
}

export function sourceOf(given: ConditionSource): string {
  return typeof given === 'string' ? given : given.if;
}
