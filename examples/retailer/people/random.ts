/**
 * A small seeded generator (sfc32, by C. Doty-Humphrey): the same seed gives the same organisation on every machine.
 * For inventing data only: nothing secret may come from it.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: string) {
    let hash = 0x811c9dc5;
    for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    this.#a = hash;
    this.#b = Math.imul(hash ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
    this.#c = Math.imul(hash ^ 0xc2b2ae35, 0x27d4eb2f) >>> 0;
    for (let turn = 0; turn < 15; turn += 1) this.next();
  }

  /** A number in [0, 1). */
  next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both possible. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }

  digits(count: number): string {
    let text = '';
    for (let place = 0; place < count; place += 1) text += String(this.integer(0, 9));
    return text;
  }
}

/** Values drawn by their weight, in logarithmic time. */
export class Weighted<T> {
  readonly #values: readonly T[];
  readonly #upTo: readonly number[];
  readonly #total: number;

  constructor(weighted: readonly (readonly [value: T, weight: number])[]) {
    let total = 0;
    this.#values = weighted.map(([value]) => value);
    this.#upTo = weighted.map(([, weight]) => {
      total += weight;
      return total;
    });
    this.#total = total;
  }

  draw(random: Random): T {
    const at = random.next() * this.#total;
    let low = 0;
    let high = this.#upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#upTo[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    const value = this.#values[low];
    if (value === undefined) throw new Error('nothing to draw from');
    return value;
  }
}
