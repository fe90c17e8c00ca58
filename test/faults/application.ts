import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { Books, type Given, type Holder } from './books.ts';
import type { CallSocle } from './call.ts';
import { Child, Died } from './child.ts';
import type { ApplicationStart, Mutant, Question } from './protocol.ts';
import type { Fault } from './tally.ts';
import { never } from './timeline.ts';
import { minute, type World } from './world.ts';

/** Most clocks are right; some are wrong within what a signature allows (five minutes), some beyond. */
const skews = { '0': 5, '-120': 1, '200': 1, '480': 1, '-900': 1 };

/** An application beside Socle: a process that is killed at the worst moments and starts again, with another clock perhaps. */
export class Application implements Holder {
  readonly books: Books;
  #process: Child | null = null;
  #looks = 0;
  readonly #throws = new Map<string, number>();

  constructor(
    readonly world: World,
    readonly given: Given & { readonly channel: 'webhook' | 'pull' | 'file' },
    readonly mutant: Mutant | null,
    readonly program: string,
    readonly callSocle: CallSocle,
  ) {
    this.books = new Books(world, given, callSocle);
    this.#start();
    if (given.channel === 'file') void this.#lookNowAndThen();
  }

  /** A webhook that reaches it; rejects when nobody listens, or its process dies over it. */
  async receive(headers: Readonly<Record<string, string>>, body: Buffer): Promise<number> {
    if (this.#process === null) throw new Died();
    const status = await this.#process.call({ what: 'receive', headers, body });
    return typeof status === 'number' ? status : 500;
  }

  async restore(): Promise<void> {
    await this.stop();
    this.books.putBack();
    this.#start();
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    await running?.kill();
    this.#shareBack();
  }

  #start(): void {
    const { world, given, mutant, books } = this;
    const running = new Child(this.program);
    this.#process = running;
    const skewMs = world.isCalm() ? 0 : Number(world.fate.pick(`skew ${given.name}`, skews)) * 1_000;
    if (skewMs !== 0) {
      world.befalls(skewMs > 0 ? 'application with a clock ahead' : 'application with a clock behind', given.name);
    }
    running.live({
      timeline: world.timeline,
      now: () => world.trueTime() + (world.isCalm() ? 0 : skewMs),
      answer: (question) => this.#answer(running, question),
      log: (line) => world.lines.push(line),
      fellOver: (how) => world.broken.push(`${given.name} fell over by itself: ${how}`),
    });
    const { name, channel, key, secrets, drop } = given;
    const url = `https://${name}.socle.test`;
    const kept = { folder: books.now, audit: books.audit, life: books.life };
    running.start({ name, channel, url, key, secrets, drop, ...kept, mutant } satisfies ApplicationStart);
  }

  async #answer(running: Child, question: Question): Promise<unknown> {
    const { world, given } = this;
    switch (question.what) {
      case 'sleep':
        return world.timeline.sleep(this.#pause(question.ms));
      case 'fetch': {
        const { path, method, body } = question;
        const [, , , , order, what = 'orders'] = path.split(/[/?]/);
        const isOrder = order?.startsWith('ord_') === true;
        const called = isOrder ? `${given.name} ${what} ${world.nameOf(order)}` : `${given.name} orders`;
        return this.callSocle(called, { method, path, body, headers: { authorization: `Bearer ${given.key}` } });
      }
      case 'moment':
        return this.#moment(running, question);
      default:
        throw new Error('not for an application');
    }
  }

