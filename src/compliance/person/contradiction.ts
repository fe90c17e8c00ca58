import { type GivenIdentity, normalName } from './kinds.ts';

/** What two descriptions disagree on; null when nothing contradicts. */
export type Contradiction = 'birth_date' | 'name';

/**
 * Two descriptions that share a strong identifier and disagree on a name or a birth date may be two persons of one
 * household. A description that says nothing contradicts nothing; several values of a kind agree when one pair does.
 */
export function contradiction(one: readonly GivenIdentity[], other: readonly GivenIdentity[]): Contradiction | null {
  const births = pairOf(one, other, 'birth_date');
  if (births !== null && !agree(births, (a, b) => a === b)) return 'birth_date';
  const first = pairOf(one, other, 'first_name');
  if (first !== null && !agree(first, sameFirstName)) return 'name';
  const last = pairOf(one, other, 'last_name');
  // Married and birth names differ for one person: a last name contradicts only when the first name doesn't confirm.
  if (last !== null && !agree(last, sameWords) && !(first !== null && agree(first, sameFirstName))) return 'name';
  const full = pairOf(one, other, 'name');
  if (full !== null && !agree(full, sameWords)) return 'name';
  return null;
}

type Pair = { readonly one: readonly string[]; readonly other: readonly string[] };

function pairOf(one: readonly GivenIdentity[], other: readonly GivenIdentity[], kind: string): Pair | null {
  const pick = (identities: readonly GivenIdentity[]): readonly string[] =>
    identities.filter((identity) => identity.kind === kind).map((identity) => identity.value);
  const pair = { one: pick(one), other: pick(other) };
  return pair.one.length === 0 || pair.other.length === 0 ? null : pair;
}

function agree(pair: Pair, same: (a: string, b: string) => boolean): boolean {
  return pair.one.some((a) => pair.other.some((b) => same(a, b)));
}

/** `JEAN PIERRE` and `JEAN`, or `J`, may be one person. */
function sameFirstName(a: string, b: string): boolean {
  const [x, y] = [normalName(a), normalName(b)];
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  return long === short || long.startsWith(`${short} `) || (short.length === 1 && long.startsWith(short));
}

/** The words of one are all among those of the other, in any order: `DUPONT CLAIRE`, `CLAIRE DUPONT MARTIN`. */
function sameWords(a: string, b: string): boolean {
  const [x, y] = [normalName(a).split(' '), normalName(b).split(' ')];
  const [few, many] = x.length <= y.length ? [x, y] : [y, x];
  return few.every((word) => many.includes(word));
}
