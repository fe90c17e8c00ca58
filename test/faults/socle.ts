import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import type { DueHandler, Scope } from '../../src/store/index.ts';
import type { HttpAnswer, HttpCall } from './call.ts';
import { Child, Died } from './child.ts';
import type { Doom, MailAnswer, Question, SocleStart, Work } from './protocol.ts';
import { never } from './timeline.ts';
import { minute, type World } from './world.ts';

/** Where Socle's webhooks and messages go. */
export interface Carry {
  readonly post: (question: Extract<Question, { what: 'post' }>) => Promise<number | null>;
  readonly mail: (question: Extract<Question, { what: 'mail' }>) => Promise<MailAnswer | null>;
}

const places = ['one', 'two'] as const;

/** Processes of Socle, from one run to the next: only one that was killed is replaced, and one stands ready. */
export class Installation {
  readonly #free: Child[] = [];
  #names = 0;

  constructor(
    readonly program: string,
    readonly given: SocleStart,
    readonly admin: pg.Client,
  ) {}

  take(): { readonly child: Child; readonly name: string } {
    const child = this.#free.pop();
    if (child !== undefined) return { child, name: child.name };
    this.#names += 1;
    // Its own among all that one PostgreSQL serves: another installation has a first process too.
    const fresh = new Child(this.program, `faults ${process.pid} ${this.#names}`);
    fresh.start(this.#startOf(fresh.name));
    return { child: fresh, name: fresh.name };
  }

  giveBack(child: Child): void {
    if (!child.isDead) this.#free.push(child);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#free.map((child) => child.kill()));
  }

  /** PostgreSQL has noticed that a process is no more, and undone what it had begun. */
  async isBuried(name: string): Promise<void> {
    for (;;) {
      const { rows } = await this.admin.query(
        `select count(*)::int as left from pg_stat_activity where application_name in ($1, $1 || ' shop')`,
        [name],
      );
      if (rows[0].left === 0) return;
      await wait(2);
    }
  }

  #startOf(name: string): SocleStart {
    const url = new URL(this.given.roles.appUrl);
    url.searchParams.set('application_name', name);
    return { ...this.given, roles: { ...this.given.roles, appUrl: url.toString() } };
  }
}

/** A process of Socle in one run, with the clock of the machine that it runs on. */
interface Running {
  readonly child: Child;
  readonly skewMs: number;
  isDraining: boolean;
  /** A connection of its was ended since a drain last went well. */
  isCut: boolean;
}

/** How wrong a machine's clock is when Socle starts on it: seconds. */
const skews = { '0': 6, '-2': 1, '3': 1, '-90': 1, '120': 1, '-1800': 1, '3600': 1 };

/** Socle in one run: two processes, each of which drains what is due and answers the API. kill -9 at any statement. */
export class Socle {
  /** Known as long as nothing was written. */
  #due: number | null | undefined;
  #changes = 0;
  readonly #running = new Map<string, Running>();

  constructor(
    readonly world: World,
    readonly scope: Scope,
    readonly installation: Installation,
    readonly handlers: readonly DueHandler[],
    readonly carry: Carry,
  ) {
    for (const place of places) this.#start(place);
  }

