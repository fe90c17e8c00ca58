import { type GivenIdentity, nameAndBirthKind, nameAndBirthValue } from './kinds.ts';

const parts = ['last_name', 'first_name', 'birth_date'] as const;

/**
 * Name, first name and birth date as one identifier: what an application without any other knows somebody by. Homonyms of one
 * day bear it both, so it joins nobody and finds nobody; it recognises who was erased under it. Null unless each is
 * known, and once.
 */
export function nameAndBirthOf(identities: readonly GivenIdentity[]): GivenIdentity | null {
  const values = parts.map((kind) => new Set(identities.filter((one) => one.kind === kind).map(({ value }) => value)));
  if (values.some(({ size }) => size !== 1)) return null;
  const value = nameAndBirthValue(values.flatMap((each) => [...each]).join('|'));
  return value === null ? null : { kind: nameAndBirthKind, value };
}

/** With that one beside the others, when it can be made. */
export function withNameAndBirth(identities: readonly GivenIdentity[]): readonly GivenIdentity[] {
  const made = nameAndBirthOf(identities);
  return made === null ? identities : [...identities, made];
}
