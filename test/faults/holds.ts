import { sql } from 'kysely';
import { groupBy, publicId } from '../../src/kernel/index.ts';
import type { Scope } from '../../src/store/index.ts';
import { type CallSocle, untilTaken } from './call.ts';
import { minute, type World } from './world.ts';

const day = 24 * 60 * minute;

interface Seen {
  readonly state: string;
  readonly wasSent: boolean;
}

/**
 * Holds that come and go while orders are under way. As long as one is in force, whatever had not begun for its person must not
 * begin: looked at each time that nothing happens, in the database rather than by what the API says.
 */
export class Holds {
  /** By hold: the orders of its person, and as what they were last seen. */
  readonly #seen = new Map<string, Map<string, Seen>>();
  readonly #held = new Set<string>();
  #underway = 0;

  constructor(
    readonly world: World,
    readonly scope: Scope,
    readonly callSocle: CallSocle,
  ) {}

  /** Holds that are still to be placed, or to end. */
  get underway(): number {
    return this.#underway;
  }

  /** Places one on this person by the API, and has it end: released by somebody, or by its date. */
  async comeAndGo(email: string, person: string): Promise<void> {
    const { world } = this;
    const { fate } = world;
    const who = world.short(email);
    this.#underway += 1;
    try {
      const endsByDate = fate.isSo(`hold ends by date ${who}`, 0.3);
      const today = new Date(world.trueTime()).toISOString().slice(0, 10);
      const ground = fate.isSo(`hold restricts ${who}`, 0.5) ? 'accuracy_contested' : 'legal_claims';
      const body = { ground, words: `contested by ${email}`, ...(endsByDate ? { endsOn: today } : {}) };
      const path = `/persons/${publicId('per', person)}/holds`;
      const placed = await untilTaken(
        world,
        this.callSocle,
        `hold ${who}`,
        { path, body },
        // Forgotten meanwhile; or its last day is over by the clock of the Socle that answers.
        (status) => status < 300 || status === 404 || status === 422,
      );
      if (placed.status >= 300) return;
      world.tally.note('holds placed');
      if (endsByDate) {
        world.tally.note('holds ended by their date');
        // In the end every hold has ended: see `isOver`.
        return;
      }
      const longest = fate.isSo(`held long ${who}`, 0.2) ? day : 60 * minute;
      await world.timeline.sleep(fate.between(`held for ${who}`, minute, longest));
      const released = { method: 'DELETE', path: `${path}/${JSON.parse(placed.text).id}?told=yes` } as const;
      // A repeat whose first answer was lost: it has ended already.
      const isTaken = (status: number): boolean => status < 300 || status === 409;
      await untilTaken(world, this.callSocle, `release ${who}`, released, isTaken);
      world.tally.note('holds released by a person');
    } finally {
      this.#underway -= 1;
    }
  }

  /** What a hold in force covers stays as it is: what is held does not leave, what is new is held, nothing waits to leave. */
  async expectKept(): Promise<void> {
    const { rows } = await sql<Seen & { readonly hold: string; readonly order: string }>`
      select h.id as hold, o.id as "order", o.state, o.sent_at is not null as "wasSent" from compliance.hold h
        join compliance.order_person op on op.person_id = h.person_id
        join compliance.application_order o on o.id = op.order_id
       where h.ended_at is null and o.superseded_at is null`.execute(this.scope.db);
    for (const { hold, order, state } of rows) {
      const seen = this.#seen.get(hold);
      const before = seen?.get(order);
      if (state === 'planned') this.#broken(order, 'is to leave although its person is on hold');
      // One that was on its way when the hold was placed may have arrived: its application's word is taken.
      if (before?.state === 'held' && !before.wasSent && state !== 'held') {
        this.#broken(order, `left “held” for “${state}” under a hold`);
      }
      if (seen !== undefined && before === undefined && state !== 'held') {
        this.#broken(order, `was made under a hold, and is “${state}”`);
      }
      if (state === 'held' && !this.#held.has(order)) {
        this.#held.add(order);
        this.world.tally.note('holds that held an order');
      }
    }
    const holds = groupBy(rows, ({ hold }) => hold);
    for (const [hold, some] of holds) this.#seen.set(hold, new Map(some.map((one) => [one.order, one])));
  }

  #broken(order: string, what: string): void {
    this.world.broken.push(`order ${order} ${what}`);
  }
}