  /** Something is being drained, and may still write. */
  get isBusy(): boolean {
    return [...this.#running.values()].some(({ isDraining }) => isDraining);
  }

  /** Has a process drain what its clock says is due, or all that are free when they work side by side. False: none can. */
  drain(due: number): boolean {
    const free = [...this.#running].filter(([, one]) => !one.isDraining && due <= this.#clockOf(one));
    const chosen = this.world.isSideBySide ? free : free.slice(0, 1);
    for (const [place, running] of chosen) this.#drain(place, running);
    return chosen.length > 0;
  }

  /** The next moment at which a clock of theirs shows this; those that show it already look again once they are free. */
  whenShown(due: number): number {
    const left = [...this.#running.values()].map((one) => due - this.#clockOf(one)).filter((ms) => ms > 0);
    return this.world.timeline.now + Math.min(...left, Number.POSITIVE_INFINITY);
  }

  /** One call of the API or of a page, by whichever process answers; rejects with `Died` when none does. */
  async http(name: string, call: HttpCall): Promise<HttpAnswer> {
    const up = [...this.#running];
    const [place, running] = up[Math.floor(this.world.fate.next(`who answers ${name}`) * up.length)] ?? [];
    if (place === undefined || running === undefined) throw new Died();
    const doom = this.#doom(`api ${name}`, 25);
    const work: Work = { what: 'http', org: this.scope.org, ...call, doom };
    const answer = await running.child.call(work).finally(() => this.changed());
    return answer as HttpAnswer;
  }

  /** The next moment, in Socle's own time, at which something of this organisation is due and nobody's. */
  async nextDue(): Promise<number | null> {
    if (this.#due !== undefined) return this.#due;
    const asked = this.#changes;
    const due = await this.#readDue();
    if (asked === this.#changes) this.#due = due;
    return due;
  }

  /** Something was written, or may have been: what is due is asked anew. */
  changed(): void {
    this.#changes += 1;
    this.#due = undefined;
  }

  /** The run is over: what still waits for an answer never gets one. */
  async stop(): Promise<void> {
    for (const { child } of this.#running.values()) {
      if (child.isBusy) await child.kill();
      else this.installation.giveBack(child);
    }
    this.#running.clear();
  }

  #clockOf({ skewMs }: Running): number {
    return this.world.socleNow() + (this.world.isCalm() ? 0 : skewMs);
  }

  #drain(place: string, running: Running): void {
    const { world } = this;
    running.isDraining = true;
    const doom = this.#doom(`drain ${place}`, 60);
    const seals = world.fate.next(`seals ${place}`) < 0.3;
    if (seals) world.tally.note('journal sealed during the run');
    const { jitter, isSideBySide: isWide } = world;
    const work: Work = { what: 'drain', org: this.scope.org, jitter, isWide, doom, seals };
    const ended = () => {
      running.isDraining = false;
      this.changed();
    };
    const wentWell = () => {
      ended();
      running.isCut = false;
    };
    running.child.call(work).then(wentWell, (error) => {
      ended();
      // A connection that was cut fails what it was for, or what next takes it from the pool.
      if (!(error instanceof Died) && !running.isCut) world.broken.push(`a drain fell over: ${error}`);
    });
  }

  async #readDue(): Promise<number | null> {
    const each = this.handlers.map(
      ({ table }) => sql`select greatest(next_at, leased_until) as at from ${sql.table(table)}
        where org = store.current_org() and next_at is not null`,
    );
    const { rows } = await sql<{ at: Date | null }>`
      select min(at) as at from (${sql.join(each, sql` union all `)}) as due`.execute(this.scope.db);
    return rows[0]?.at?.getTime() ?? null;
  }

  #start(place: string): void {
    const { world } = this;
    const { child, name } = this.installation.take();
    const skewMs = world.isCalm() ? 0 : Number(world.fate.pick(`clock ${place}`, skews)) * 1_000;
    if (skewMs !== 0) {
      const fault = skewMs > 0 ? 'Socle restarted with its clock ahead' : 'Socle restarted with its clock behind';
      world.befalls(fault, `${place} by ${skewMs} ms`);
    }
    const running: Running = { child, skewMs, isDraining: false, isCut: false };
    this.#running.set(place, running);
    child.live({
      timeline: world.timeline,
      now: () => this.#clockOf(running),
      answer: (question) => this.#answer(place, running, question),
      log: (line) => world.lines.push(line),
      fellOver: (how) => world.broken.push(`Socle fell over by itself: ${how}`),
    });
    void child.gone.then(async () => {
      if (world.isOver || this.#running.get(place) !== running) return;
      this.#running.delete(place);
      this.changed();
      world.tell(`Socle ${place} was killed`);
      await world.timeline.during(() => this.installation.isBuried(name));
      await world.timeline.sleep(1_000 + world.fate.next(`down ${place}`) * 2 * minute);
      if (!world.isOver) this.#start(place);
    });
  }

  /** Whether, and after how many statements, its process dies over this, or loses its connection. */
  #doom(name: string, most: number): Doom | null {
    const { fate } = this.world;
    if (this.world.isCalm()) return null;
    const chance = fate.next(`doom ${name}`);
    if (chance >= 0.08) return null;
    const after = 1 + Math.floor(fate.next(`statement ${name}`) * most);
    return { after, what: chance < 0.03 ? 'dies' : chance < 0.055 ? 'cut_before' : 'cut_during' };
  }

  async #answer(place: string, running: Running, question: Question): Promise<unknown> {
    const { world } = this;
    this.changed();
    switch (question.what) {
      case 'post':
        return this.carry.post(question);
      case 'mail':
        return this.carry.mail(question);
      case 'doomed':
        return this.#strike(place, running, question);
      case 'step':
        break;
      default:
        throw new Error('not for Socle');
    }
    const chance = world.isCalm() ? 1 : world.fate.next(`step ${question.step}`);
    if (chance >= 0.05) return 'go';
    const isKilled = chance < 0.025;
    const fault = isKilled ? 'Socle killed (SIGKILL) between two steps' : 'Socle stumbled (exception)';
    world.befalls(fault, `${place} at “${question.step}”`);
    if (!isKilled) return 'stumble';
    await running.child.kill();
    return never();
  }

  /** The statement that its doom is about is at hand. */
  async #strike(
    place: string,
    running: Running,
    { doom, backend }: Extract<Question, { what: 'doomed' }>,
  ): Promise<void> {
    const { world } = this;
    world.befalls(faultOf[doom], place);
    if (doom === 'dies') return;
    running.isCut = true;
    await world.timeline.during(() => this.installation.admin.query('select pg_terminate_backend($1)', [backend]));
  }
}

const faultOf = {
  dies: 'Socle killed (SIGKILL) after a statement',
  cut_before: 'database connection ended before a statement',
  cut_during: 'database connection ended during a statement',
} as const;
