import { sql } from 'kysely';
import { vi } from 'vitest';
import { issueCredential } from '../../src/compliance/application/credentials.ts';
import type { Engine } from '../../src/compliance/engine.ts';
import { retryOrder } from '../../src/compliance/order/retry.ts';
import { noContact } from '../../src/compliance/request/contact.ts';
import { openRequest } from '../../src/compliance/request/intake.ts';
import { complianceTest, handlersOf, operator } from '../../src/compliance/test/compliance.ts';
import { Site } from '../../src/compliance/test/site.ts';
import { createLog, type Id } from '../../src/kernel/index.ts';
import { systemAsker } from '../../src/objects/index.ts';
import { addApplication, harvest } from '../../src/repository/index.ts';
import { type Scope, write } from '../../src/store/index.ts';
import { Application, type Mutant } from './application.ts';
import { expectInvariants } from './invariants.ts';
import { CallerOnNetwork, fetchOnNetwork } from './network.ts';
import { Shop } from './shop.ts';
import { Workers } from './socle.ts';
import { minute, World } from './world.ts';

const startedAt = new Date('2026-11-23T09:00:00Z');
const day = 24 * 60 * minute;
/** Longer than any back-off, silence or escalation takes: what isn't over then never will be. */
const patience = 12 * day;
const mostSteps = 1_500;

export interface Asked {
  readonly id: Id<'request'>;
  readonly email: string;
}

export interface Run {
  readonly seed: number;
  /** What does not hold; empty when all does. */
  readonly broken: readonly string[];
  /** What happened, in order. */
  readonly told: readonly string[];
}

