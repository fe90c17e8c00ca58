import type { ChildrenSource, PackSource, RollupSource, TypeSource } from './pack-schema.ts';
import { isChildren, ownAttributes } from './pack-schema.ts';

export type TypeSources = ReadonlyMap<string, TypeSource>;

export function typeSources(sources: readonly PackSource[]): TypeSources {
  return new Map(sources.flatMap((pack) => Object.entries(pack.types)));
}

/** Objects of `type` by their reference `by`. */
export interface Inverse {
  readonly type: string;
  readonly by: string;
}

/** The reference by which the children of `parent` belong to it; null when there is none, or several to choose from. */
export function inverseOf(types: TypeSources, parent: string, { of, by }: ChildrenSource): Inverse | null {
  const child = types.get(of);
  const references = child === undefined ? [] : referencesTo(child, parent);
  const chosen = by === undefined && references.length === 1 ? references[0] : references.find((name) => name === by);
  return chosen === undefined ? null : { type: of, by: chosen };
}

export function referencesTo(type: TypeSource, target: string): readonly string[] {
  return ownAttributes(type).flatMap(([name, source]) =>
    source.type === 'reference' && [source.to].flat().join() === target ? [name] : [],
  );
}

/** What a roll-up goes over: `lines`, children of the type, or `order_line.order`, whatever refers to it. */
export function rolledOver(types: TypeSources, parent: string, { of }: RollupSource): Inverse | null {
  const [first = '', by] = of.split('.');
  if (by !== undefined) {
    const type = types.get(first);
    return type !== undefined && referencesTo(type, parent).includes(by) ? { type: first, by } : null;
  }
  const children = types.get(parent)?.attributes[first];
  return children !== undefined && isChildren(children) ? inverseOf(types, parent, children) : null;
}

export function functionOf({ count, sum, min, max }: RollupSource): {
  readonly how: 'count' | 'sum' | 'min' | 'max';
  readonly what: string | null;
} | null {
  const given = [
    ...(count === undefined ? [] : [{ how: 'count', what: null } as const]),
    ...(sum === undefined ? [] : [{ how: 'sum', what: sum } as const]),
    ...(min === undefined ? [] : [{ how: 'min', what: min } as const]),
    ...(max === undefined ? [] : [{ how: 'max', what: max } as const]),
  ];
  return given.length === 1 ? (given[0] ?? null) : null;
}
