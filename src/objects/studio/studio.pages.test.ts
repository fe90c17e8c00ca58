import { expect, test } from 'vitest';
import { newId } from '../../kernel/index.ts';
import { objectsFixture, publicUrl } from '../objects.fixture.ts';

/** A business analyst describes what is lent, sees its form, applies it, and lends. */
const { call, server, live } = await objectsFixture();
const html = { accept: 'text/html', 'accept-language': 'en' };

async function get(path: string, as = 'admin'): Promise<string> {
  return (await call('GET', path, { as, headers: html })).text();
}

const csrf = /name="csrf" value="([^"]+)"/.exec(await get('/studio/new'))?.[1] ?? '';

type Fields = Readonly<Record<string, string | readonly string[]>>;

async function send(path: string, fields: Fields = {}, as = 'admin') {
  const pairs = Object.entries({ csrf, _key: newId(), ...fields }).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one] as [string, string]),
  );
  const response = await server.fetch(
    new Request(`${publicUrl}${path}`, {
      method: 'POST',
      headers: { ...html, 'x-roles': as, 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl },
      body: new URLSearchParams(pairs).toString(),
    }),
  );
  return { status: response.status, to: response.headers.get('location') ?? '', text: await response.text() };
}

const labels = (fr: string, en: string) => ({ label_fr: fr, label_en: en });

