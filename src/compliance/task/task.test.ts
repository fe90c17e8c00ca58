import { expect, test } from 'vitest';
import { createLog, type Id, newId, publicId, sha256 } from '../../kernel/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication, reconnectApplication } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { createOrders, freezeCampaign, gatherPlan } from '../order/campaign.ts';
import { ordersOf } from '../order/latest.ts';
import { retryOrder } from '../order/retry.ts';
import type { GivenIdentity } from '../person/kinds.ts';
import { resolvePerson } from '../person/resolve.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { namesPerson } from './names-person.ts';

const ada = 'ada@support.example';
const claire: readonly GivenIdentity[] = [
  { kind: 'email', value: 'claire.dupont@example.org' },
  { kind: 'last_name', value: 'Dupont' },
  { kind: 'phone', value: '+33601020304' },
];

/** Customer service: only people can erase there. Each test has an organisation of its own. */
async function customerService(contacts = ada) {
  const compliance = await complianceTest();
  const { scope, model } = compliance;
  const connection = { name: 'Service client', channel: 'email', url: contacts, identities: [], map: null } as const;
  const id = await addApplication(scope, operator, { model, asker: systemAsker }, connection);
  const logged: string[] = [];
  const site = new Site(compliance, createLog('debug', { write: (line: string) => logged.push(line) })).as(null);
  const request = await compliance.open({ identities: claire });
  await compliance.settle(0);
  const links = () => compliance.mails.flatMap(({ text }) => /\/t\/\S+/.exec(text)?.[0] ?? []);
  const order = async () => {
    const found = (await ordersOf(scope.db, request)).filter(({ channel }) => channel === 'email').at(-1);
    if (found === undefined) throw new Error('no order');
    return found;
  };
  const answers = async () =>
    scope.db
      .selectFrom('compliance.order_answer')
      .select(['kind', 'body'])
      .where('order_id', '=', (await order()).id)
      .where('kind', '=', 'outcome')
      .execute();
  return { ...compliance, id, site, logged, request, links, order, answers, link: links()[0] ?? '' };
}

const done = { by: 'Ada Lovelace', outcome_0: 'executed' };
const pdf = (name: string, size = 200) => new File([`%PDF-1.7\n${'x'.repeat(size)}`], name);

test('an order becomes a message with a link, and no personal value in it', async () => {
  const { mails, order, link, site } = await customerService();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ to: ada, title: expect.stringContaining('Service client') });
  expect(`${mails[0]?.title} ${mails[0]?.text}`).not.toMatch(/claire|dupont|0601020304/i);
  expect(await order()).toMatchObject({ state: 'sent', outcome: null });
  const page = await site.get(link);
  expect(page.status).toBe(200);
  expect(page.html).toContain('claire.dupont@example.org');
});

test('a mail filter that opens the link, again and again, answers nothing and changes nothing', async () => {
  const { site, link, order, scope, logged } = await customerService();
  const before = JSON.stringify(await order());
  for (let time = 0; time < 5; time += 1) {
    expect((await site.get(link)).status).toBe(200);
    await site.head(link);
  }
  expect(JSON.stringify(await order())).toBe(before);
  const kept = await scope.db.selectFrom('compliance.order_answer').select('id').execute();
  expect(kept).toEqual([]);
  expect(logged.join('')).not.toMatch(/claire|dupont/i);
});

test('the link alone does not answer: the form carries a token of its own', async () => {
  const { site, link, order } = await customerService();
  const response = await site.send(link, done);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('ne vient pas de la page');
  expect(await order()).toMatchObject({ state: 'sent' });
});

test('the answer is recorded like any other: who answered is in it, the person is not, and the page shows nobody any more', async () => {
  const { site, link, order, answers } = await customerService();
  expect((await site.sendFiles(link, { ...done, comment_0: 'Fiche supprimée' })).status).toBe(303);
  expect(await order()).toMatchObject({ state: 'executed', outcome: 'executed' });
  const [answer] = await answers();
  expect(answer?.body).toMatchObject({ by: `Ada Lovelace <${ada}>`, outcome: 'executed' });
  expect(JSON.stringify(answer?.body)).not.toMatch(/claire|dupont/i);
  const { html } = await site.get(link);
  expect(html).not.toMatch(/claire|dupont|0601020304/i);
  expect(html).toContain('terminée');
});

