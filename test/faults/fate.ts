/**
 * Chance under a seed. Each decision is named by what it is about (this order, its second delivery) rather than drawn from one
 * sequence, so that a seed plays the same faults whatever finishes first inside the machine.
 */
export class Fate {
  readonly #seen = new Map<string, number>();

  constructor(readonly seed: number) {}

  /** From 0 to 1, always the same for this name under this seed. */
  of(name: string): number {
    return fnv(`${this.seed} ${name}`) / 2 ** 32;
  }

  /** The same, for the first, second, third… time that something of this name happens. */
  next(name: string): number {
    const count = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.set(name, count);
    return this.of(`${name} #${count}`);
  }

  isSo(name: string, probability: number): boolean {
    return this.of(name) < probability;
  }

  between(name: string, least: number, most: number): number {
    return Math.floor(least + this.of(name) * (most - least + 1));
  }

  /** One of these, each as likely as its weight. */
  pick<T extends string>(name: string, weights: Readonly<Record<T, number>>): T {
    const names = Object.keys(weights) as T[];
    const all = names.reduce((sum, one) => sum + weights[one], 0);
    let left = this.next(name) * all;
    for (const one of names) {
      left -= weights[one];
      if (left < 0) return one;
    }
    throw new Error('no weight is above zero');
  }
}

/** FNV-1a, then the last steps of MurmurHash3, without which names that differ by a last figure stay close. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
