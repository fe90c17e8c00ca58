import { expect, test } from 'vitest';
import { createLog, publicId } from '../kernel/index.ts';
import { ordersOf } from './order/latest.ts';
import { complianceTest } from './test/compliance.ts';
import { Site } from './test/site.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
const application = await compliance.pullApplication('Fidélité de la Voine');
const request = await compliance.open({ identities: [{ kind: 'email', value: 'claire.dupont@example.org' }] });
await compliance.settle(0);
const [order] = await ordersOf(scope.db, request);
const person = await scope.db.selectFrom('compliance.person').select('id').executeTakeFirstOrThrow();
const number = await scope.db.selectFrom('compliance.request').select('number').executeTakeFirstOrThrow();

/** The id of ours that stands in a path, by the folder it stands in. */
const ours: Readonly<Record<string, string>> = {
  applications: publicId('app', application),
  onboarding: publicId('app', application),
  requests: publicId('req', request),
  persons: publicId('per', person.id),
  orders: publicId('ord', order?.id ?? ''),
};
const secrets = [
  'Voine',
  number.number,
  'claire.dupont',
  ...[application, request, person.id, order?.id ?? ''].map((id) => id.slice(-12)),
];

/** Well formed for most; what is refused before the object is looked for tells nothing either. */
const body = {
  ...{ outcome: 'executed', order: ours.orders, digest: `sha256:${'0'.repeat(64)}`, default: 'executed', persons: [] },
  ...{ kind: 'key', how: 'retry', text: 'note', ground: 'manifestly_unfounded', reasons: 'x', assignee: null },
};

const roles = ['admin', 'dpo', 'relay', 'architect', 'steward', 'member'];

test('with every role of another organisation, no address of ours shows or changes anything', async () => {
  const site = new Site(compliance, createLog('silent'));
  const other = await store.organisation();
  const before = await everything();
  for (const path of [`/requests/${ours.requests}`, `/persons/${ours.persons}`, `/onboarding/${ours.onboarding}`]) {
    expect((await site.as({ roles }).get(path)).status, path).toBe(200);
  }
  const asked = site.routes.filter(({ path, isPublic }) => path.includes('/:id') && !isPublic);
  expect(asked.length).toBeGreaterThan(60);
  for (const { method, path, kind } of asked) {
    const folder = path.split('/:id')[0]?.split('/').at(-1) ?? '';
    const id = ours[folder];
    expect(id, `no id of ours for ${path}: add one to this test`).toBeDefined();
    const filled = path.replace(':id', id ?? '').replaceAll(/:\w+/g, crypto.randomUUID());
    site.as({ roles, scope: other });
    const name = `${method} ${path}`;
    if (kind === 'api') {
      const api = filled.replace('/api/v1', '');
      const verb = method === 'PATCH' ? 'PUT' : method;
      const { status, json } = await site.api(verb, api, method === 'GET' ? undefined : body);
      expect([404, 422, 400, 409], `${name}: ${status}`).toContain(status);
      expectNothingOf(JSON.stringify(json), name);
    } else if (method === 'GET' && kind === 'page') {
      const { status, html } = await site.get(filled);
      expect(status, name).toBe(404);
      expectNothingOf(html.replaceAll(filled, ''), name);
    } else if (method === 'POST') {
      const response = await site.send('/requests', {}, filled);
      expect([404, 422, 409], `${name}: ${response.status}`).toContain(response.status);
      expectNothingOf((await response.text()).replaceAll(filled, ''), name);
    }
  }
  expect(await everything()).toEqual(before);
});

function expectNothingOf(text: string, name: string): void {
  for (const secret of secrets) expect(text.includes(secret), `${name} shows ${secret}`).toBe(false);
}

/** All that these addresses could change. */
async function everything(): Promise<unknown> {
  const tables = ['request', 'application_order', 'person', 'application_credential', 'hold', 'request_step'] as const;
  const rows = [];
  for (const table of tables)
    rows.push(await store.asOwner(`select to_jsonb(t) as row from compliance.${table} t`, []));
  return rows;
}