/** One installation for many runs, an organisation each. */
export async function faultBench() {
  const compliance = await complianceTest(startedAt.toISOString());
  const shop = await Shop.open();
  let world = new World(0, startedAt);
  let workers: Workers | null = null;
  const log = createLog('debug', { write: (line) => void world.lines.push(line) });
  const engine: Engine = {
    ...compliance.engine,
    log,
    caller: new CallerOnNetwork(() => ({
      network: world.network,
      nameOf: (body) => world.nameOrder(JSON.parse(body.toString())),
      receiver: (url) => (headers, body) => applicationAt(world, url).receive(headers, body),
    })),
    atStep: (step) => workers?.atStep(step),
  };
  const site = new Site({ ...compliance, engine }, log);
  const handlers = handlersOf(engine);
  const acting = { model: compliance.model, asker: systemAsker };

  async function connectApplication(scope: Scope, name: string, mutant: Mutant | null) {
    const channel = name === 'loyalty' || name === 'crm' ? 'webhook' : 'pull';
    const url = channel === 'webhook' ? `https://${name}.test/orders` : null;
    const input = { name, channel, url, identities: [], map: null } as const;
    const id = await addApplication(scope, operator, acting, input);
    const [key, secret] = [
      await write(scope, operator, (writing) => issueCredential(writing, id, 'key')),
      await write(scope, operator, (writing) => issueCredential(writing, id, 'hmac')),
    ];
    world.applications.set(
      name,
      new Application(world, { name, channel, key: key.shown, secrets: secret.shown }, mutant),
    );
  }

  async function open(scope: Scope, email: string): Promise<Asked> {
    const intake = {
      right: 'erasure',
      identities: [{ kind: 'email', value: email }],
      contact: noContact,
      controllerId: null,
      intake: 'cli',
      language: 'fr',
      receivedOn: null,
      note: null,
      identityProof: 'operator',
      answer: 'automatic',
    } as const;
    const { id } = await write(scope, operator, (writing) => openRequest(engine, writing, intake));
    return { id, email };
  }

  /** A person mends what they were told of: every order that failed is sent again. */
  async function replay(scope: Scope): Promise<void> {
    const failed = await scope.db
      .selectFrom('compliance.application_order')
      .select('id')
      .where('state', '=', 'failed')
      .execute();
    for (const { id } of failed) await retryOrder(scope, operator, id);
  }

  function fetchStub(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const url = new URL(String(input));
    const [, name = '', number = ''] = /^(.+)-(\d+)\.socle\.test$/.exec(url.hostname) ?? [];
    const here = world;
    const application = here.applications.get(name);
    if (application === undefined) throw new Error(`nobody calls ${url.hostname}`);
    const path = url.pathname.replace('/api/v1', '') + url.search;
    const [, , order, what = 'orders'] = path.split('/');
    const called = `${name} ${what} ${order === undefined ? '' : here.nameOf(order)}`;
    return fetchOnNetwork(
      here.network,
      called,
      () => here.timeline.during(() => serve(here, path, init)),
      () => application.isDead(Number(number)),
    );
  }

  async function serve(here: World, path: string, init: RequestInit): Promise<Response> {
    const headers = { authorization: new Headers(init.headers).get('authorization') ?? '' };
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const { status, json } = await site.api(init.method === 'POST' ? 'POST' : 'GET', path, body, headers);
    if (Array.isArray(json?.items)) for (const item of json.items) here.nameOrder(item);
    return new Response(JSON.stringify(json), { status });
  }

  /** Plays one seed to its end and looks whether all holds. */
  async function play(seed: number, mutant: Mutant | null = null): Promise<Run> {
    world = new World(seed, startedAt);
    const { fate, timeline, network } = world;
    const { clock } = compliance.store;
    const setClock = (): void => clock.set(new Date(world.socleNow()));
    setClock();
    // What jitters does so by the seed; the real clock drives nothing.
    vi.spyOn(Math, 'random').mockReturnValue(0.1 + fate.of('jitter') * 0.3);
    vi.stubGlobal('fetch', fetchStub);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const scope = await compliance.store.organisation();
    const names = ['loyalty', 'newsletter', ...(fate.isSo('crm', 0.3) ? ['crm'] : [])];
    for (const name of names) await connectApplication(scope, name, mutant);
    const hasShop = fate.isSo('shop', 0.25);
    if (hasShop) {
      const input = { name: 'shop', channel: 'sql', url: shop.url, identities: [], map: null } as const;
      await harvest(scope, operator, await addApplication(scope, operator, acting, input));
    }
    const current = new Workers(world, scope, handlers, log);
    workers = current;
    const asked: Asked[] = [];
    const persons = fate.between('persons', 1, 2);
    for (let n = 1; n <= persons; n += 1) {
      const email = `p${n}.${seed}@planted.example.org`;
      for (const application of world.applications.values()) application.knows(email);
      if (hasShop) await shop.knows(email);
      timeline
        .sleep(fate.between(`asks ${n}`, 0, 8 * minute))
        .then(() => timeline.during(async () => void asked.push(await open(scope, email))));
    }
    const isDone = async (): Promise<boolean> => {
      if (asked.length < persons || network.underway > 0) return false;
      const { rows } = await sql<{ left: number }>`select count(*)::int as left from compliance.request
        where state <> 'closed'`.execute(scope.db);
      return rows[0]?.left === 0;
    };
    let replayAt = world.calmAt + 60 * minute;
    for (let steps = 0; ; steps += 1) {
      await timeline.stillness();
      setClock();
      const due = await current.nextDue();
      const dueAt =
        due === null ? Number.POSITIVE_INFINITY : due <= world.socleNow() ? timeline.now : world.whenSocleShows(due);
      if (dueAt <= timeline.now && current.isFree) {
        current.start();
        continue;
      }
      if (dueAt > timeline.now && (await isDone())) break;
      if (timeline.now > patience || steps > mostSteps) {
        world.broken.push(`not over after ${Math.round(timeline.now / minute)} minutes`);
        break;
      }
      const moments = [timeline.next(), world.nextLeap(), replayAt, dueAt > timeline.now ? dueAt : null];
      timeline.leap(Math.min(...moments.map((at) => at ?? Number.POSITIVE_INFINITY)));
      setClock();
      if (timeline.now >= replayAt) {
        replayAt = timeline.now + 6 * 60 * minute;
        await replay(scope);
      }
    }
    await expectInvariants(world, scope, { asked, shop: hasShop ? shop : null });
    world.isOver = true;
    for (const application of world.applications.values()) application.stop();
    await current.bury();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    await scope.db.destroy();
    return { seed, broken: world.broken, told: network.told };
  }

  return { play };
}

function applicationAt(world: World, url: string): Application {
  const application = world.applications.get(new URL(url).hostname.split('.')[0] ?? '');
  if (application === undefined) throw new Error(`nobody listens at ${url}`);
  return application;
}
