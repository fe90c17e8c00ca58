import { expect, test } from 'vitest';
import { z } from 'zod';
import { objectsFixture } from '../objects.fixture.ts';

const { call, live } = await objectsFixture();

const proposed = z.object({ id: z.string(), consequences: z.array(z.object({ text: z.object({ en: z.string() }) })) });

const text = `pack: lending
version: 1.0.0
label: { fr: Prêt, en: Lending }
types:
  loan:
    label: { fr: Prêt, en: Loan }
    plural: { fr: Prêts, en: Loans }
    attributes:
      borrower: { type: text, label: { fr: Emprunteur, en: Borrower } }
    rights: { read: [anyone], create: [member] }
`;

async function propose(body: object) {
  const response = await call('POST', '/api/v1/model/proposals', { body });
  return proposed.parse(await response.json());
}

async function statusOf(method: string, path: string, as = 'admin'): Promise<number> {
  return (await call(method, path, { as, body: method === 'GET' ? undefined : {} })).status;
}

test('a pack is proposed, applied, and its objects are there at once, in the generated reference too', async () => {
  const { id, consequences } = await propose({ files: [{ file: 'lending/pack.yaml', text }] });
  expect(consequences.map((one) => one.text.en)).toEqual(['New pack: Lending', 'New type: Loan (1 attributes)']);
  expect(await statusOf('GET', '/api/v1/objects/loan')).toBe(404);
  expect(await statusOf('POST', `/api/v1/model/proposals/${id}/apply`)).toBe(200);
  expect(await statusOf('GET', '/api/v1/objects/loan')).toBe(200);
  const reference = await (await call('GET', '/api/v1/openapi.json')).text();
  expect(reference).toContain('"/api/v1/objects/loan/{id}"');
});

test('a pack comes back out as the file that was given', async () => {
  const answer = z.object({ text: z.string() }).parse(await (await call('GET', '/api/v1/model/packs/lending')).json());
  expect(answer.text).toBe(text);
  expect(await statusOf('GET', '/api/v1/model/packs/renting')).toBe(404);
});

test('versions are listed, compared and taken back', async () => {
  const { number } = live.version();
  const gone = await propose({ without: ['lending'] });
  await call('POST', `/api/v1/model/proposals/${gone.id}/apply`);
  const known = z
    .object({ items: z.array(z.object({ number: z.number(), packs: z.array(z.object({ name: z.string() })) })) })
    .parse(await (await call('GET', '/api/v1/model/versions')).json());
  expect(known.items[0]?.packs.map(({ name }) => name)).toEqual(['workshop']);
  const back = await propose({ version: number });
  expect(back.consequences.map((one) => one.text.en)).toEqual(['New pack: Lending', 'New type: Loan (1 attributes)']);
  const compared = await call('GET', `/api/v1/model/versions/${number}/compare/${live.version().number}`);
  expect(await compared.text()).toContain('Pack removed: Lending');
  expect(await statusOf('GET', `/api/v1/model/versions/${number}/compare/x`)).toBe(404);
});

test('only who may change the model proposes a change', async () => {
  expect(await statusOf('POST', '/api/v1/model/proposals', 'member')).toBe(403);
  expect(await statusOf('GET', '/api/v1/model/versions', 'auditor')).toBe(403);
});

test('where several organisations share the model, an administrator of one changes it for none of them', async () => {
  const several = await objectsFixture({}, ['workshop'], 2);
  const response = await several.call('POST', '/api/v1/model/proposals', { body: { files: [] } });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('model.shared');
});
