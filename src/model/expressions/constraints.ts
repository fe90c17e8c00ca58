import { sha256, type Text } from '../../kernel/index.ts';
import type { Attribute, Constraint } from '../model.ts';
import type { ConstraintSource } from '../pack/pack-schema.ts';
import { shortName } from '../physical-names.ts';
import type { Conditions } from './conditions.ts';
import { ownNames } from './expression.ts';
import { ExpressionFault } from './fault.ts';

/** Compiles what must hold of the rows of a type. Throws an `ExpressionFault` where a condition can't be. */
export function compileConstraint(
  name: string,
  source: ConstraintSource,
  table: string,
  attributes: ReadonlyMap<string, Attribute>,
  conditions: Conditions,
): Constraint {
  // Another meaning has another name: the index or the check that bears it is made anew.
  const meaning = sha256(JSON.stringify(source)).toString('hex').slice(0, 8);
  const constraintName = shortName(`${table}_${name}_${'unique' in source ? 'together' : 'rule'}_${meaning}`);
  if (!('unique' in source)) {
    const { why, ...condition } = conditions.condition(
      source.why === undefined ? source.if : { if: source.if, why: source.why },
    );
    if (ownNames(condition.predicate) === null) {
      throw new ExpressionFault(0, source.if.length, {
        fr: 'une contrainte ne dépend que de son propre objet, ni d’autres ni du jour : faites-en une garde ou une règle de qualité.',
        en: 'a constraint stands on its own object alone, neither on others nor on the day: make it a guard or a quality rule.',
      });
    }
    return { kind: 'condition', name, constraintName, condition: { ...condition, why }, why };
  }
  const label = (attribute: string): Text => attributes.get(attribute)?.label ?? { fr: 'État', en: 'State' };
  return {
    kind: 'unique',
    name,
    constraintName,
    attributes: source.unique,
    isEmptySame: source.empty === 'same',
    why: source.why ?? {
      fr: `${source.unique.map((one) => `« ${label(one).fr} »`).join(' et ')} ensemble n’ont pas déjà ces valeurs sur un autre objet`,
      en: `no other object has the same ${source.unique.map((one) => `“${label(one).en}”`).join(' and ')} together`,
    },
  };
}
