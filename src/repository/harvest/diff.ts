import { canonicalJson, type Json } from '../../kernel/index.ts';

/** What a new reading changes of what was known: the four counts of a harvest. */
export interface Difference<Next, Known> {
  readonly created: readonly Next[];
  readonly changed: readonly Next[];
  readonly unchanged: number;
  /** Known and no longer there. */
  readonly withdrawn: readonly Known[];
}

/**
 * Compares a reading with what is known, by key, then by content. A row that had gone and is back counts as created
 * anew; a row that is gone and stays so is not told again.
 */
export function differ<Next, Known extends { readonly isGone: boolean }>(
  next: readonly Next[],
  known: ReadonlyMap<string, Known>,
  keyOf: (next: Next) => string,
  isSame: (next: Next, known: Known) => boolean,
): Difference<Next, Known> {
  const seen = new Set<string>();
  const created: Next[] = [];
  const changed: Next[] = [];
  let unchanged = 0;
  for (const each of next) {
    const key = keyOf(each);
    seen.add(key);
    const before = known.get(key);
    if (before === undefined || before.isGone) created.push(each);
    else if (isSame(each, before)) unchanged += 1;
    else changed.push(each);
  }
  const withdrawn = [...known].filter(([key, each]) => !each.isGone && !seen.has(key)).map(([, each]) => each);
  return { created, changed, unchanged, withdrawn };
}

/** Equal as JSON: what was read back from the database and what was computed. */
export function sameJson(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** A row estimate moves all the time: only its order of magnitude is news. */
export function hasMoved(before: number | null, now: number | null): boolean {
  if (before === null || now === null) return before !== now;
  return now > Math.max(before, 1) * 2 || now * 2 < before;
}
