import type { Problem } from '../kernel/index.ts';
import { type Constraint, type TypeModel, uniqueIndexName } from '../model/index.ts';
import { repeated } from './input.ts';

/** What a write broke, in words: a unique attribute, or a constraint of its type or of one that adds it up. Null for anything else. */
export function brokenRule(type: TypeModel, error: unknown): Problem | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (error.code !== '23505' && error.code !== '23514') return null;
  const name = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
  const unique = [...type.attributes.values()].find(
    (attribute) => attribute.unique && uniqueIndexName(type, attribute) === name,
  );
  if (unique !== undefined) return repeated(unique);
  const constraint = type.allConstraints.get(name);
  return constraint === undefined ? null : brokenConstraint(constraint, type);
}

function brokenConstraint(constraint: Constraint, { constraints }: TypeModel): Problem {
  const isOwn = constraints.includes(constraint);
  const first = constraint.kind === 'unique' && isOwn ? constraint.attributes[0] : undefined;
  return {
    pointer: first === undefined ? '/values' : `/values/${first}`,
    code: constraint.kind === 'unique' ? 'value.not_unique' : 'value.constraint',
    text: { fr: `Règle non respectée : ${constraint.why.fr}.`, en: `Rule not met: ${constraint.why.en}.` },
  };
}
