import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { complianceTest } from '../test/compliance.ts';
import { listener, webhookApplication } from '../test/listener.ts';
import { Site } from '../test/site.ts';

const application = await listener();
const compliance = await complianceTest();
const { scope } = compliance;
const site = new Site(compliance, createLog('silent')).as({ roles: ['dpo', 'architect'] });
const id = await webhookApplication(compliance, 'loyalty', application.url);
const crm = await compliance.pullApplication('crm');
const root = `/applications/${publicId('app', id)}/channel`;

/** What the next page says once, after a form. */
async function said(from: string, fields: Readonly<Record<string, string>>, action: string): Promise<string> {
  const response = await site.send(from, fields, action);
  expect(response.status).toBe(303);
  return (await site.get(response.headers.get('location') ?? '')).html;
}

test('trying the connection says in words what is good', async () => {
  expect(await said(root, {}, `${root}/try`)).toMatch(/Acquitté en \d+ ms/);
  expect(String(application.got[0]?.body)).toContain('org.socle.test.v1');
  expect(application.got[0]?.headers['webhook-signature']).toMatch(/v1,.* ?v1a,|v1a,.* v1,/);
});

test('and what to mend', async () => {
  application.answers(401);
  expect(await said(root, {}, `${root}/try`)).toContain('Elle refuse la signature');
  application.answers(301, { location: 'https://elsewhere.example/' });
  expect(await said(root, {}, `${root}/try`)).toContain('ne suit pas les redirections');
  const pulled = `/applications/${publicId('app', crm)}`;
  expect((await site.api('POST', `${pulled}/try`)).json).toMatchObject({ isGood: false });
});

test('a dead letter is shown with its reason, and replayed from the page once it is mended', async () => {
  application.answers(410);
  await compliance.open({ identities: [{ kind: 'email', value: 'one@example.org' }] });
  await compliance.settle(0);
  const page = (await site.get(root)).html;
  expect(page).toContain('dead-orders');
  expect(page).toContain('Plus personne n’écoute à cette adresse');
  application.answers(200);
  expect(await said(root, {}, `${root}/replay`)).toContain('Ordres relancés');
  await compliance.settle(0);
  expect((await site.get(root)).html).not.toContain('dead-orders');
  const health = await site.api('GET', `/applications/${publicId('app', id)}/health`);
  expect(health.json).toMatchObject({ circuit: 'closed', orders: { dead: 0, delivered: 1 } });
});

test('a secret is shown on the page that follows its issue, and on no other', async () => {
  const shown = await said(root, { kind: 'hmac' }, `${root}/credentials`);
  const secret = /whsec_[A-Za-z0-9+/]{43}=/.exec(shown)?.[0] ?? '';
  expect(secret).not.toBe('');
  expect((await site.get(root)).html).not.toContain(secret);
});

test('an open circuit is shown', async () => {
  application.answers(503);
  for (let order = 0; order < 6; order += 1) {
    await compliance.open({ identities: [{ kind: 'email', value: `open${order}@example.org` }] });
  }
  await compliance.settle(0);
  expect((await site.get(root)).html).toContain('Envois suspendus');
  application.answers(200);
  await said(root, {}, `${root}/try`);
  expect((await site.get(root)).html).not.toContain('Envois suspendus');
});

test('limits are read from the form, refused field by field, and kept', async () => {
  const wrong = await site.send(`${root}/limits`, { batchSize: '0', ordersPerMinute: 'fast' }, `${root}/limits`);
  expect(wrong.status).toBe(422);
  const fields = {
    batchSize: '50',
    ordersPerMinute: '30',
    from: '22:00',
    to: '06:00',
    days: '1',
    identityKinds: 'email',
  };
  expect(await said(`${root}/limits`, fields, `${root}/limits`)).toContain('Limites enregistrées');
  const terms = await compliance.engine.applications.terms(scope, id);
  expect(terms?.limits).toEqual({
    batchSize: 50,
    ordersPerMinute: 30,
    hours: { from: '22:00', to: '06:00', days: [1] },
    identityKinds: ['email'],
  });
});

test('a member may look and change nothing', async () => {
  const member = new Site(compliance, createLog('silent')).as({ roles: ['member'] });
  const page = await member.get(root);
  expect(page.status).toBe(200);
  expect(page.html).not.toContain(`${root}/try`);
  for (const path of ['limits', 'answer-key']) expect((await member.get(`${root}/${path}`)).status).toBe(403);
});
