import { sql } from 'kysely';
import type pg from 'pg';
import type { DueHandler, Scope } from '../../src/store/index.ts';
import { Child, Died } from './child.ts';
import type { Question, SocleStart, Work } from './protocol.ts';
import { never } from './timeline.ts';
import { minute, type World } from './world.ts';

/** Where Socle's webhooks go. */
export type Post = (question: Extract<Question, { what: 'post' }>) => Promise<number | null>;

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
    const fresh = new Child(this.program, `faults ${this.#names}`);
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
    }
  }

  #startOf(name: string): SocleStart {
    const url = new URL(this.given.roles.appUrl);
    url.searchParams.set('application_name', name);
    return { ...this.given, roles: { ...this.given.roles, appUrl: url.toString() } };
  }
}

/** Socle in one run: two processes, each of which drains what is due and answers the API. kill -9 at any statement. */
export class Socle {
  /** Known as long as nothing was written. */
  #due: number | null | undefined;
  #changes = 0;
  readonly #running = new Map<string, { readonly child: Child; isDraining: boolean }>();

  constructor(
    readonly world: World,
    readonly scope: Scope,
    readonly installation: Installation,
    readonly handlers: readonly DueHandler[],
    readonly post: Post,
  ) {
    for (const place of places) this.#start(place);
  }

  get isFree(): boolean {
    return [...this.#running.values()].some(({ isDraining }) => !isDraining);
  }

  /** Has one process drain what is due, or all that are free when they work side by side. */
  drain(): void {
    const free = [...this.#running].filter(([, { isDraining }]) => !isDraining);
    for (const [place, running] of this.world.isSideBySide ? free : free.slice(0, 1)) {
      running.isDraining = true;
      const work: Work = {
        what: 'drain',
        org: this.scope.org,
        jitter: this.world.jitter,
        diesAfter: this.#dies(`drain ${place}`, 0.06, 60),
      };
      const ended = () => {
        running.isDraining = false;
        this.changed();
      };
      running.child.call(work).then(ended, (error) => {
        ended();
        if (!(error instanceof Died)) this.world.broken.push(`a drain fell over: ${error}`);
      });
    }
  }

  /** One call of the API, by whichever process answers; rejects with `Died` when none does. */
  async api(
    name: string,
    call: Omit<Extract<Work, { what: 'api' }>, 'what' | 'org' | 'diesAfter'>,
  ): Promise<{ status: number; text: string }> {
    const up = [...this.#running];
    const [place, running] = up[Math.floor(this.world.fate.next(`who answers ${name}`) * up.length)] ?? [];
    if (place === undefined || running === undefined) throw new Died();
    const work: Work = { what: 'api', org: this.scope.org, ...call, diesAfter: this.#dies(`api ${name}`, 0.04, 25) };
    const answer = await running.child.call(work).finally(() => this.changed());
    return answer as { status: number; text: string };
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

  async #readDue(): Promise<number | null> {
    const each = this.handlers.map(
      ({ table }) => sql`select greatest(next_at, leased_until) as at from ${sql.table(table)}
        where org = store.current_org() and next_at is not null`,
    );
    const { rows } = await sql<{ at: Date | null }>`
      select min(at) as at from (${sql.join(each, sql` union all `)}) as due`.execute(this.scope.db);
    return rows[0]?.at?.getTime() ?? null;
  }

  /** The run is over: what still waits for an answer never gets one. */
  async stop(): Promise<void> {
    for (const { child, isDraining } of this.#running.values()) {
      if (isDraining) await child.kill();
      else this.installation.giveBack(child);
    }
    this.#running.clear();
  }

  #start(place: string): void {
    const { world } = this;
    const { child, name } = this.installation.take();
    const running = { child, isDraining: false };
    this.#running.set(place, running);
    child.live({
      timeline: world.timeline,
      now: () => world.socleNow(),
      answer: (question) => this.#answer(child, question),
      log: (line) => world.lines.push(line),
    });
    void child.gone.then(async () => {
      if (world.isOver || this.#running.get(place) !== running) return;
      this.#running.delete(place);
      world.kills.socle += 1;
      this.changed();
      world.network.told.push(`${world.timeline.now} Socle ${place} was killed`);
      await world.timeline.during(() => this.installation.isBuried(name));
      await world.timeline.sleep(world.fate.between(`down ${place} ${world.kills.socle}`, 1_000, 2 * minute));
      if (!world.isOver) this.#start(place);
    });
  }

  /** After how many statements it dies over this; null: it doesn't. */
  #dies(name: string, probability: number, most: number): number | null {
    const { fate } = this.world;
    if (this.world.isCalm() || fate.next(`dies ${name}`) >= probability) return null;
    return 1 + Math.floor(fate.next(`statement ${name}`) * most);
  }

  async #answer(child: Child, question: Question): Promise<unknown> {
    this.changed();
    if (question.what === 'post') return this.post(question);
    if (question.what !== 'step') throw new Error('not for Socle');
    const { world } = this;
    const chance = world.isCalm() ? 1 : world.fate.next(`step ${question.step}`);
    if (chance >= 0.07) return 'go';
    world.network.told.push(
      `${world.timeline.now} Socle ${chance < 0.04 ? 'is killed' : 'stumbles'} at “${question.step}”`,
    );
    if (chance >= 0.04) return 'stumble';
    await child.kill();
    return never();
  }
}
