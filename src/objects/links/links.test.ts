import { expect, test } from 'vitest';
import { newId } from '../../kernel/index.ts';
import { defaultUser, type ObjectsFixture, objectsFixture } from '../objects.fixture.ts';

interface Answer {
  readonly status: number;
  readonly id: string;
  readonly number: string;
  readonly detail: string;
  readonly items: readonly {
    readonly id: string;
    readonly number: string;
    readonly action: string;
    readonly object: { readonly number: string };
    readonly values: unknown;
  }[];
}

async function ask(shop: ObjectsFixture, method: string, path: string, body?: object, as = 'admin'): Promise<Answer> {
  const answer = await shop.call(method, `/api/v1/objects/${path}`, { as, ...(body === undefined ? {} : { body }) });
  const said = answer.status === 204 ? {} : ((await answer.json()) as object);
  return { ...(said as Answer), status: answer.status };
}

async function shop() {
  const fixture = await objectsFixture({}, ['trade']);
  const make = (type: string, values: object) => ask(fixture, 'POST', type, { values });
  await make('customer', { name: 'Durand' });
  await make('supplier', { name: 'Aciers du Nord' });
  for (const day of ['2026-03-01', '2026-03-02']) {
    await make('contract', { customer: 'T-0001', reference_code: `du ${day}`, starts_on: day });
    await make('parcel', { weight: '1 kg', delivery: '; ; Lyon; FR' });
  }
  return fixture;
}

const covers = (to: string, values?: object) => ({
  relation: 'covers',
  to,
  ...(values === undefined ? {} : { values }),
});

async function page(fixture: ObjectsFixture, path: string, as = 'admin'): Promise<string> {
  return (await fixture.call('GET', path, { as, headers: { accept: 'text/html' } })).text();
}

async function post(fixture: ObjectsFixture, from: string, to: string, fields: Record<string, string>) {
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page(fixture, from))?.[1] ?? '';
  return fixture.server.fetch(
    new Request(`http://socle.test${to}`, {
      method: 'POST',
      headers: {
        'x-roles': 'admin',
        'x-user': defaultUser,
        accept: 'text/html',
        origin: 'http://socle.test',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ csrf, _key: newId(), ...fields }),
    }),
  );
}

test('a link is seen from both sides, with what is said of it, and found by filters', async () => {
  const fixture = await shop();
  expect((await ask(fixture, 'POST', 'contract/CT-0001/links', covers('COL-0002', { share: '40' }))).status).toBe(201);
  const here = await ask(fixture, 'GET', 'contract/CT-0001/links');
  expect(here.items).toMatchObject([
    { relation: 'covers', object: { number: 'COL-0002' }, values: { share: '40.00' } },
  ]);
  const there = await ask(fixture, 'GET', 'parcel/COL-0002/links?relation=covered_by');
  expect(there.items).toMatchObject([{ relation: 'covered_by', object: { number: 'CT-0001' } }]);
  const numbers = async (type: string, filter: string) =>
    (await ask(fixture, 'GET', `${type}?sort=number&filter=${encodeURIComponent(filter)}`)).items.map(
      (one) => one.number,
    );
  const parcel = await ask(fixture, 'GET', 'parcel/COL-0002');
  expect(await numbers('contract', 'has(covers)')).toEqual(['CT-0001']);
  expect(await numbers('contract', `!has(covers, "${parcel.id}")`)).toEqual(['CT-0002']);
  expect(await numbers('parcel', 'has(covered_by)')).toEqual(['COL-0002']);
  const unknown = await ask(fixture, 'GET', `contract?filter=${encodeURIComponent('has(covered)')}`);
  expect(unknown.detail).toContain('covers, follows, followed_by, sold_by');
});