test('the same form sent twice is one answer; a second, contradictory one is not taken', async () => {
  const { site, link, order, answers } = await customerService('ada@support.example, bob@support.example');
  const html = (await site.get(link)).html;
  const answer = /name="answer" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const post = (fields: Readonly<Record<string, string>>) => site.send(link, { answer, csrf, ...fields });
  expect((await post(done)).status).toBe(303);
  expect((await post(done)).status).toBe(303);
  const late = await post({ by: 'Bob', outcome_0: 'refused', reason_0: 'claim' });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('déjà répondu');
  expect(await order()).toMatchObject({ state: 'executed' });
  expect(await answers()).toHaveLength(1);
});

test('of a batch, somebody erased and somebody not found is done: nothing is left to do', async () => {
  const { site, scope, engine, id: application, settle, mails } = await customerService();
  const campaign: Id<'campaign'> = newId();
  const lines = (await gatherPlan(engine, scope, null)).filter((line) => line.application.id === application);
  await write(scope, operator, async (writing) => {
    const persons: Id<'person'>[] = [];
    for (const value of ['ann@example.org', 'bea@example.org']) {
      persons.push((await resolvePerson(writing, [{ kind: 'email', value }], {})).person);
    }
    await freezeCampaign(writing, { id: campaign, kind: 'purge', persons }, lines);
    await createOrders(writing, campaign, publicId('cmp', campaign));
  });
  await settle(0);
  const page = /\/t\/\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
  const both = { by: 'Ada Lovelace', outcome_0: 'executed', outcome_1: 'not_found' };
  expect((await site.sendFiles(page, both)).status).toBe(303);
  const [order] = await ordersOf(scope.db, campaign);
  expect(order).toMatchObject({ state: 'executed', outcome: 'executed' });
});

test('a refusal needs its reason, an answer its author; what was typed is kept', async () => {
  const { site, link, order } = await customerService();
  const response = await site.sendFiles(link, { by: '', outcome_0: 'refused', comment_0: 'Facture en cours' });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('Facture en cours');
  const again = await site.sendFiles(link, { by: 'Ada', outcome_0: 'refused' });
  expect(await again.text()).toContain('Donnez le motif');
  expect(await order()).toMatchObject({ state: 'sent' });
  const fields = { by: 'Ada', outcome_0: 'refused', reason_0: 'legal_duty', until_0: '2034-12-31' };
  expect((await site.sendFiles(link, fields)).status).toBe(303);
  expect(await order()).toMatchObject({ state: 'refused', reason: 'legal_duty' });
});

test.each(['Mme Dupont n’a plus de fiche', 'compte claire.dupont@example.org supprimé', 'rappelée au 06 01 02 03 04'])(
  'a comment that names the person is not kept: %s',
  async (comment) => {
    const { site, link, order } = await customerService();
    const response = await site.sendFiles(link, { ...done, comment_0: comment });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('nomme la personne');
    expect(await order()).toMatchObject({ state: 'sent' });
  },
);

test('an attachment is named by its digest in the answer, its name is made safe, and it dies with the person', async () => {
  const { site, link, answers, scope, request, settle } = await customerService();
  const proof = pdf('../../etc/Capture écran n°1.exe');
  expect((await site.sendFiles(link, { ...done, proof_0: [proof] })).status).toBe(303);
  const digest = `sha256:${sha256(Buffer.from(await proof.arrayBuffer())).toString('hex')}`;
  const [answer] = await answers();
  expect(JSON.stringify(answer?.body)).toContain(digest);
  expect(JSON.stringify(answer?.body)).not.toContain('Capture');
  const row = await scope.db.selectFrom('compliance.task_proof').select(['id', 'sealed']).executeTakeFirstOrThrow();
  expect(row.sealed?.includes('Capture')).toBe(false);
  const path = `/requests/${publicId('req', request)}/proofs/${row.id}`;
  expect((await site.as(null).get(path)).html).not.toContain('PDF-1.7');
  expect((await site.as({ roles: ['dpo'] }).bytes(path)).toString()).toContain('%PDF-1.7');
  const shown = (await site.get(`/requests/${publicId('req', request)}`)).html;
  expect(shown).toContain('1 pièce jointe');
  expect(shown).toContain(`href="${path}"`);
  expect(shown).toContain(digest.slice(7, 19));
  expect(shown).not.toContain('Capture');
  const read = (await site.as({ roles: ['auditor'] }).get(`/requests/${publicId('req', request)}`)).html;
  expect(read).toContain('1 pièce jointe');
  expect(read).not.toContain(`href="${path}"`);
  site.as({ roles: ['dpo'] });
  await settle(3);
  expect((await site.get(`/requests/${publicId('req', request)}`)).html).toContain('pièce détruite');
  const left = await scope.db.selectFrom('compliance.task_proof').select('sealed').executeTakeFirstOrThrow();
  expect(left.sealed).toBeNull();
  expect((await site.get(path)).status).toBe(404);
});

