import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, publicId, systemCause, type Uuid } from '../kernel/index.ts';
import { systemAsker } from '../objects/index.ts';
import { addApplication } from '../repository/index.ts';
import { type DueHandler, runDueBatch, type Scope, write } from '../store/index.ts';
import { issueCredential } from './application/credentials.ts';
import { receiveAsTest } from './conformance/answer.ts';
import { giveTests } from './conformance/pull.ts';
import { conformanceRemoval } from './conformance/removal.ts';
import { lastRuns, ordersOfCase, readRun } from './conformance/row.ts';
import { conformanceHandler } from './conformance/run.ts';
import { startRun } from './conformance/start.ts';
import { deleteAnswered } from './drop/kept.ts';
import { dropHandler } from './drop/pickup.ts';
import { onboardingFacts } from './onboarding/facts.ts';
import { ordersOf } from './order/latest.ts';
import { readTask } from './task/read.ts';
import { taskHandler } from './task/watch.ts';
import { complianceTest, operator } from './test/compliance.ts';
import { plansOf } from './test/plans.ts';

/** The queries of tasks, file drops, conformance tests and onboarding, on full tables under the application role. */
const compliance = await complianceTest();
const { scope, store, engine, model } = compliance;
const root = engine.dropFolders[0] ?? '';
const folder = join(root, 'office');
afterAll(() => rm(root, { recursive: true, force: true }));

const add = (name: string, channel: 'email' | 'file' | 'pull', url: string | null) =>
  addApplication(scope, operator, { model, asker: systemAsker }, { name, channel, url, identities: [], map: null });
let run: Uuid;
let office: Uuid;
let crm: Uuid;
const request = { id: '' };

const tables = [
  'order_task',
  'task_message',
  'drop_watch',
  'order_drop',
  'answer_file',
  'conformance_run',
  'conformance_order',
  'application_line',
  'application_credential',
  'application_order',
];
const big = new RegExp(`Seq Scan on (${tables.join('|')})\\b`);

/** `$1`: the organisation. A row an order, or an application. */
const rows = [
  `insert into compliance.person (org, id, secret, created_at) select $1, gen_random_uuid(), '\\x00', now() from generate_series(1, 4000)`,
  `insert into compliance.campaign (org, id, kind, action, created_at) select $1, id, 'request', 'erase', now() from compliance.person where org = $1 and secret = '\\x00'`,
  `insert into compliance.application_order (org, id, campaign_id, application_id, application_name, channel, action, batch, generation, key, state, planned_at)
     select org, id, id, id, 'desk', 'email', 'erase', 1, 1, id || '/desk', 'executed', now() from compliance.person where org = $1 and secret = '\\x00'`,
  `insert into compliance.order_task (org, id, opened_at) select org, id, now() ${'from compliance.application_order where org = $1 and application_id = id'}`,
  `insert into compliance.task_message (org, id, order_id, contact, kind, at)
     select org, gen_random_uuid(), id, '\\x00', 'first', now() from compliance.application_order where org = $1 and application_id = id`,
  `insert into compliance.drop_watch (org, id) select org, id from compliance.application_order where org = $1 and application_id = id`,
  `insert into compliance.order_drop (org, id, application_id, folder, file_name, meant_at, deleted_at)
     select org, id, id, '/x', id::text, now(), now() from compliance.application_order where org = $1 and application_id = id`,
  `insert into compliance.answer_file (org, id, application_id, digest, begun_at, ended_at)
     select org, gen_random_uuid(), id, sha256(id::text::bytea), now(), now() from compliance.application_order where org = $1 and application_id = id`,
  `insert into compliance.conformance_run (org, id, application_id, channel, state, started_at, started_by, ended_at, step_since)
     select org, id, id, 'pull', 'passed', now(), 'system:x', now(), now() from compliance.application_order where org = $1 and application_id = id`,
  `insert into compliance.conformance_order (org, id, run_id, case_id, place, body, digest, persons)
     select org, gen_random_uuid(), id, 'good', n, '\\x00', '\\x00', '[]' from compliance.conformance_run, generate_series(1, 2) n where org = $1 and state = 'passed'`,
  `insert into compliance.application_line (org, application_id) select $1, gen_random_uuid() from generate_series(1, 4000)`,
  `insert into compliance.application_credential (org, id, application_id, kind, sealed, hint, created_at, created_by)
     select $1, gen_random_uuid(), gen_random_uuid(), 'hmac', '\\x00', 'whsec_', now(), 'system:x' from generate_series(1, 4000)`,
];

