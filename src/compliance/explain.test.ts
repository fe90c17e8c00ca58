import { beforeAll, expect, test } from 'vitest';
import { newId, systemCause, type Uuid } from '../kernel/index.ts';
import { dueLanes, runDueBatch, type Scope } from '../store/index.ts';
import { listCredentials } from './application/credentials.ts';
import { healthOf, openOrders } from './application/health.ts';
import { signersOf } from './application/signing.ts';
import { wasWrittenTo } from './confirmation/watch.ts';
import { deskFigures, listStuck } from './desk/figures.ts';
import { wasDelivered } from './order/delivery/log.ts';
import { ordersOf } from './order/latest.ts';
import { pullOrders } from './order/pull.ts';
import { orderHandler } from './order/run.ts';
import { findPersons, readPerson } from './person/person.ts';
import { freshAnswerPath } from './request/answer-copy.ts';
import { listRequests } from './request/list.ts';
import { requestFor } from './request/perimeter.ts';
import { viewRequest } from './request/view.ts';
import { proofsOf } from './task/proof.ts';
import { complianceTest } from './test/compliance.ts';
import { plansOf } from './test/plans.ts';
import { recogniseForgotten } from './tombstone/tombstone.ts';

/** The hot queries, explained under the application role with 8,000 requests of ours and as many of another's. */
const compliance = await complianceTest();
const { scope, store } = compliance;
const who = (mine: Scope, perimeters: readonly Uuid[] | null = null) => ({
  scope: mine,
  perimeters,
  user: { id: newId(), name: 'Ada', email: null },
});
const crm = newId();
let request: Uuid;

beforeAll(async () => {
  request = await compliance.open();
  await compliance.settle(0);
  const other = await store.organisation();
  for (const org of [scope.org, other.org]) {
    await store.asOwner(
      `insert into compliance.person (org, id, secret, created_at)
         select $1, gen_random_uuid(), '\\x00', now() from generate_series(1, 8000)`,
      [org],
    );
    await store.asOwner(
      `insert into compliance.identity_lookup (org, hash, key_version, person_id)
         select org, sha256(id::text::bytea), 1, id from compliance.person where org = $1`,
      [org],
    );
    await store.asOwner(
      `insert into compliance.request (org, id, number, state, right_asked, intake, language, received_on, due_on, person_id, answer_mode, created_at, controller_id)
         select org, id, id::text, case when random() < 0.98 then 'closed' else 'in_progress' end, 'erasure', 'api', 'fr',
                date '2026-01-01' + (random() * 300)::int, date '2026-02-01' + (random() * 300)::int, id, 'manual', now(), gen_random_uuid()
           from compliance.person where org = $1 and secret = '\\x00'`,
      [org],
    );
    await store.asOwner(
      `insert into compliance.campaign (org, id, kind, action, created_at)
         select org, id, 'request', 'erase', now() from compliance.request where org = $1 and intake = 'api'`,
      [org],
    );
    await store.asOwner(
      `insert into compliance.application_order (org, id, campaign_id, application_name, channel, action, batch, generation, key, state, planned_at)
         select c.org, gen_random_uuid(), c.id, 'app ' || n, 'sql', 'erase', 1, 1, c.id || '/' || n, 'verified', now()
           from compliance.campaign c, generate_series(1, 3) n where c.org = $1 and c.created_at > now() - interval '1 hour'`,
      [org],
    );
    await store.asOwner(
      `insert into compliance.application_order (org, id, campaign_id, application_id, application_name, channel, action, batch, generation, key, state, planned_at, sent_at)
         select c.org, gen_random_uuid(), c.id, $2, 'crm', 'pull', 'erase', 1, 1, c.id || '/crm',
                case when random() < 0.98 then 'executed' else 'sent' end, now(), now()
           from compliance.campaign c where c.org = $1 and c.created_at > now() - interval '1 hour'`,
      [org, crm],
    );
    await store.asOwner(
      `insert into compliance.delivery (org, id, order_id, application_id, digest, at, latency_ms, result)
         select org, gen_random_uuid(), id, application_id, '\\x00', now() - random() * interval '90 days', 5, 'handed_over'
           from compliance.application_order where org = $1 and application_id = $2`,
      [org, crm],
    );
    await store.asOwner(
      `insert into compliance.request_step (org, id, request_id, at, actor, kind, data)
         select org, gen_random_uuid(), id, now(), 'system:x', 'opened', '{}' from compliance.request where org = $1 and intake = 'api'`,
      [org],
    );
    await store.asOwner(
      `insert into compliance.tombstone (org, id, hash, kind, key_version, laid_on, ends_on)
         select org, gen_random_uuid(), hash, 'email', 1, '2026-01-01', '2029-01-01' from compliance.identity_lookup where org = $1`,
      [org],
    );
  }
  for (const org of [scope.org, other.org]) {
    for (const statement of channelRows)
      await store.asOwner(statement, [org, ...(statement.includes('$2') ? [crm] : [])]);
  }
  for (const table of [
    ...channelTables,
    'person',
    'identity_lookup',
    'request',
    'application_order',
    'request_step',
    'tombstone',
    'campaign',
    'delivery',
  ]) {
    await store.asOwner(`analyze compliance.${table}`);
  }
});

