import type { TypeModel } from '../model/index.ts';
import { withQuery } from '../ui/index.ts';

/** Two conditions of which both hold; null: no condition. */
export function both(first: string | null, second: string | null): string | null {
  return first === null || second === null ? (first ?? second) : `(${first}) && (${second})`;
}

/** The list of the objects behind a number. */
export function listAddress(type: TypeModel, filter: string | null): string {
  return withQuery(`/objects/${type.name}`, { filter });
}
