import { sql } from 'kysely';
import { retryOrder } from '../../src/compliance/order/retry.ts';
import { operator } from '../../src/compliance/test/compliance.ts';
import { latestCheckpoint } from '../../src/journal/index.ts';
import type { Scope } from '../../src/store/index.ts';
import { Application } from './application.ts';
import { type Bench, openBench, startedAt } from './bench.ts';
import type { CallSocle } from './call.ts';
import { castOf, type Part } from './cast.ts';
import { Clerk } from './clerk.ts';
import { Holds } from './holds.ts';
import { brokenInvariants, type Played } from './invariants.ts';
import type { Mutant } from './protocol.ts';
import { type Event, restorations } from './restorations.ts';
import { type Carry, Socle } from './socle.ts';
import { connectAll } from './stage.ts';
import { ask, purge, type Subject } from './subjects.ts';
import type { Tally } from './tally.ts';
import { minute, World } from './world.ts';

/** Longer than any back-off, silence or escalation takes: what isn't over then never will be. */
const patience = 30 * 24 * 60 * minute;
const mostSteps = 6_000;
const socleGivesUpMs = 10_000;
const applicationGivesUpMs = 20_000;

export interface Run {
  readonly seed: number;
  /** What does not hold; empty when all does. */
  readonly broken: readonly string[];
  /** What happened, in order. */
  readonly told: readonly string[];
  readonly tally: Tally;
}

interface Choice {
  readonly mutant?: Mutant;
  /** Instead of what the seed says. */
  readonly cast?: readonly Part[];
  /** Called with all that was played, before anything is cleared away. */
  readonly atEnd?: (played: Played) => Promise<void>;
}

/** One installation for many runs, an organisation each. */
export async function faultBench() {
  const bench = await openBench();
  return { play: (seed: number, choice: Choice = {}) => play(bench, seed, choice) };
}

/** Plays one seed to its end and looks whether all holds. */
async function play(bench: Bench, seed: number, { mutant, cast: given, atEnd }: Choice): Promise<Run> {
  const { store, installation, handlers } = bench;
  const world = new World(seed, startedAt);
  const { fate, timeline, network } = world;
  const setClock = (): void => store.clock.set(new Date(world.trueTime()));
  setClock();
  const scope = await store.organisation();
  const cast = given === undefined ? castOf(fate) : new Set(given);
  const socle = new Socle(world, scope, installation, handlers, carryOf(world));
  const callSocle = callerOf(world, socle);
  const shopId = await connectAll({ bench, world, scope, cast, callSocle, mutant: mutant ?? null });
  const holds = cast.has('holds') ? new Holds(world, scope, callSocle) : null;
  const emails = (first: number, many: number): readonly string[] =>
    Array.from({ length: many }, (_, place) => `p${first + place}.${seed}@planted.example.org`);
  const asking = emails(1, fate.between('persons', 1, 2));
  const purged = cast.has('campaign') ? emails(11, fate.between('persons of the campaign', 2, 5)) : [];
  for (const email of [...asking, ...purged]) {
    for (const { books } of world.holders.values()) books.knows(email);
    if (shopId !== null) await bench.shop.knows(email);
  }
  const stage = { world, scope, bench, callSocle, holds };
  const coming = [...asking.map((email) => ask(stage, email)), ...(purged.length > 0 ? [purge(stage, purged)] : [])];
  const subjects: Subject[] = [];
  for (const one of coming) void one.then((subject) => subjects.push(subject));
  const checkpoints: string[] = [];
  const shop = shopId === null ? null : { id: shopId, shop: bench.shop, emails: [...asking, ...purged] };
  const events = [...restorations(world, callSocle, shop), ...keptOutside(world, scope, checkpoints)].sort(
    (one, other) => one.at - other.at,
  );
  let replayAt = world.calmAt + 60 * minute;
  const isDone = async (): Promise<boolean> => {
    if (!world.isCalm() || subjects.length < coming.length || network.underway > 0 || events.length > 0) return false;
    if (socle.isBusy || world.owing > 0 || (holds?.underway ?? 0) > 0) return false;
    if ([...world.holders.values()].some(({ books }) => books.isOwing)) return false;
    return (await countOpen(scope)) === 0;
  };
  let [steps, isOver] = [0, false];
  for (; ; steps += 1) {
    if (!(await timeline.stillness())) {
      world.broken.push('somebody works for two minutes of real time: a process hangs');
      break;
    }
    setClock();
    await holds?.expectKept();
    // There is nothing more to learn: what led there is told.
    if (world.broken.length > 0) break;
    const event = events[0];
    if (event !== undefined && event.at <= timeline.now) {
      events.shift();
      await event.run();
      socle.changed();
      continue;
    }
    const due = await socle.nextDue();
    if (due !== null && socle.drain(due)) continue;
    const dueAt = due === null ? Number.POSITIVE_INFINITY : socle.whenShown(due);
    isOver = await isDone();
    if (isOver) break;
    if (timeline.now > patience || steps > mostSteps) {
      world.broken.push(`not over after ${Math.round(timeline.now / minute)} minutes and ${steps} steps`);
      break;
    }
    const moments = [timeline.next(), world.nextLeap(), replayAt, event?.at, dueAt];
    timeline.leap(Math.min(...moments.map((at) => at ?? Number.POSITIVE_INFINITY)));
    setClock();
    if (timeline.now >= replayAt) {
      replayAt = timeline.now + 6 * 60 * minute;
      world.tally.note('dead letters replayed by a person', await replay(scope));
      socle.changed();
    }
  }
  world.tell(`over after ${steps} steps`);
  const played: Played = { world, scope, store, subjects, shop: shopId === null ? null : bench.shop, checkpoints };
  if (isOver) world.broken.push(...(await brokenInvariants(played)));
  await atEnd?.(played);
  world.isOver = true;
  await Promise.all([...world.holders.values()].map((holder) => holder.stop()));
  await socle.stop();
  world.end();
  await scope.db.destroy();
  return { seed, broken: world.broken, told: world.told, tally: world.tally };
}

