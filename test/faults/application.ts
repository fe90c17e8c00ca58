import { type Connected, connect, executed, notFound, type Person, refused } from '../../sdk/node/index.mjs';
import { unreached } from './network.ts';
import { never } from './timeline.ts';
import type { World } from './world.ts';

/** Applications that are wrong on purpose: the harness must see it. */
export type Mutant =
  /** Drops no repeat: what it kept under an order's key is never found again. */
  | 'forgets_keys'
  /** Says “executed” and does nothing. */
  | 'claims_undone';

/** What it did, in its own books: never read by Socle. */
export interface Act {
  readonly key: string;
  readonly ref: string;
}

type End = 'executed' | 'refused' | 'not_found';

/**
 * An application through sdk/node. Its books and the SDK's store are on its disk; its process dies at the worst moments,
 * loses all else, and starts again.
 */
export class Application {
  /** On its disk. */
  readonly acts: Act[] = [];
  readonly #kept = new Map<string, string>();
  readonly #people = new Map<string, { refuses: boolean }>();
  readonly #nobodyLeft = new Set<string>();
  readonly #throws = new Map<string, number>();
  #instance: Connected | null = null;
  #number = 0;
  readonly #skewMs: number;

  constructor(
    readonly world: World,
    readonly given: {
      readonly name: string;
      readonly channel: 'webhook' | 'pull';
      readonly key: string;
      readonly secrets: string;
    },
    readonly mutant: Mutant | null,
  ) {
    // Most clocks are right; some are wrong within what a signature allows (five minutes), some beyond.
    const skews = { '0': 5, '-120': 1, '200': 1, '480': 1, '-900': 1 };
    this.#skewMs = Number(world.fate.pick(`skew ${given.name}`, skews)) * 1_000;
    this.#start();
  }

  knows(email: string): void {
    const { fate } = this.world;
    const name = `${this.given.name} ${this.world.short(email)}`;
    if (fate.isSo(`unknown ${name}`, 0.2)) return;
    this.#people.set(email, { refuses: fate.isSo(`refuses ${name}`, 0.1) });
    this.#throws.set(email, fate.isSo(`throws ${name}`, 0.15) ? fate.between(`how often ${name}`, 1, 2) : 0);
  }

  /** Everything that the SDK wrote down: nobody may be named there. */
  get kept(): readonly string[] {
    return [...this.#kept].flat();
  }

  /** What is true of this person under this key. */
  truth(key: string, ref: string, email: string): End {
    if (this.acts.some((act) => act.key === key && act.ref === ref)) return 'executed';
    if (this.#nobodyLeft.has(`${key} ${ref}`)) return 'executed';
    return this.#people.get(email)?.refuses === true ? 'refused' : 'not_found';
  }

  /** The process that has this number is no more. */
  isDead(number: number): boolean {
    return number !== this.#number || this.#instance === null;
  }

  async receive(headers: Readonly<Record<string, string>>, body: Buffer): Promise<number> {
    if (this.#instance === null) throw unreached();
    return (await this.#instance.receive({ headers, body })).status;
  }

  stop(): void {
    this.#instance?.close();
    this.#instance = null;
  }

  #start(): void {
    const { world, given, mutant } = this;
    this.#number += 1;
    const number = this.#number;
    const orNever = async <T>(value: () => T): Promise<T> => (this.isDead(number) ? never<T>() : value());
    const instance = connect({
      url: `https://${given.name}-${number}.socle.test`,
      key: given.key,
      secrets: given.secrets,
      by: `${given.name} 1.0`,
      store: {
        read: (key) => orNever(() => (mutant === 'forgets_keys' ? null : (this.#kept.get(key) ?? null))),
        write: async (key, text) => {
          await orNever(() => this.#kept.set(key, text));
          this.#mayDie(`kept ${given.name}`, number);
          return orNever(() => undefined);
        },
      },
      on: { erase: (person, order) => this.#erase(person, order.key, number) },
      log: (level, event, facts) => world.lines.push(JSON.stringify({ level, event, ...facts })),
      // The reply to a webhook waits for the work: what is slow is told again, by a repeat of the order.
      patienceMs: 3_600_000,
      now: () => world.socleNow() + (world.isCalm() ? 0 : this.#skewMs),
      wait: async (ms) => {
        await world.timeline.sleep(this.#pause(ms));
        return orNever(() => undefined);
      },
    });
    this.#instance = instance;
    if (given.channel === 'pull') void instance.pull({ waitSeconds: 0 });
  }

  /** The SDK's pause after having found nothing is one second to the millisecond; hours of that would be a hundred thousand calls. */
  #pause(ms: number): number {
    if (ms !== 1_000) return ms;
    const { world, given } = this;
    return world.isCalm() ? 900_000 : 90_000 + world.fate.next(`idle ${given.name}`) * 240_000;
  }

  async #erase(person: Person, key: string, number: number) {
    const { world, given, mutant } = this;
    const [email = ''] = person.values('email');
    const name = `${given.name} ${key.split('/').at(-1)} ${world.short(email)}`;
    this.#mayDie(`before ${name}`, number);
    if (this.isDead(number)) return never<never>();
    if (!world.isCalm() && world.fate.next(`slow ${name}`) < 0.1) {
      await world.timeline.sleep(world.fate.between(`how slow ${name}`, 5_000, 90_000));
      if (this.isDead(number)) return never<never>();
    }
    const known = this.#people.get(email);
    if (known === undefined) {
      // A process that died over somebody can't tell later whether they were never there: the SDK says “executed” then.
      if (person.isResumed) this.#nobodyLeft.add(`${key} ${person.ref}`);
      return notFound();
    }
    if (known.refuses) return refused('legal_duty', { detail: `invoices of ${email}` });
    const throws = this.#throws.get(email) ?? 0;
    if (throws > 0) {
      this.#throws.set(email, throws - 1);
      throw new Error(`no such row: ${email}`);
    }
    const wasDone = this.acts.some((act) => act.key === key && act.ref === person.ref);
    if (person.isResumed && wasDone) return executed({ contact: 1 });
    if (mutant !== 'claims_undone') this.acts.push({ key, ref: person.ref });
    this.#mayDie(`midway ${name}`, number);
    return this.isDead(number) ? never<never>() : executed({ contact: 1 });
  }

  /** kill -9, and a start some time later. */
  #mayDie(name: string, number: number): void {
    const { world } = this;
    if (world.isCalm() || this.isDead(number) || world.fate.next(`dies ${name}`) >= 0.05) return;
    world.network.told.push(`${world.timeline.now} ${this.given.name} dies: ${name}`);
    this.stop();
    world.timeline.sleep(world.fate.between(`down ${name}`, 1_000, 1_200_000)).then(() => {
      if (!world.isOver) this.#start();
    });
  }
}
