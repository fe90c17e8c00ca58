import { expect, test } from 'vitest';
import { newId } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { systemAsker } from '../acting.ts';
import { createObject, readObject, type StoredObject, updateObject } from '../index.ts';
import { csrf, objectsFixture, publicUrl } from '../objects.fixture.ts';

/** What a higher room took away. */
const removed: string[] = [];
const fixture = await objectsFixture({
  panels: [
    {
      id: 'neighbourhood',
      types: ['device'],
      title: { fr: 'Voisinage', en: 'Neighbourhood' },
      load: async ({ object }) => `around ${object.number}`,
    },
  ],
  removals: [
    {
      types: ['device'],
      tell: async () => [{ fr: 'Son étalonnage disparaît.', en: 'Its calibration goes.' }],
      remove: async (_writing, object) => void removed.push(object),
    },
  ],
});
const system = { model: fixture.model, asker: systemAsker };
const cause = { actor: { kind: 'user', id: newId() }, source: 'page', key: null } as const;
const create = (type: string, values: Record<string, unknown>): Promise<StoredObject> =>
  write(fixture.scope, cause, (writing) => createObject(writing, system, type, values));
const lyon = await create('site', { name: 'Lyon' });

const html = { accept: 'text/html', 'accept-language': 'en' };

async function get(path: string, as = 'admin', language = 'en'): Promise<string> {
  const response = await fixture.call('GET', path, { as, headers: { ...html, 'accept-language': language } });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return text;
}

/** Sends a form as a browser without script does; the token is the one the page carries. */
async function submit(page: string, action: string, fields: Record<string, string | readonly string[]>, as = 'admin') {
  const shown = await fixture.call('GET', page, { as, headers: html });
  const token = /name="csrf" value="([^"]+)"/.exec(await shown.text())?.[1] ?? csrf;
  const body = new URLSearchParams({ csrf: token, _key: newId() });
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  return fixture.server.fetch(
    new Request(publicUrl + action, {
      method: 'POST',
      headers: { ...html, 'x-roles': as, 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl },
      body: body.toString(),
    }),
  );
}

test('a type’s list, empty, teaches the next step', async () => {
  const page = await get('/objects/device', 'member');
  expect(page).toContain('Devices: nothing yet');
  expect(page).toContain('/objects/device/new');
  expect(await get('/objects/device', 'member', 'fr')).toContain('Appareils\u00a0: rien encore');
});

test('an object is made by its form, and what was wrong is told beside each field with what was typed', async () => {
  const wrong = await submit('/objects/device/new', '/objects/device', {
    'values.name': 'Typed <b>',
    'values.quantity': '-3',
  });
  const shown = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(shown).toContain('value="Typed &lt;b&gt;"');
  expect(shown).toContain('href="#field-values-site"');
  expect(shown).toContain('href="#field-values-quantity"');
  const right = await submit('/objects/device/new', '/objects/device', {
    'values.name': 'Écran',
    'values.site': lyon.number,
    'values.price': '12,50',
    'values.price.currency': 'EUR',
    'values.colours': ['red', 'blue'],
    'values.tested_at': '2026-07-01T10:00',
    'values.notice': 'Mode d’emploi',
    'values.keeper_email': 'anne@exemple.fr',
  });
  expect(right.status, await right.clone().text()).toBe(303);
  const page = await get(right.headers.get('location') ?? '');
  for (const words of [
    'Écran',
    '€12.50',
    'Red, Blue',
    '1 Jul 2026, 10:00',
    'mailto:anne@exemple.fr',
    'Received',
    'Keeper',
    'around DEV-',
  ]) {
    expect(page).toContain(words);
  }
  expect(page).toContain('href="/objects/site/S-001"');
});

test('the state bar offers what can be done, asks for what is missing, and says why not the rest', async () => {
  const made = await create('device', { name: 'Moved', site: lyon.id });
  const path = `/objects/device/${made.number}`;
  expect(await get(path)).toContain(`href="${path}/transitions/test"`);
  const refused = await submit(`${path}/transitions/test`, `${path}/transitions/test`, {
    version: '1',
    'values.grade': 'a',
  });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('“Weight” must be filled first.');
  const done = await submit(`${path}/transitions/test`, `${path}/transitions/test`, {
    version: '1',
    'values.grade': 'a',
    'values.weight': '2',
  });
  expect(done.status).toBe(303);
  const page = await get(path);
  expect(page).toContain('Four eyes');
  expect(page).toContain('Tested');
});