beforeAll(async () => {
  await mkdir(root);
  await add('desk', 'email', 'ada@support.example');
  office = await add('office', 'file', folder);
  crm = await add('crm', 'pull', null);
  await write(scope, operator, (writing) => issueCredential(writing, office, 'hmac'));
  request.id = await compliance.open({ identities: [{ kind: 'email', value: 'zoe@example.org' }] });
  await compliance.settle(0);
  run = await write(scope, operator, async (writing) =>
    startRun(engine, writing, await engine.applications.find(scope, publicId('app', crm)), ['email']),
  );
  const other = await store.organisation();
  for (const org of [scope.org, other.org]) {
    for (const statement of rows) await store.asOwner(statement, [org]);
  }
  for (const table of tables) await store.asOwner(`analyze compliance.${table}`);
});

const orderOf = async (channel: string) =>
  (await ordersOf(scope.db, request.id)).find((each) => each.channel === channel);
const due = (handler: DueHandler, watched: Scope) => runDueBatch(handler, watched, store.store.log);
const inWrite = (watched: Scope, work: Parameters<typeof write<unknown>>[2]) =>
  write(watched, systemCause('test'), work);

test.each<[string, (watched: Scope) => Promise<unknown>]>([
  [
    'tasks that are due are taken and looked at',
    async (watched) => {
      store.clock.advance({ days: 9 });
      return due(taskHandler(engine), watched);
    },
  ],
  [
    'the page of a task is read',
    async (watched) => {
      const link = compliance.mails.flatMap(({ text }) => /\/t\/\S+/.exec(text)?.[0] ?? [])[0] ?? '';
      return readTask(engine, watched, link.split('/').at(-1) ?? '');
    },
  ],
  [
    'folders that are due are looked into, and a file of answers is taken',
    async (watched) => {
      const order = await orderOf('file');
      const digest = `sha256:${order?.digest?.toString('hex')}`;
      const said = { order: publicId('ord', order?.id ?? ''), digest, outcome: 'executed', at: '2026-11-23T09:30:00Z' };
      await writeFile(join(folder, 'answers', 'today.ndjson'), `${JSON.stringify(said)}\n`);
      store.clock.advance({ minutes: 10 });
      return due(dropHandler(engine), watched);
    },
  ],
  ['files of answered orders are found', (watched) => deleteAnswered(engine, watched, office)],
  ['tests that are due are carried on', (watched) => due(conformanceHandler(engine), watched)],
  [
    'a test and its orders are read',
    (watched) => Promise.all([readRun(watched.db, run), ordersOfCase(watched.db, run, 'good')]),
  ],
  ['the last tests of an application are listed', (watched) => lastRuns(watched.db, crm, 5)],
  [
    'an application is given the orders of its test',
    (watched) => inWrite(watched, (writing) => giveTests(writing, crm)),
  ],
  [
    'what a test is answered finds its order',
    (watched) => {
      const answering = { scope: watched, cause: systemCause('test'), application: crm };
      return receiveAsTest(answering, publicId('ord', newId()));
    },
  ],
  ['what leaves with an application is counted', (watched) => conformanceRemoval.tell(watched, crm)],
  [
    'where applications are on their way is told',
    async (watched) => onboardingFacts(watched, await engine.applications.present(scope)),
  ],
])('%s without reading a whole table', async (_, work) => {
  const plans = await plansOf(scope, work);
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).not.toMatch(big);
});