test('an attachment that is too large, of another kind, or one too many is refused with all the answer', async () => {
  const { site, link, order } = await customerService();
  const refused = async (files: readonly File[]) => {
    const response = await site.sendFiles(link, { ...done, proof_0: files });
    expect(response.status).toBe(422);
    return response.text();
  };
  expect(await refused([pdf('big.pdf', 2_100_000)])).toContain('2 Mo');
  expect(await refused([new File(['<script>alert(1)</script>'], 'proof.pdf')])).toContain('quel que soit son nom');
  expect(await refused([1, 2, 3, 4, 5].map((number) => pdf(`${number}.pdf`)))).toContain('4 fichiers au plus');
  expect(await order()).toMatchObject({ state: 'sent' });
});

test('an expired link shows nobody, and sends a fresh one to the same contact, once', async () => {
  const { site, link, links, mails, store, settle } = await customerService();
  store.clock.advance({ days: 8 });
  await settle(0);
  const page = await site.get(link);
  expect(page.html).not.toMatch(/claire|dupont/i);
  expect(page.html).toContain('expiré');
  const before = mails.filter(({ to }) => to === ada).length;
  expect((await site.sendFiles(link, done)).status).toBe(200);
  store.clock.advance({ hours: 1 });
  expect((await site.send(link, {}, `${link}/fresh`)).status).toBe(303);
  expect((await site.send(link, {}, `${link}/fresh`)).status).toBe(429);
  await settle(0);
  expect(mails.filter(({ to }) => to === ada)).toHaveLength(before + 1);
  expect((await site.get(links().at(-1) ?? '')).html).toContain('claire.dupont@example.org');
});

test('a guessed link, or that of somebody who is no longer a contact, leads nowhere', async () => {
  const { site, link, scope, id } = await customerService();
  expect((await site.get(`${link.slice(0, -4)}0000`)).status).toBe(404);
  const other = { channel: 'email', url: 'bob@support.example', identities: [], map: null } as const;
  await reconnectApplication(scope, operator, id, other);
  const page = await site.get(link);
  expect(page.status).toBe(404);
  expect(page.html).not.toMatch(/claire|dupont/i);
});

test('its contacts are reminded before the time is over, then its owner or the DPO is told', async () => {
  const { mails, store, settle, order } = await customerService();
  const { dueAt } = await order();
  const halfMs = ((dueAt?.getTime() ?? 0) - store.clock.now().getTime()) / 2;
  store.clock.advance({ minutes: halfMs / 60_000 + 1 });
  await settle(0);
  expect(mails.filter(({ title }) => title.startsWith('Rappel'))).toHaveLength(1);
  store.clock.advance({ days: 30 });
  await settle(0);
  expect(await order()).toMatchObject({ state: 'sent' });
  const row = await escalationOf(store, (await order()).id);
  expect(row).toBeGreaterThan(0);
});

async function escalationOf(store: Awaited<ReturnType<typeof customerService>>['store'], id: Id<'application_order'>) {
  const [row] = await store.asOwner<{ escalation: number }>(
    'select escalation from compliance.application_order where id = $1',
    [id],
  );
  return row?.escalation ?? -1;
}