  /** It may die here, be slow, or fail. */
  async #moment(
    running: Child,
    { moment, key, email }: Extract<Question, { what: 'moment' }>,
  ): Promise<'go' | 'throw'> {
    const { world, given } = this;
    const name = `${given.name} ${key.split('/').at(-1)} ${world.short(email)}`;
    if (moment === 'kept')
      return this.#mayDie(running, `kept ${given.name}`, 'application killed (SIGKILL) after keeping');
    if (moment === 'midway') {
      return this.#mayDie(running, `midway ${name}`, 'application killed (SIGKILL) between erasing and keeping');
    }
    await this.#mayDie(running, `before ${name}`, 'application killed (SIGKILL) before it erased');
    if (!world.isCalm() && world.fate.next(`slow ${name}`) < 0.1) {
      world.befalls('application slow', name);
      await world.timeline.sleep(world.fate.between(`how slow ${name}`, 5_000, 90_000));
    }
    const left = this.#throws.get(email) ?? this.#howOftenItThrows(email);
    if (left === 0 || this.books.people[email] === undefined) return 'go';
    this.#throws.set(email, left - 1);
    world.befalls('application failed (exception)', name);
    return 'throw';
  }

  #howOftenItThrows(email: string): number {
    const { fate } = this.world;
    const name = `${this.given.name} ${this.world.short(email)}`;
    return fate.isSo(`throws ${name}`, 0.15) ? fate.between(`how often ${name}`, 1, 2) : 0;
  }

  /** kill -9, and a start some time later. */
  async #mayDie(running: Child, name: string, fault: Fault): Promise<'go'> {
    const { world } = this;
    if (world.isCalm() || running.isDead || world.fate.next(`dies ${name}`) >= 0.12) return 'go';
    world.befalls(fault, name);
    if (this.#process === running) this.#process = null;
    await running.kill();
    const downMs = world.fate.between(`down ${name}`, 1_000, 1_200_000);
    void world.timeline.sleep(downMs).then(() => {
      if (!world.isOver && this.#process === null) this.#start();
    });
    return never();
  }

  /** The SDK's pause after having found nothing is one second to the millisecond; hours of that would be a hundred thousand calls. */
  #pause(ms: number): number {
    return ms === 1_000 ? this.#idleMs() : ms;
  }

  #idleMs(): number {
    const { world, given } = this;
    if (!world.isCalm()) return 90_000 + world.fate.next(`idle ${given.name}`) * 240_000;
    return world.timeline.now < world.calmAt + 180 * minute ? 30 * minute : 360 * minute;
  }

  /** Files are looked at again and again; what it leaves is torn, doubled or answered anew at times, and the share is away. */
  async #lookNowAndThen(): Promise<void> {
    const { world, given } = this;
    const chance = (what: string, probability: number): boolean =>
      !world.isCalm() && world.fate.next(`${what} ${given.name}`) < probability;
    for (;;) {
      // Socle looks every fifteen seconds as long as a file waits: hours of that would be thousands of looks.
      await world.timeline.sleep(world.isCalm() ? 3 * minute : this.#idleMs());
      if (world.isOver) return;
      if (chance('share away', 0.12)) await this.#shareAway();
      const running = this.#process;
      if (running === null) continue;
      this.#looks += 1;
      const tricks = { isTorn: chance('torn', 0.2), isTwice: chance('twice', 0.2), isAgain: chance('again', 0.2) };
      const answered = await running
        .call({ what: 'look', number: this.#looks, ...tricks })
        .catch((error) => (error instanceof Died ? 0 : Promise.reject(error)));
      if (answered === 0) continue;
      if (tricks.isTorn) world.befalls('file of answers torn', given.name);
      else if (tricks.isTwice) world.befalls('file of answers left twice', given.name);
      if (tricks.isAgain) world.befalls('file of an order read again', given.name);
    }
  }

  async #shareAway(): Promise<void> {
    const { world, given } = this;
    const root = dirname(given.drop);
    if (!existsSync(root)) return;
    world.befalls('share of files away', given.name);
    renameSync(root, `${root}.away`);
    await world.timeline.sleep(world.fate.between(`how long ${given.name}`, minute, 10 * minute));
    this.#shareBack();
  }

  #shareBack(): void {
    const root = dirname(this.given.drop);
    if (existsSync(`${root}.away`)) renameSync(`${root}.away`, root);
  }
}