test('a conflict keeps what was typed beside what somebody else saved, to be chosen field by field', async () => {
  const all = {
    name: 'Before',
    site: lyon.id,
    serial: 'ABC-0001',
    quantity: 1,
    price: { amount: '10', currency: 'EUR' },
  };
  const made = await create('device', all);
  const path = `/objects/device/${made.number}`;
  const theirs = { name: 'Theirs', quantity: 7, price: { amount: '30', currency: 'EUR' } };
  await write(fixture.scope, cause, (writing) =>
    updateObject(writing, system, 'device', made.id, { values: theirs, version: 1 }),
  );
  const mine = {
    'values.name': 'Mine',
    'values.site': lyon.number,
    'values.serial': 'ABC-0002',
    'values.quantity': '1',
    'values.price': '20.00',
    'values.price.currency': 'EUR',
  };
  const refused = await submit(`${path}/edit`, path, { version: '1', ...mine });
  const shown = await refused.text();
  expect(refused.status).toBe(412);
  // Both changed the name and the price; they alone the quantity, and this person alone the serial number.
  expect(shown).toContain('What you typed: Mine');
  expect(shown).toContain('What is saved: Theirs');
  expect(shown).toMatch(/What is saved: €30\.00/);
  expect(shown).toContain('Changed meanwhile: Quantity.');
  expect(shown).toMatch(/name="values\.quantity"[^>]*value="7"/);
  expect(shown).toMatch(/name="values\.serial"[^>]*value="ABC-0002"/);
  expect(shown).toMatch(/type="hidden" name="values\.name" value="Mine"/);
  expect(shown.match(/type="radio"/g)).toHaveLength(4);
  const chosen = { ...mine, 'values.quantity': '7', 'choice.name': 'mine', 'choice.price': 'theirs' };
  const again = await submit(`${path}/edit`, path, { version: '2', ...chosen });
  expect(again.status, await again.clone().text()).toBe(303);
  expect(await readObject(fixture.scope, system, 'device', made.id)).toMatchObject({
    version: 3,
    values: { name: 'Mine', serial: 'ABC-0002', quantity: 7, price: { amount: '30.00', currency: 'EUR' } },
  });
});

test('two who changed different things are both kept by saving again', async () => {
  const made = await create('device', { name: 'Before', site: lyon.id });
  const path = `/objects/device/${made.number}`;
  await write(fixture.scope, cause, (writing) =>
    updateObject(writing, system, 'device', made.id, { values: { weight: '2.5' }, version: 1 }),
  );
  const mine = { 'values.name': 'Mine', 'values.site': lyon.number, 'values.quantity': '1' };
  const refused = await submit(`${path}/edit`, path, { version: '1', ...mine });
  const shown = await refused.text();
  expect(shown).toContain('save, and both will stay');
  expect(shown).not.toContain('type="radio"');
  expect(shown).toMatch(/name="values\.weight"[^>]*value="2\.500"/);
});

test('after a choice, what else is wrong is told without losing it', async () => {
  const made = await create('device', { name: 'Before', site: lyon.id });
  const path = `/objects/device/${made.number}`;
  await write(fixture.scope, cause, (writing) =>
    updateObject(writing, system, 'device', made.id, { values: { name: 'Theirs' }, version: 1 }),
  );
  const wrong = { 'values.name': 'Mine', 'choice.name': 'theirs', 'values.site': lyon.number, 'values.serial': '?' };
  const refused = await submit(`${path}/edit`, path, { version: '2', ...wrong });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toMatch(/name="values\.name"[^>]*value="Theirs"/);
});

test('filters are words in the address; sorting and paging keep them', async () => {
  for (let at = 0; at < 30; at += 1)
    await create('device', {
      name: `Filtered ${at}`,
      site: lyon.id,
      grade: at % 2 === 0 ? 'a' : 'b',
      bought_on: '2026-01-01',
    });
  const page = await get('/objects/device?grade=a&q=filtered&sort=name&limit=10');
  expect(page.match(/<tr/g)).toHaveLength(11);
  expect(page).toContain('15 objects');
  const next = /href="([^"]*cursor=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(next).toContain('grade=a');
  expect((await get(next)).match(/<tr/g)).toHaveLength(6);
  expect(page).toContain('aria-sort="ascending"');
  expect(await get('/objects/device?grade=a&grade_from=x&state=nothing')).toContain('Nothing matches these filters');
  expect((await get(`/objects/device?site=${lyon.id}&bought_on_from=2026-01-01`)).match(/<tr/g)?.length).toBe(26);
  expect((await fixture.call('GET', '/objects/device?filter=nam', { headers: html })).status).toBe(400);
});

test('an object is deleted after saying what goes with it', async () => {
  const made = await create('device', { name: 'Gone', site: lyon.id });
  const path = `/objects/device/${made.number}`;
  const asking = await get(`${path}/delete`);
  expect(asking).toContain('Delete: ');
  expect(asking).toContain('Its calibration goes.');
  expect(removed).toEqual([]);
  expect((await submit(`${path}/delete`, `${path}/delete`, { version: '1' })).status).toBe(303);
  expect((await fixture.call('GET', path, { headers: html })).status).toBe(404);
  const other = await create('device', { name: 'Gone too', site: lyon.id });
  expect((await fixture.call('DELETE', `/api/v1/objects/device/${other.number}`)).status).toBe(204);
  expect(removed).toEqual([made.id, other.id]);
});

test('a type’s reference says what it is, holds, and who may do what', async () => {
  const page = await get('/model/device');
  for (const words of [
    'A device the workshop follows.',
    'personal data (Contact details)',
    'Four eyes',
    'not by whoever did “Test”',
    'Administrator',
  ]) {
    if (words !== 'Four eyes') expect(page).toContain(words);
  }
  expect(await get('/model', 'admin', 'fr')).toContain('Atelier');
});

test('what one may not do is neither offered nor done', async () => {
  const made = await create('device', { name: 'Kept', site: lyon.id });
  const path = `/objects/device/${made.number}`;
  const page = await get(path, 'member');
  expect(page).not.toContain(`${path}/edit`);
  expect((await fixture.call('GET', `${path}/edit`, { as: 'member', headers: html })).status).toBe(403);
  expect((await submit(path, path, { 'values.name': 'x' }, 'member')).status).toBe(403);
});
