import { sql } from 'kysely';
import pg from 'pg';
import { afterAll } from 'vitest';
import { issueCredential } from '../../src/compliance/application/credentials.ts';
import { complianceHandlers } from '../../src/compliance/index.ts';
import { retryOrder } from '../../src/compliance/order/retry.ts';
import { complianceTest, operator } from '../../src/compliance/test/compliance.ts';
import { publicId } from '../../src/kernel/index.ts';
import { systemAsker } from '../../src/objects/index.ts';
import { addApplication, harvest } from '../../src/repository/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import { testCluster, testSecret } from '../support/store.ts';
import { Application, type CallSocle } from './application.ts';
import { bundlePrograms } from './bundle.ts';
import { expectInvariants } from './invariants.ts';
import { nothing } from './network.ts';
import type { Mutant } from './protocol.ts';
import { Shop } from './shop.ts';
import { Installation, type Post, Socle } from './socle.ts';
import { minute, World } from './world.ts';

const startedAt = new Date('2026-11-23T09:00:00Z');
const day = 24 * 60 * minute;
/** Longer than any back-off, silence or escalation takes: what isn't over then never will be. */
const patience = 30 * day;
const mostSteps = 4_000;
const socleGivesUpMs = 10_000;
const applicationGivesUpMs = 20_000;

export interface Asked {
  readonly request: string;
  readonly email: string;
}

export interface Run {
  readonly seed: number;
  /** What does not hold; empty when all does. */
  readonly broken: readonly string[];
  /** What happened, in order. */
  readonly told: readonly string[];
  readonly kills: { readonly socle: number; readonly applications: number };
}