/** Where what Socle sends goes: over the network, to applications and mailboxes. */
function carryOf(world: World): Carry {
  const { network, holders } = world;
  return {
    post: async ({ url, headers, body }) => {
      const application = holders.get(new URL(url).hostname.split('.')[0] ?? '');
      if (!(application instanceof Application)) throw new Error(`nobody listens at ${url}`);
      const name = `order ${world.nameOrder(JSON.parse(Buffer.from(body).toString()))}`;
      const arrive = () => application.receive(headers, Buffer.from(body));
      return network.carry({ name, arrive, givesUpMs: socleGivesUpMs, busy: 503, longestMs: 60 * minute });
    },
    mail: async ({ to, title, text }) => {
      const clerk = holders.get('service');
      const name = `mail to ${to.split('@')[0]}`;
      world.mails.push(`${title}\n${text}`);
      if (!world.isCalm() && world.fate.next(`bounces ${name}`) < 0.06) {
        world.befalls('mail refused for good', name);
        return 'refused';
      }
      const arrive = async (): Promise<'taken'> => {
        if (clerk instanceof Clerk) clerk.gets(to, title, text);
        return 'taken';
      };
      return network.carry({ name, arrive, givesUpMs: socleGivesUpMs, busy: 'busy', longestMs: 60 * minute });
    },
  };
}

/** Calls of applications, people and operators, over the network. */
function callerOf(world: World, socle: Socle): CallSocle {
  return (name, call) => {
    const arrive = async () => {
      const answer = await socle.http(name, call);
      const isOrders = call.method === 'GET' && call.path.includes('/api/') && answer.status === 200;
      for (const item of isOrders ? JSON.parse(answer.text).items : []) world.nameOrder(item);
      return answer;
    };
    const busy = { status: 503, text: '', cookies: [] };
    return world.network.carry({ name, arrive, givesUpMs: applicationGivesUpMs, busy, longestMs: 30 * minute });
  };
}

/** An auditor keeps the head of the journal now and then: what is signed by then can't be signed anew. */
function keptOutside(world: World, scope: Scope, checkpoints: string[]): readonly Event[] {
  const keep = async (): Promise<void> => {
    const head = await latestCheckpoint(scope);
    if (head === null) return;
    checkpoints.push(head.note);
    world.tally.note('journal checkpoints kept outside');
  };
  return [1, 2].map((nth) => ({ at: world.fate.between(`checkpoint ${nth}`, minute, world.calmAt * nth), run: keep }));
}

/** What is not at its end yet. A campaign's own order waits for the campaigns of a later issue. */
async function countOpen(scope: Scope): Promise<number> {
  const { rows } = await sql<{ left: number }>`select
    (select count(*)::int from compliance.request where state <> 'closed')
    + (select count(*)::int from compliance.hold where ended_at is null)
    + (select count(*)::int from compliance.order_drop where deleted_at is null)
    + (select count(*)::int from compliance.application_order o join compliance.campaign c on c.id = o.campaign_id
        where superseded_at is null and not (c.kind = 'purge' and o.channel = 'socle')
          and (state in ('planned', 'held', 'sent', 'received', 'failed') or (o.channel = 'sql' and state = 'executed'))) as left`.execute(
    scope.db,
  );
  return rows[0]?.left ?? 0;
}

/** A person mends what they were told of: every dead letter is replayed. */
async function replay(scope: Scope): Promise<number> {
  const failed = await scope.db
    .selectFrom('compliance.application_order')
    .select('id')
    .where('state', '=', 'failed')
    .where('superseded_at', 'is', null)
    .where('retry_at', 'is', null)
    .execute();
  for (const { id } of failed) await retryOrder(scope, operator, id);
  return failed.length;
}
