import { Refusal } from '../kernel/index.ts';
import { nearest, type Transition, type TypeModel } from '../model/index.ts';

/** The transition of that name, or a 422 that suggests the nearest one. */
export function expectTransition(type: TypeModel, name: string): Transition {
  const transition = type.lifecycle?.transitions.get(name);
  if (transition !== undefined) return transition;
  const close = nearest(name, type.lifecycle?.transitions.keys() ?? []);
  throw new Refusal('object.unknown_transition', 422, {
    fr: `${type.label.fr} n’a pas de transition « ${name} ».${close === null ? '' : ` Vouliez-vous dire « ${close} » ?`}`,
    en: `${type.label.en} has no transition “${name}”.${close === null ? '' : ` Did you mean “${close}”?`}`,
  });
}