/** One installation for many runs, an organisation each. */
export async function faultBench() {
  const compliance = await complianceTest(startedAt.toISOString());
  const shop = await Shop.open();
  const programs = await bundlePrograms();
  const admin = new pg.Client({ connectionString: testCluster().adminUrl });
  await admin.connect();
  const { model, store } = compliance;
  const given = { roles: store.roles, secret: testSecret() };
  const installation = new Installation(programs.socle, given, admin);
  afterAll(async () => {
    await installation.stop();
    await admin.end();
  });
  const handlers = complianceHandlers(compliance.engine);
  const acting = { model, asker: systemAsker };

  /** Plays one seed to its end and looks whether all holds. */
  async function play(seed: number, mutant: Mutant | null = null): Promise<Run> {
    const world = new World(seed, startedAt);
    const { fate, timeline, network } = world;
    const setClock = (): void => store.clock.set(new Date(world.socleNow()));
    setClock();
    const scope = await store.organisation();
    const post: Post = async ({ url, headers, body }) => {
      const application = world.applications.get(new URL(url).hostname.split('.')[0] ?? '');
      if (application === undefined) throw new Error(`nobody listens at ${url}`);
      const name = `order ${world.nameOrder(JSON.parse(Buffer.from(body).toString()))}`;
      const arrive = () => application.receive(headers, Buffer.from(body));
      return network.carry({ name, arrive, givesUpMs: socleGivesUpMs, busy: 503, longestMs: 60 * minute });
    };
    const socle = new Socle(world, scope, installation, handlers, post);
    const callSocle: CallSocle = (name, { method, path, key, body, idempotencyKey }) => {
      const headers = {
        authorization: `Bearer ${key}`,
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      };
      const arrive = async () => {
        const answer = await socle.api(name, { method, path, headers, body });
        const items = method === 'GET' && answer.status === 200 ? JSON.parse(answer.text).items : [];
        for (const item of items) world.nameOrder(item);
        return answer;
      };
      return network.carry({
        name,
        arrive,
        givesUpMs: applicationGivesUpMs,
        busy: { status: 503, text: '' },
        longestMs: 30 * minute,
      });
    };
    const names = ['loyalty', 'newsletter', ...(fate.isSo('crm', 0.3) ? ['crm'] : [])];
    for (const name of names) {
      const channel = name === 'newsletter' ? 'pull' : 'webhook';
      const url = channel === 'webhook' ? `https://${name}.test/orders` : null;
      const id = await addApplication(scope, operator, acting, { name, channel, url, identities: [], map: null });
      const key = await write(scope, operator, (writing) => issueCredential(writing, id, 'key'));
      const secret = await write(scope, operator, (writing) => issueCredential(writing, id, 'hmac'));
      const connection = { id: publicId('app', id), name, channel, key: key.shown, secrets: secret.shown } as const;
      world.applications.set(name, new Application(world, connection, mutant, programs.application, callSocle));
    }
    const shopId = fate.isSo('shop', 0.3) ? await connectShop(scope) : null;
    const persons = fate.between('persons', 1, 2);
    const emails = Array.from({ length: persons }, (_, n) => `p${n + 1}.${seed}@planted.example.org`);
    const asked: Asked[] = [];
    for (const [n, email] of emails.entries()) {
      for (const application of world.applications.values()) application.knows(email);
      if (shopId !== null) await shop.knows(email);
      void timeline
        .sleep(fate.between(`asks ${n + 1}`, 0, 8 * minute))
        .then(() => open(world, callSocle, email, asked));
    }
    const events = planRestorations(world, emails, shopId, callSocle);
    let replayAt = world.calmAt + 60 * minute;
    const isDone = async (): Promise<boolean> => {
      if (!world.isCalm() || asked.length < persons || network.underway > 0 || events.length > 0 || world.owing > 0)
        return false;
      if ([...world.applications.values()].some(({ isOwing }) => isOwing)) return false;
      const { rows } = await sql<{ left: number }>`select
        (select count(*)::int from compliance.request where state <> 'closed')
        + (select count(*)::int from compliance.application_order where superseded_at is null
             and state in ('planned', 'held', 'sent', 'received', 'failed')) as left`.execute(scope.db);
      return rows[0]?.left === 0;
    };
    for (let steps = 0; ; steps += 1) {
      await timeline.stillness();
      setClock();
      const event = events[0];
      if (event !== undefined && event.at <= timeline.now) {
        events.shift();
        await event.run();
        socle.changed();
        continue;
      }
      const due = await socle.nextDue();
      const dueAt =
        due === null ? Number.POSITIVE_INFINITY : due <= world.socleNow() ? timeline.now : world.whenSocleShows(due);
      if (dueAt <= timeline.now && socle.isFree) {
        socle.drain();
        continue;
      }
      if (dueAt > timeline.now && (await isDone())) break;
      if (timeline.now > patience || steps > mostSteps) {
        world.broken.push(`not over after ${Math.round(timeline.now / minute)} minutes and ${steps} steps`);
        break;
      }
      const moments = [timeline.next(), world.nextLeap(), replayAt, event?.at, dueAt > timeline.now ? dueAt : null];
      timeline.leap(Math.min(...moments.map((at) => at ?? Number.POSITIVE_INFINITY)));
      setClock();
      if (timeline.now >= replayAt) {
        replayAt = timeline.now + 6 * 60 * minute;
        await replay(scope);
        socle.changed();
      }
    }
    await expectInvariants(world, scope, { asked, shop: shopId === null ? null : shop });
    world.isOver = true;
    await Promise.all([...world.applications.values()].map((application) => application.stop()));
    await socle.stop();
    world.end();
    await scope.db.destroy();
    return { seed, broken: world.broken, told: network.told, kills: world.kills };
  }

  async function connectShop(scope: Scope): Promise<string> {
    const input = { name: 'shop', channel: 'sql', url: shop.url, identities: [], map: null } as const;
    const id = await addApplication(scope, operator, acting, input);
    await harvest(scope, operator, id);
    return publicId('app', id);
  }

  /** When who is backed up and restored, in order. */
  function planRestorations(world: World, emails: readonly string[], shopId: string | null, callSocle: CallSocle) {
    const { fate } = world;
    const events: { readonly at: number; readonly run: () => Promise<void> | void }[] = [];
    const plan = (name: string, backUp: () => Promise<void> | void, restore: () => Promise<void>): void => {
      if (!fate.isSo(`restored ${name}`, 0.35)) return;
      const backedUpAt = fate.between(`backed up ${name}`, 0, 20 * minute);
      events.push({ at: backedUpAt, run: backUp });
      // Now and then long after everything is over.
      const longest = fate.isSo(`restored late ${name}`, 0.2) ? 3 * day : 40 * minute;
      events.push({ at: fate.between(`restored at ${name}`, backedUpAt + 1, backedUpAt + longest), run: restore });
    };
    for (const [name, application] of world.applications) {
      plan(
        name,
        () => application.backUp(),
        () => application.restore(),
      );
    }
    if (shopId !== null) {
      let restoredTo = '';
      plan(
        'shop',
        async () => {
          restoredTo = new Date(world.trueTime()).toISOString();
          await shop.backUp();
        },
        async () => {
          world.network.told.push(`${world.timeline.now} the shop is restored`);
          await shop.restore(emails);
          world.owing += 1;
          void untilTaken(world, callSocle, 'shop restoration', '/restorations', {
            application: shopId,
            restoredTo,
          }).then(() => {
            world.owing -= 1;
          });
        },
      );
    }
    return events.sort((one, other) => one.at - other.at);
  }

  return { play };
}

/** A person's request by the API, with the same idempotency key until an answer comes. */
async function open(world: World, callSocle: CallSocle, email: string, asked: Asked[]): Promise<void> {
  const identities = [{ kind: 'email', value: email }];
  const body = { right: 'erasure', identities, intake: 'operator', answer: 'automatic' };
  const text = await untilTaken(world, callSocle, `asks ${world.short(email)}`, '/requests', body);
  asked.push({ request: JSON.parse(text).id, email });
}

async function untilTaken(
  world: World,
  callSocle: CallSocle,
  name: string,
  path: string,
  body: object,
): Promise<string> {
  for (;;) {
    const call = {
      method: 'POST',
      path,
      key: 'operator',
      body: JSON.stringify(body),
      idempotencyKey: `${name} ${world.fate.seed}`.replaceAll(' ', '-'),
    };
    const answer = await callSocle(name, call);
    if (answer !== nothing && answer.status < 300) return answer.text;
    await world.timeline.sleep(30_000);
  }
}

/** A person mends what they were told of: every dead letter is replayed. */
async function replay(scope: Scope): Promise<void> {
  const failed = await scope.db
    .selectFrom('compliance.application_order')
    .select('id')
    .where('state', '=', 'failed')
    .where('superseded_at', 'is', null)
    .where('retry_at', 'is', null)
    .execute();
  for (const { id } of failed) await retryOrder(scope, operator, id);
}