test('linked again from either side, it is the same link, with what is said now; histories tell of both', async () => {
  const fixture = await shop();
  const first = await ask(fixture, 'POST', 'contract/CT-0001/links', covers('COL-0001', { share: '40' }));
  const again = { relation: 'covered_by', to: 'CT-0001', values: { share: '50', since: '2026-01-01' } };
  expect((await ask(fixture, 'POST', 'parcel/COL-0001/links', again)).id).toBe(first.id);
  expect((await ask(fixture, 'POST', 'parcel/COL-0001/links', again)).id).toBe(first.id);
  expect((await ask(fixture, 'GET', 'contract/CT-0001/links')).items).toHaveLength(1);
  for (const path of ['contract/CT-0001', 'parcel/COL-0001']) {
    const { items } = await ask(fixture, 'GET', `${path}/history`);
    expect(items.map(({ action }) => action)).toEqual(['link', 'link', 'create']);
    expect(await page(fixture, `/objects/${path}`)).toContain('Part (%) 50,00');
  }
  expect((await ask(fixture, 'DELETE', `parcel/COL-0001/links/${first.id}`)).status).toBe(204);
  expect((await ask(fixture, 'DELETE', `parcel/COL-0001/links/${first.id}`)).status).toBe(404);
  expect((await ask(fixture, 'GET', 'contract/CT-0001/history')).items[0]?.action).toBe('unlink');
});

test('what is wrong with a link is told at once, and nothing is kept', async () => {
  const fixture = await shop();
  const wrong = await ask(fixture, 'POST', 'contract/CT-0001/links', covers('COL-9999', { share: '140', until: 'x' }));
  expect(wrong).toMatchObject({
    status: 422,
    errors: [{ pointer: '/values/share' }, { pointer: '/values/until' }, { pointer: '/values/to' }],
  });
  expect((await ask(fixture, 'POST', 'contract/CT-0001/links', { relation: 'cover', to: 'x' })).detail).toContain(
    'covers',
  );
});

test('links leave with either object, whose other side remembers; one made meanwhile is refused', async () => {
  const fixture = await shop();
  await ask(fixture, 'POST', 'contract/CT-0001/links', covers('COL-0001'));
  await ask(fixture, 'POST', 'contract/CT-0001/links', { relation: 'follows', to: 'CT-0002' });
  expect((await ask(fixture, 'DELETE', 'parcel/COL-0001')).status).toBe(204);
  expect((await ask(fixture, 'GET', 'contract/CT-0001/links')).items).toHaveLength(1);
  expect((await ask(fixture, 'GET', 'contract/CT-0001/history')).items[0]?.action).toBe('unlink');
  for (let round = 0; round < 4; round += 1) {
    const { number } = await ask(fixture, 'POST', 'parcel', { values: { weight: '1 kg', delivery: '; ; Lyon; FR' } });
    await Promise.all([
      ask(fixture, 'DELETE', `parcel/${number}`),
      ask(fixture, 'POST', 'contract/CT-0001/links', covers(number)),
    ]);
  }
  const orphans = await fixture.asOwner<{ n: string }>(
    "select count(*)::text as n from objects.link where relation = 'contract.covers' and to_id not in (select id from model.parcel)",
  );
  expect(orphans).toEqual([{ n: '0' }]);
});

test('who may not change an object can’t link it, nor see what they may not read', async () => {
  const fixture = await shop();
  await ask(fixture, 'POST', 'contract/CT-0001/links', { relation: 'sold_by', to: 'T-0001' });
  expect((await ask(fixture, 'POST', 'contract/CT-0001/links', covers('COL-0001'), 'member')).status).toBe(403);
  expect((await ask(fixture, 'GET', 'contract/CT-0001/links', undefined, 'member')).items).toEqual([]);
  const shown = await page(fixture, '/objects/contract/CT-0001', 'member');
  expect(shown).not.toContain('Aciers du Nord');
  expect(shown).not.toContain('/links/');
});

test('pages link, change and unlink without script', async () => {
  const fixture = await shop();
  const contract = '/objects/contract/CT-0001';
  expect(await page(fixture, contract)).toContain(`${contract}/links/covers`);
  const form = `${contract}/links/covers`;
  const refused = await post(fixture, form, form, { to: 'COL-0001', 'values.share': '101' });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('value="101"');
  expect((await post(fixture, form, form, { to: 'COL-0001', 'values.share': '30' })).status).toBe(303);
  const linked = await page(fixture, contract);
  expect(linked).toContain('COL-0001');
  const [, link = ''] = new RegExp(`href="(${form}/lnk_[^"]+)"`).exec(linked) ?? [];
  expect(await page(fixture, link)).toContain('value="30.00"');
  expect(await page(fixture, '/objects/parcel/COL-0001')).toContain('Couvert par');
  expect((await post(fixture, link, `${link}/remove`, {})).status).toBe(303);
  expect(await page(fixture, contract)).not.toContain('lnk_');
  expect(await page(fixture, '/model/parcel')).toContain('Couvert par');
});