/** The tables of the channels and of the public form, filled alike: a row an order, or a request. */
const channelTables = [
  'address_confirmation',
  'answer_copy',
  'application_line',
  'application_credential',
  'task_proof',
];
const ofCrm = `from compliance.application_order where org = $1 and application_id = $2`;
const channelRows = [
  `insert into compliance.address_confirmation (org, id, last_day)
     select org, id, '2026-03-01' from compliance.request where org = $1 and intake = 'api'`,
  `insert into compliance.answer_copy (org, id, request_id, sealed, wrapped, address_check, made_at)
     select org, gen_random_uuid(), id, '\\x00', '\\x00', '\\x00', now() from compliance.request where org = $1 and intake = 'api'`,
  `insert into compliance.application_line (org, application_id)
     select $1, gen_random_uuid() from generate_series(1, 3000)`,
  `insert into compliance.application_credential (org, id, application_id, kind, sealed, hint, created_at, created_by)
     select $1, gen_random_uuid(), gen_random_uuid(), 'hmac', '\\x00', 'whsec_', now(), 'system:x' from generate_series(1, 3000)`,
  `insert into compliance.task_proof (org, id, order_id, person_id, digest, media_type, size_bytes, at)
     select org, gen_random_uuid(), id, gen_random_uuid(), '\\x00', 'application/pdf', 10, now() ${ofCrm}`,
];

const big =
  /Seq Scan on (person|identity_lookup|request|application_order|request_step|tombstone|campaign|delivery|address_confirmation|answer_copy|application_line|application_credential|task_proof)\b/;

test.each<[string, (watched: Scope) => Promise<unknown>]>([
  ['the desk counts what is open and stuck', (watched) => deskFigures(who(watched))],
  ['the desk lists what is stuck', (watched) => listStuck(who(watched), 10)],
  ['the list shows open requests', (watched) => listRequests(who(watched), { state: 'open', limit: 25, after: null })],
  [
    'the list goes on',
    (watched) => listRequests(who(watched), { state: 'all', limit: 25, after: ['2026-06-01', newId()] }),
  ],
  [
    'a relay lists theirs',
    (watched) => listRequests(who(watched, [newId()]), { state: 'all', limit: 25, after: null }),
  ],
  [
    'the list shows what is mine',
    (watched) => listRequests(who(watched), { state: 'open', assignee: 'mine', limit: 25, after: null }),
  ],
  [
    'the list shows what is nobody’s',
    (watched) => listRequests(who(watched), { state: 'open', assignee: 'nobody', limit: 25, after: null }),
  ],
  ['a request is found by its number', (watched) => requestFor(who(watched), 'DR-2026-00001').catch(() => null)],
  ['a request is shown', (watched) => viewRequest(watched, request)],
  ['its orders are read', (watched) => ordersOf(watched.db, request)],
  [
    'a person is found by an identifier',
    (watched) => findPersons(who(watched), { kind: 'email', value: 'a@example.org' }),
  ],
  ['a person is read', (watched) => readPerson(who(watched), newId()).catch(() => null)],
  [
    'a forgotten person is recognised',
    (watched) => recogniseForgotten(watched.db, watched, [{ kind: 'email', value: 'a@example.org' }]),
  ],
  [
    'an application comes for its orders',
    (watched) => {
      const pulling = { application: crm, waitMs: 0, limit: 10, signal: new AbortController().signal };
      return pullOrders(compliance.engine, watched, pulling, systemCause('test')).catch(() => null);
    },
  ],
  ['an application’s health is counted', (watched) => healthOf(watched, crm)],
  ['its dead letters are listed', (watched) => openOrders(watched, crm, 'dead', 20)],
  ['what signs its orders is found', (watched) => signersOf(watched, crm).catch(() => null)],
  ['its credentials are listed', (watched) => listCredentials(watched, crm)],
  ['the attachments of a request are listed', (watched) => proofsOf(watched.db, request)],
  [
    'a fresh link to an answer is made',
    (watched) => freshAnswerPath(watched.db, watched, request, 'a@example.org', new Date()),
  ],
  [
    'an unconfirmed address is recognised among those that were written to',
    (watched) => wasWrittenTo(watched.db, watched, newId(), 'a@example.org', 'reminded_at', new Date()),
  ],
  [
    'what is due of one application is taken',
    (watched) =>
      runDueBatch({ ...orderHandler(compliance.engine), run: async () => undefined }, watched, store.store.log, crm),
  ],
  [
    'applications with something due are found',
    (watched) => dueLanes('compliance.application_order', 'application_id', watched, []),
  ],
  ['an answer to an earlier text is recognised', (watched) => wasDelivered(watched.db, newId(), Buffer.alloc(32))],
])('%s without reading a whole table', async (_, work) => {
  const plans = await plansOf(scope, work);
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).not.toMatch(big);
});

test('old attempts are found by their age', async () => {
  const [row] = await store.asOwner<{ prosrc: string }>(
    "select prosrc from pg_proc where proname = 'forget_deliveries'",
  );
  const body = (row?.prosrc ?? '').replace(/\bbefore\b/g, "'2026-01-01'::timestamptz").replace(/\bmost\b/g, '100');
  const plan = await store.asOwner<{ 'QUERY PLAN': string }>(`explain (costs off) ${body}`);
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toContain('delivery_by_age');
  expect(text).not.toMatch(big);
});