test('a mailbox that bounces fails the order, which is told to people and replayed once the address is corrected', async () => {
  const compliance = await complianceTest();
  compliance.refused.add('gone@support.example');
  const { scope, model, settle, store, mails } = compliance;
  const id = await addApplication(
    scope,
    operator,
    { model, asker: systemAsker },
    { name: 'Service client', channel: 'email', url: 'gone@support.example', identities: [], map: null },
  );
  const request = await compliance.open({ identities: claire });
  await settle(2);
  const order = async () => (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'email');
  const failed = await order();
  expect(failed).toMatchObject({ state: 'failed', reason: 'task.bounced' });
  expect(failed?.problem?.fr).toContain('adresses sont refusées');
  expect(await escalationOf(store, failed?.id ?? '')).toBeGreaterThan(0);
  await reconnectApplication(scope, operator, id, { channel: 'email', url: ada, identities: [], map: null });
  await retryOrder(scope, operator, failed?.id ?? '');
  await settle(0);
  expect(mails.map(({ to }) => to)).toContain(ada);
  expect(await order()).toMatchObject({ state: 'sent' });
});

test('one bounce among two contacts is shown, and the order goes on', async () => {
  const compliance = await complianceTest();
  compliance.refused.add('gone@support.example');
  const { scope, model, settle } = compliance;
  const url = `gone@support.example, ${ada}`;
  const connection = { name: 'Service client', channel: 'email', url, identities: [], map: null } as const;
  await addApplication(scope, operator, { model, asker: systemAsker }, connection);
  const request = await compliance.open({ identities: claire });
  await settle(2);
  const order = (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'email');
  expect(order).toMatchObject({ state: 'sent' });
  expect(order?.problem?.fr).toContain('1 contact sur 2');
});

test('an answer to an order that was replayed after a partial one is taken', async () => {
  const { site, link, links, order, scope, settle } = await customerService();
  const fields = { by: 'Ada', outcome_0: 'partly', reason_0: 'technical' };
  expect((await site.sendFiles(link, fields)).status).toBe(303);
  expect(await order()).toMatchObject({ state: 'partly' });
  await retryOrder(scope, operator, (await order()).id);
  await settle(0);
  expect((await site.sendFiles(links().at(-1) ?? '', done)).status).toBe(303);
  expect(await order()).toMatchObject({ state: 'executed' });
});

test.each(['sending', 'sent', 'executed', 'recorded'] as const)(
  'a crash at “%s” writes to the contact once',
  async (step) => {
    const compliance = await complianceTest();
    const { scope, model } = compliance;
    const connection = { name: 'Service client', channel: 'email', url: ada, identities: [], map: null } as const;
    await addApplication(scope, operator, { model, asker: systemAsker }, connection);
    compliance.crashAt(step);
    await compliance.open({ identities: claire });
    await compliance.settle(3);
    expect(compliance.mails.filter(({ title }) => title.includes('Service client'))).toHaveLength(1);
  },
);

test('addresses that are none are refused where they were typed', async () => {
  const compliance = await complianceTest();
  const acting = { model: compliance.model, asker: systemAsker };
  for (const url of ['', 'nobody', 'a@b.example,c', Array.from({ length: 6 }, (_, n) => `n${n}@b.example`).join(',')]) {
    const connection = { name: 'Service client', channel: 'email', url, identities: [], map: null } as const;
    await expect(addApplication(compliance.scope, operator, acting, connection)).rejects.toMatchObject({ status: 422 });
  }
});

test('a comment is held against whole words: « clairement » does not name Claire', () => {
  const identities = [
    { kind: 'first_name', value: 'CLAIRE' },
    { kind: 'birth_date', value: '1971-03-09' },
  ];
  expect(namesPerson('Clairement introuvable', identities)).toBe(false);
  expect(namesPerson('fiche de claire, supprimée', identities)).toBe(true);
  expect(namesPerson('née le 09/03/1971', identities)).toBe(true);
});

test('the test button writes to each contact, and names nobody', async () => {
  const { site, id, mails, settle } = await customerService(`${ada}, bob@support.example`);
  const channel = `/applications/${publicId('app', id)}/channel`;
  const response = await site.as({ roles: ['dpo', 'architect'] }).send(channel, {}, `${channel}/try`);
  expect((await site.get(response.headers.get('location') ?? '')).html).toContain('2 contacts');
  await settle(0);
  expect(mails.filter(({ title }) => title.startsWith('Essai')).map(({ to }) => to)).toEqual([
    ada,
    'bob@support.example',
  ]);
});