test('a pack is made, shown as it will be, applied, and its objects are there', async () => {
  const { to: draft } = await send('/studio/new', labels('Prêt de matériel', 'Equipment lending'));
  expect(draft).toMatch(/^\/studio\/drafts\//);
  const { to: type } = await send(`${draft}/types/new`, {
    ...labels('Prêt', 'Loan'),
    plural_fr: 'Prêts',
    plural_en: 'Loans',
  });
  expect(type).toBe(`${draft}/types/loan`);
  await send(`${type}/attributes/new`, {
    ...labels('État', 'Condition'),
    kind: 'choice',
    values: 'Bon | Good\nUsé | Worn',
    required: 'on',
  });
  const page = await get(type);
  expect(page).toContain('<option value="worn">Worn</option>');
  expect(page).toContain('New type: Loan (2 attributes)');
  for (const [fr, en] of [
    ['Brouillon', 'Draft'],
    ['Rendu', 'Returned'],
  ] as const) {
    expect((await send(`${type}/states/new`, labels(fr, en))).status).toBe(303);
  }
  const step = { ...labels('Rendre', 'Return'), from: ['draft'], to: 'returned', roles: ['member', 'admin'] };
  expect((await send(`${type}/transitions/new`, step)).status).toBe(303);
  expect(await get(draft)).toContain('Nothing leaves “returned”: add a transition, or “final: true”.');
  await send(`${type}/states/returned`, { ...labels('Rendu', 'Returned'), final: 'on' });
  await send(`${type}/rights`, { read: ['anyone'], create: ['member', 'admin'] });
  expect((await send(`${draft}/apply`)).to).toBe('/studio');
  const loan = live.current().types.get('loan');
  expect([...(loan?.attributes.keys() ?? [])]).toEqual(['name', 'condition']);
  expect(loan?.rights.create[0]?.roles).toEqual(['admin', 'member']);
  expect(loan?.lifecycle?.initial).toBe('draft');
  expect(await get('/objects/loan/new', 'member')).toContain('Condition');
  expect(await get('/studio')).toContain('Equipment lending');
});

test('a pack in force is changed in a draft; what would be lost is told before', async () => {
  const { to: draft } = await send('/studio/packs/equipment_lending/draft');
  const type = `${draft}/types/loan`;
  expect((await send('/studio/packs/equipment_lending/draft')).to).toBe(draft);
  await send(`${type}/attributes/condition`, {
    ...labels('État', 'Condition'),
    kind: 'choice',
    values: 'good = Bon | Good\nworn = Usé | Worn\nCassé | Broken',
  });
  await send(`${type}/attributes/name/remove`);
  const page = await get(draft);
  expect(page).toContain('Equipment lending: from version 0.1.0 to 0.2.0');
  expect(page).toContain('Condition: values, required');
  expect(page).toContain('Attribute removed: Name. Its values are archived, no longer shown (0 objects)');
  await send(`${draft}/apply`);
  expect([...(live.current().types.get('loan')?.attributes.keys() ?? [])]).toEqual(['condition']);
});

test('what a form would break is told beside it, and nothing is saved', async () => {
  const { to: draft } = await send('/studio/packs/equipment_lending/draft');
  const type = `${draft}/types/loan`;
  const { status, text } = await send(`${type}/attributes/new`, {
    ...labels('Prix', 'Price'),
    kind: 'money',
    computed: 'colour * 2',
  });
  expect(status).toBe(422);
  expect(text).toContain('colour');
  expect(text).toContain('value="Price"');
  expect(await get(type)).not.toContain('Price');
  await send(`${draft}/discard`);
  expect(await get(draft)).toContain('This draft is no more');
});

test('text says all that a pack can; a draft that doesn’t hold is kept, told by line, and can’t be applied', async () => {
  const { to: draft } = await send('/studio/packs/equipment_lending/draft');
  const body = `pack: equipment_lending
version: 0.9.0
label: { fr: Prêt, en: Lending }
types:
  loan:
    label: { fr: Prêt, en: Loan }
    atributes: {}
`;
  const { to } = await send(`${draft}/text`, { body, version: '1' });
  expect(to).toBe(`${draft}/text`);
  const page = await get(draft);
  expect(page).toContain('To mend before it is applied');
  expect(page).toContain('(l. 7)');
  expect(page).not.toContain(`action="${draft}/apply"`);
  expect((await send(`${draft}/apply`)).status).toBe(422);
  const stale = await send(`${draft}/text`, { body, version: '1' });
  expect([stale.status, stale.text.includes('Somebody else changed this draft')]).toEqual([412, true]);
  await send(`${draft}/discard`);
});

test('who may not change the model prepares it, and asks for it to be applied', async () => {
  const { to: draft } = await send('/studio/packs/equipment_lending/draft', {}, 'architect');
  await send(`${draft}/types/loan/attributes/new`, { ...labels('Note', 'Note'), kind: 'text' }, 'architect');
  expect((await send(`${draft}/apply`, {}, 'architect')).status).toBe(403);
  await send(`${draft}/submit`, {}, 'architect');
  expect(await get('/studio')).toContain('To be applied');
  expect((await send(`${draft}/apply`)).to).toBe('/studio');
  expect((await call('GET', '/studio', { as: 'member', headers: html })).status).toBe(403);
});

test('a draft that another change overtook says what it would undo, and waits for its author', async () => {
  const { to: draft } = await send('/studio/packs/equipment_lending/draft');
  await send(`${draft}/types/loan/attributes/new`, { ...labels('Lieu', 'Place'), kind: 'text' });
  const other = (live.packText('equipment_lending') ?? '').replace('en: Note', 'en: Remark');
  const proposed = await call('POST', '/api/v1/model/proposals', { body: { files: [{ file: 'x', text: other }] } });
  const { id }: { id: string } = JSON.parse(await proposed.text());
  await call('POST', `/api/v1/model/proposals/${id}/apply`);
  expect(await get(draft)).toContain('Applying the draft would undo this');
  expect((await send(`${draft}/apply`)).status).toBe(409);
  await send(`${draft}/keep`);
  expect((await send(`${draft}/apply`)).to).toBe('/studio');
});

test('versions are listed with who asked for them, and one is taken back', async () => {
  const page = await get('/studio/versions');
  expect(page).toContain('in force');
  const numbers = (await live.versions()).map(({ number }) => number);
  const before = numbers[1] ?? 0;
  const shown = await get(`/studio/versions/${before}`);
  expect(shown).toContain(`Take version ${before} back`);
  expect((await send(`/studio/versions/${before}/take-back`)).to).toBe('/studio/versions');
  expect(live.current().types.get('loan')?.attributes.has('place')).toBe(false);
  expect(await get('/studio/versions/999')).toContain('no version 999');
});
