import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, Died } from './child.ts';
import type { Act, ApplicationStart, Mutant, People, Question } from './protocol.ts';
import { never } from './timeline.ts';
import { minute, type World } from './world.ts';

export interface Given {
  readonly id: string;
  readonly name: string;
  readonly channel: 'webhook' | 'pull';
  readonly key: string;
  readonly secrets: string;
}

type End = 'executed' | 'refused' | 'not_found';

/** Calls Socle's API over the network; null when no answer came. */
export type CallSocle = (
  name: string,
  call: {
    readonly method: string;
    readonly path: string;
    readonly key: string;
    readonly body: string | null;
    readonly idempotencyKey?: string;
  },
) => Promise<{ readonly status: number; readonly text: string } | null>;

/**
 * An application beside Socle: its process is killed at the worst moments and starts again, its storage is put back from a
 * backup and the restoration declared. Its storage is compared with what Socle says in the end.
 */
export class Application {
  #process: Child | null = null;
  #life = 1;
  #backedUpAt = 0;
  /** A restoration that Socle has not taken yet. */
  isOwing = false;
  readonly #folder: string;
  readonly #throws = new Map<string, number>();
  readonly #skewMs: number;

  constructor(
    readonly world: World,
    readonly given: Given,
    readonly mutant: Mutant | null,
    readonly program: string,
    readonly callSocle: CallSocle,
  ) {
    // Most clocks are right; some are wrong within what a signature allows (five minutes), some beyond.
    const skews = { '0': 5, '-120': 1, '200': 1, '480': 1, '-900': 1 };
    this.#skewMs = Number(world.fate.pick(`skew ${given.name}`, skews)) * 1_000;
    this.#folder = join(world.folder, given.name);
    mkdirSync(join(this.#folder, 'now/kept'), { recursive: true });
    writeFileSync(join(this.#folder, 'now/people.json'), '{}');
    this.#start();
  }

  knows(email: string): void {
    const { fate } = this.world;
    const name = `${this.given.name} ${this.world.short(email)}`;
    if (fate.isSo(`unknown ${name}`, 0.2)) return;
    const people = { ...this.people, [email]: { refuses: fate.isSo(`refuses ${name}`, 0.1) } };
    writeFileSync(join(this.#folder, 'now/people.json'), JSON.stringify(people));
    this.#throws.set(email, fate.isSo(`throws ${name}`, 0.15) ? fate.between(`how often ${name}`, 1, 2) : 0);
  }

  /** Whom it holds: its own storage. */
  get people(): People {
    return JSON.parse(readFileSync(join(this.#folder, 'now/people.json'), 'utf8'));
  }

  /** What it did, in all its lives. */
  get acts(): readonly Act[] {
    const path = join(this.#folder, 'audit');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  /** The folder in which the SDK writes: nobody may be named there. */
  get keptIn(): string {
    return join(this.#folder, 'now/kept');
  }

  /** What is true of this person under this key. */
  truth(key: string, ref: string, email: string): End {
    if (this.people[email]?.refuses === true) return 'refused';
    return this.acts.some((act) => act.key === key && act.ref === ref) ? 'executed' : 'not_found';
  }

  /** A webhook that reaches it; rejects when nobody listens, or its process dies over it. */
  async receive(headers: Readonly<Record<string, string>>, body: Buffer): Promise<number> {
    if (this.#process === null) throw new Died();
    const status = await this.#process.call({ what: 'receive', headers, body });
    return typeof status === 'number' ? status : 500;
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    await running?.kill();
  }

  /** All that is its own, as it is now. Called while nothing happens. */
  backUp(): void {
    this.#backedUpAt = this.world.timeline.now;
    cpSync(join(this.#folder, 'now'), join(this.#folder, 'backup'), { recursive: true });
  }

  /** Its storage is put back as it was, and Socle is told until it has understood. */
  async restore(): Promise<void> {
    const { world, given } = this;
    world.network.told.push(`${world.timeline.now} ${given.name} is restored as of ${this.#backedUpAt}`);
    await this.stop();
    rmSync(join(this.#folder, 'now'), { recursive: true });
    cpSync(join(this.#folder, 'backup'), join(this.#folder, 'now'), { recursive: true });
    this.#life += 1;
    this.isOwing = true;
    this.#start();
    void this.#declare();
  }

  async #declare(): Promise<void> {
    const { world, given } = this;
    const restoredTo = new Date(world.trueTime(this.#backedUpAt)).toISOString();
    const call = {
      method: 'POST',
      path: '/restorations',
      key: given.key,
      body: JSON.stringify({ restoredTo }),
      idempotencyKey: `${given.name}-restored-${world.fate.seed}`,
    };
    await world.timeline.sleep(world.fate.between(`tells of it ${given.name}`, 1_000, 10 * minute));
    while (!world.isOver) {
      const answer = await this.callSocle(`${given.name} restoration`, call);
      if (answer?.status === 201) {
        this.isOwing = false;
        return;
      }
      await world.timeline.sleep(2 * minute);
    }
  }

  #start(): void {
    const { world, given, mutant } = this;
    const running = new Child(this.program);
    this.#process = running;
    running.live({
      timeline: world.timeline,
      now: () => world.trueTime() + (world.isCalm() ? 0 : this.#skewMs),
      answer: (question) => this.#answer(running, question),
      log: (line) => world.lines.push(line),
    });
    const folder = join(this.#folder, 'now');
    const audit = join(this.#folder, 'audit');
    const { name, channel, key, secrets } = given;
    const url = `https://${name}.socle.test`;
    running.start({
      name,
      channel,
      url,
      key,
      secrets,
      folder,
      audit,
      life: this.#life,
      mutant,
    } satisfies ApplicationStart);
  }

  async #answer(running: Child, question: Question): Promise<unknown> {
    const { world, given } = this;
    switch (question.what) {
      case 'sleep':
        return world.timeline.sleep(this.#pause(question.ms));
      case 'fetch': {
        const { path, method, body } = question;
        const [, , order, what = 'orders'] = path.split(/[/?]/);
        const isOrder = order?.startsWith('ord_') === true;
        const called = isOrder ? `${given.name} ${what} ${world.nameOf(order)}` : `${given.name} orders`;
        return this.callSocle(called, { method, path, body, key: given.key });
      }
      case 'moment':
        return this.#moment(running, question);
      case 'step':
      case 'post':
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
    if (moment === 'kept') return this.#mayDie(running, `kept ${given.name}`);
    if (moment === 'midway') return this.#mayDie(running, `midway ${name}`);
    await this.#mayDie(running, `before ${name}`);
    if (!world.isCalm() && world.fate.next(`slow ${name}`) < 0.1) {
      await world.timeline.sleep(world.fate.between(`how slow ${name}`, 5_000, 90_000));
    }
    const throws = this.#throws.get(email) ?? 0;
    if (throws === 0 || this.people[email] === undefined) return 'go';
    this.#throws.set(email, throws - 1);
    return 'throw';
  }

  /** kill -9, and a start some time later. */
  async #mayDie(running: Child, name: string): Promise<'go'> {
    const { world, given } = this;
    if (world.isCalm() || running.isDead || world.fate.next(`dies ${name}`) >= 0.12) return 'go';
    world.network.told.push(`${world.timeline.now} ${given.name} is killed: ${name}`);
    world.kills.applications += 1;
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
    if (ms !== 1_000) return ms;
    const { world, given } = this;
    if (!world.isCalm()) return 90_000 + world.fate.next(`idle ${given.name}`) * 240_000;
    return world.timeline.now < world.calmAt + 180 * minute ? 30 * minute : 360 * minute;
  }
}
