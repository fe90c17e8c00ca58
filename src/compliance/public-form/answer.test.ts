import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';

const compliance = await complianceTest();
const { scope, store } = compliance;
await compliance.application('shop', shopSchema);
const site = new Site(compliance, createLog('silent')).as(null);
const link = `/r/${publicId('org', scope.org)}/link`;
const { mails } = compliance;

/** The path that the last message of this kind gives. */
function lastPath(kind: 'answer' | 'confirm' | 'status'): string {
  const found = mails.flatMap((mail) => mail.text.match(new RegExp(`/r/\\w+/${kind}/[\\w.-]+`, 'g')) ?? []);
  return found.at(-1) ?? 'none';
}

const askLink = async (number: string, email: string): Promise<string> => {
  const response = await site.send(link, { number, email });
  await compliance.settle(0);
  return `${response.status} ${response.headers.get('location')}`;
};

const id = await compliance.open();
await compliance.settle(2);
const { number, state } = await readRequestRow(scope.db, id);
const first = lastPath('answer');

test('the person reads the answer by their link, even once Socle has forgotten who they are', async () => {
  expect(state).toBe('closed');
  const page = await site.get(first);
  expect(page.status).toBe(200);
  expect(page.html).toContain('Nous avons fait droit à votre demande');
});

test('a link that was changed leads nowhere, and one past its time says how to get another', async () => {
  const [path = '', mark = ''] = [first.slice(0, -4), 'AAAA'];
  expect((await site.get(path + mark)).status).toBe(404);
  const elsewhere = await store.organisation();
  const foreign = first.replace(publicId('org', scope.org), publicId('org', elsewhere.org));
  expect((await site.get(foreign)).status).toBe(404);
  store.clock.advance({ days: 31 });
  const expired = await site.get(first);
  expect(expired.status).toBe(410);
  expect(expired.html).toContain('/link"');
});

test('a fresh link goes to the address of the request alone, and nobody learns which addresses are known', async () => {
  const before = mails.length;
  const answers = [
    await askLink(number, 'somebody.else@example.org'),
    await askLink('DR-2020-99999', 'claire.dupont@example.org'),
  ];
  expect(mails).toHaveLength(before);
  answers.push(await askLink(number.toLowerCase(), 'Claire.Dupont@example.org'));
  expect(new Set(answers).size).toBe(1);
  expect(mails).toHaveLength(before + 1);
  expect(mails.at(-1)?.to).toBe('Claire.Dupont@example.org');
  expect(lastPath('answer')).not.toBe(first);
  const page = await site.get(lastPath('answer'));
  expect(page.html).toContain('Nous avons fait droit à votre demande');
});

test('after its time the answer is destroyed, and its links have expired', async () => {
  const fresh = lastPath('answer');
  store.clock.advance({ days: 29 });
  expect((await site.get(fresh)).status).toBe(200);
  store.clock.advance({ days: 40 });
  await compliance.settle(0);
  expect(await scope.db.selectFrom('compliance.answer_copy').select('id').execute()).toEqual([]);
  expect((await site.get(fresh)).status).toBe(410);
});

test('who has not confirmed yet is sent the link to confirm again', async () => {
  const form = `/r/${publicId('org', scope.org)}`;
  expect((await site.send(form, { email: 'paul.martin@example.org' })).status).toBe(303);
  await compliance.settle(0);
  const confirm = lastPath('confirm');
  const { number: other } = await scope.db
    .selectFrom('compliance.request')
    .select('number')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  mails.length = 0;
  await askLink(other, 'paul.martin@example.org');
  expect(lastPath('confirm')).toBe(confirm);
  expect(lastPath('answer')).toBe('none');
});
