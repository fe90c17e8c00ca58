import type { Problem } from '../../kernel/index.ts';

/**
 * The id of the field that a name or a JSON pointer speaks of: `identities.0.value` and
 * `/identities/0/value` (RFC 6901) are the same field, `field-identities-0-value`.
 */
export function fieldId(nameOrPointer: string): string {
  const parts = nameOrPointer.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  return `field-${parts.length > 0 ? parts.join('-') : 'form'}`;
}

/** The first problem of a field, by its form name. */
export function problemOf(name: string, problems: readonly Problem[] | undefined): Problem | undefined {
  const id = fieldId(name);
  return problems?.find((problem) => fieldId(problem.pointer) === id);
}
