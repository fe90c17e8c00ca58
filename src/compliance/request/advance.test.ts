import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog, type Id } from '../../kernel/index.ts';
import { runDueBatch } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { requestHandler } from './advance.ts';
import { freezePlan } from './plan.ts';
import { readRequestRow } from './row.ts';
import { readSteps } from './steps.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
await compliance.application('shop', shopSchema);
const log = createLog('silent');

/** The same engine, where the plan of the first request that asks waits until it is released: its database hangs. */
function hangingEngine() {
  let asked = 0;
  let release: () => void = () => undefined;
  const released = new Promise<void>((done) => {
    release = done;
  });
  const { applications } = compliance.engine;
  const engine: Engine = {
    ...compliance.engine,
    applications: {
      ...applications,
      erasurePlan: async (within, application) => {
        asked += 1;
        if (asked === 1) await released;
        return applications.erasurePlan(within, application);
      },
    },
  };
  return { engine, release, asked: () => asked };
}

async function stateOf(id: Id<'request'>): Promise<string> {
  return (await readRequestRow(scope.db, id)).state;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 250; time += 1) {
    if (await isTrue()) return;
    await wait(20);
  }
  throw new Error('never came true');
}

async function open(): Promise<Id<'request'>> {
  return compliance.open({ identities: [{ kind: 'email', value: `n${Math.random()}@example.org` }] });
}

async function plansOf(id: Id<'request'>): Promise<number> {
  return (await readSteps(scope.db, id, null)).filter((step) => step.kind === 'planned').length;
}

test('a request on a database that hangs leaves another request of the same batch unhindered', async () => {
  const [one, other] = [await open(), await open()];
  const { engine, release } = hangingEngine();
  const batch = runDueBatch(requestHandler(engine), scope, log);
  const states = async () => [await stateOf(one), await stateOf(other)].sort();
  await until(async () => (await states())[1] === 'in_progress');
  expect(await states()).toEqual(['identity_checked', 'in_progress']);
  release();
  await batch;
  expect(await states()).toEqual(['in_progress', 'in_progress']);
  await compliance.settle(2);
});

test('a slow request keeps its lease by heart-beats, and nobody else takes it', async () => {
  const id = await open();
  const { engine, release } = hangingEngine();
  const handler = { ...requestHandler(engine), leaseMs: 300 };
  const slow = runDueBatch(handler, scope, log);
  for (let beat = 0; beat < 6; beat += 1) {
    store.clock.advance({ ms: 150 });
    await wait(130);
    expect(await runDueBatch(handler, scope, log)).toBe(0);
  }
  release();
  await slow;
  expect([await stateOf(id), await plansOf(id)]).toEqual(['in_progress', 1]);
  await compliance.settle(2);
});

test('a worker whose lease ran out plans nothing twice, and leaves the request on its way', async () => {
  const id = await open();
  const { engine, release, asked } = hangingEngine();
  const slow = runDueBatch(requestHandler(engine), scope, log);
  await until(async () => asked() === 1);
  store.clock.advance({ seconds: 21 });
  expect(await runDueBatch(requestHandler(engine), scope, log)).toBe(1);
  release();
  await slow;
  expect(await plansOf(id)).toBe(1);
  await compliance.settle(2);
  expect(await stateOf(id)).toBe('closed');
});

test('a request that a colleague plans meanwhile goes on by itself rather than stop at a refusal', async () => {
  const id = await open();
  const { engine, release, asked } = hangingEngine();
  const slow = runDueBatch(requestHandler(engine), scope, log);
  await until(async () => asked() === 1);
  await freezePlan(compliance.engine, scope, operator, id);
  release();
  await slow;
  expect([await stateOf(id), await plansOf(id)]).toEqual(['in_progress', 1]);
});
