import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Holder } from './books.ts';
import { Fate } from './fate.ts';
import { Network } from './network.ts';
import { type Fault, Tally } from './tally.ts';
import { Timeline } from './timeline.ts';

export const minute = 60_000;

/** What everything in a run shares: its seed, its time, its network, and what was said in it. */
export class World {
  readonly fate: Fate;
  readonly timeline = new Timeline();
  readonly network: Network;
  /** Faults end then: whatever happened, all must come to its true end from there on. */
  readonly calmAt: number;
  /** Every line that Socle or an application logged. */
  readonly lines: string[] = [];
  /** Messages that left for somebody's mailbox. */
  readonly mails: string[] = [];
  /** What does not hold. */
  readonly broken: string[] = [];
  /** Who holds persons beside Socle, by name, and has books that Socle’s word is held against. */
  readonly holders = new Map<string, Holder>();
  readonly tally = new Tally();
  /** What happened, in words: printed with a failing seed. */
  readonly told: string[] = [];
  readonly isSideBySide: boolean;
  /** What jitters does so by the seed. */
  readonly jitter: number;
  /** Where applications have their storage: a process that is killed loses nothing that is in memory here. */
  readonly folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'socle-faults-'));
  /** Restorations of the shop that Socle was not told of yet. */
  owing = 0;
  isOver = false;
  readonly #startedAt: number;
  readonly #leaps: readonly { readonly from: number; readonly until: number; readonly ms: number }[];
  readonly #names = new Map<string, string>();

  constructor(seed: number, startedAt: Date) {
    this.fate = new Fate(seed);
    this.#startedAt = startedAt.getTime();
    this.calmAt = this.fate.between('calm', 10, 25) * minute;
    this.network = new Network(this);
    this.isSideBySide = this.fate.isSo('side by side', 0.2);
    if (this.isSideBySide) this.tally.note('two processes of Socle side by side');
    this.jitter = 0.1 + this.fate.of('jitter') * 0.3;
    this.#leaps = this.#clockLeaps();
    for (const { ms } of this.#leaps)
      this.tally.note(ms > 0 ? 'clock of both Socles moved ahead' : 'clock of both Socles moved back');
  }

  /** A fault strikes: counted, and told in words. */
  befalls(fault: Fault, whom: string): void {
    this.tally.note(fault);
    this.tell(`${whom}: ${fault}`);
  }

  tell(what: string): void {
    this.told.push(`${this.timeline.now} ${what}`);
  }

  end(): void {
    this.isOver = true;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What a right clock shows. */
  trueTime(at = this.timeline.now): number {
    return this.#startedAt + at;
  }

  isCalm(): boolean {
    return this.timeline.now >= this.calmAt;
  }

  /** Socle's clock: now and then wrong for a while, within the five minutes of a signature or beyond, forwards or back. */
  socleNow(at = this.timeline.now): number {
    const leap = this.#leaps.find(({ from, until }) => from <= at && at < until);
    return this.#startedAt + at + (leap?.ms ?? 0);
  }

  /** When Socle's clock is next put wrong or right. */
  nextLeap(): number | null {
    const moments = this.#leaps.flatMap(({ from, until }) => [from, until]).filter((at) => at > this.timeline.now);
    return moments.length === 0 ? null : Math.min(...moments);
  }

  #clockLeaps() {
    const { fate, calmAt } = this;
    if (!fate.isSo('clock', 0.4)) return [];
    const from = fate.between('clock from', 1, calmAt / 2);
    const until = fate.between('clock until', from + minute, calmAt);
    const ms =
      Number(fate.pick('clock leap', { '-60': 1, '-240': 1, '240': 1, '900': 1, '-900': 1, '7200': 1 })) * 1_000;
    return [{ from, until, ms }];
  }

  /** `p2.417@example.org` → `p2`: the same under every seed's own people. */
  short(email: string): string {
    return email.split('.')[0] ?? email;
  }

  /** An order in words that mean the same in a replay: its application, its person, its generation. */
  nameOrder(event: unknown): string {
    const { data } = event as { data: { order: string; key: string; persons: { identities: { value: string }[] }[] } };
    const [, application, , generation] = data.key.split('/');
    // In the order of their names: that of their references is another in each replay.
    const values = data.persons.map(
      ({ identities }) => identities.find(({ value }) => value.includes('@'))?.value ?? '',
    );
    const who = values
      .map((email) => this.short(email))
      .sort()
      .join('+');
    const name = `${application} ${who} ${generation}`;
    this.#names.set(data.order, name);
    return name;
  }

  nameOf(order: string): string {
    return this.#names.get(order) ?? 'unknown';
  }
}
