import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../kernel/index.ts';
import {
  type CallOptions,
  csrf,
  defaultUser,
  type ObjectsFixture,
  objectsFixture,
  publicUrl,
} from '../objects/objects.fixture.ts';
import { viewsRoom } from './index.ts';

let fixture: ObjectsFixture;
const another = newId();

beforeAll(async () => {
  fixture = await objectsFixture({}, ['expenses', 'src/views/fixtures/expense_views'], 1, (live) => viewsRoom(live));
  const rome = await created('team', { name: 'Rome' });
  await created('team', { name: 'Oslo' });
  await expense({ subject: 'Train', team: rome, amount: eur('120.10'), spent_on: '2026-01-10' });
  await expense({ subject: 'Hotel', team: rome, amount: eur('80.05'), spent_on: '2026-03-02' });
  await expense({ subject: 'Visa', amount: { amount: '50', currency: 'USD' }, spent_on: '2026-03-30' }, another);
  await expense({ subject: 'Lunch' }, another);
  const sent = await expense({ subject: '=1+1', team: rome, amount: eur('10'), spent_on: '2026-03-31' });
  await json('POST', `/api/v1/objects/expense/${sent}/transitions`, { body: { transition: 'send' } });
});

function eur(amount: string) {
  return { amount, currency: 'EUR' };
}

async function created(type: string, values: object, user = defaultUser): Promise<string> {
  const response = await fixture.call('POST', `/api/v1/objects/${type}`, { as: 'admin', user, body: { values } });
  const body: { number: string } = JSON.parse(await response.text());
  if (response.status !== 201) throw new Error(JSON.stringify(body));
  return body.number;
}

const expense = (values: object, user = defaultUser) => created('expense', values, user);

async function json(method: string, path: string, options: CallOptions = {}) {
  const response = await fixture.call(method, path, options);
  return JSON.parse(await response.text());
}

async function text(path: string, options: CallOptions = {}): Promise<string> {
  return (await fixture.call('GET', path, options)).text();
}

const html = { headers: { accept: 'text/html', 'accept-language': 'en' } };

function groups(answer: { groups: readonly { label: { en: string }; count: number; sum?: unknown }[] }) {
  return answer.groups.map(({ label, count, sum }) => (sum === undefined ? [label.en, count] : [label.en, count, sum]));
}

describe('Numbers of a view', () => {
  it('count every state, also those where nothing is', async () => {
    expect(groups(await json('GET', '/api/v1/views/by_state'))).toEqual([
      ['Draft', 4],
      ['Sent', 1],
      ['Paid', 0],
    ]);
  });

  it('count only what the reader may see: a member sees their own expenses, an auditor the paid ones', async () => {
    const member = { as: 'member', user: another };
    expect(groups(await json('GET', '/api/v1/views/by_state', member))).toEqual([
      ['Draft', 2],
      ['Sent', 0],
      ['Paid', 0],
    ]);
    const auditor = await json('GET', '/api/v1/views/by_state', { as: 'auditor' });
    expect(groups(auditor).map(([, count]) => count)).toEqual([0, 0, 0]);
    const counters = await json('GET', '/api/v1/views/expense_counts', member);
    expect(counters.counters.map(({ value }: { value: number }) => value)).toEqual([2, 0]);
  });

  it('have a place for each month between the first and the last, and for what has no date', async () => {
    expect(groups(await json('GET', '/api/v1/views/by_month'))).toEqual([
      ['Jan 2026', 1],
      ['Feb 2026', 0],
      ['Mar 2026', 3],
      ['Not filled', 1],
    ]);
  });

  it('add up amounts exactly, and never two currencies together', async () => {
    expect(groups(await json('GET', '/api/v1/views/amounts_by_team'))).toEqual(
      expect.arrayContaining([
        ['Rome', 3, { amount: '210.15', currency: 'EUR' }],
        ['Not filled', 1, { amount: '50.00', currency: 'USD' }],
      ]),
    );
  });

  it('lead to the list of the very objects counted', async () => {
    const page = await text('/views/by_month', html);
    const [, href = ''] = /<a href="([^"]+)">Mar 2026/.exec(page) ?? [];
    const list = await text(href.replaceAll('&amp;', '&'), html);
    expect(list).toContain('3 objects');
    expect(list).toContain('Hotel');
    expect(list).not.toContain('Train');
  });
});

describe('A view', () => {
  it('is for the roles it names, whatever they know of its address', async () => {
    const response = await fixture.call('GET', '/api/v1/views/amounts_by_team', { as: 'auditor' });
    expect(response.status).toBe(404);
    const names = (await json('GET', '/api/v1/views', { as: 'auditor' })).items.map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toContain('by_state');
    expect(names).not.toContain('amounts_by_team');
  });

  it('is given as CSV, with numbers that add up and texts that no spreadsheet runs', async () => {
    const csv = await text('/api/v1/views/to_pay?format=csv', { headers: { 'accept-language': 'en' } });
    expect(csv).toBe("Number,Subject,Amount,Amount (unit),Team\r\nE-000005,'=1+1,10.00,EUR,Rome\r\n");
    const counted = await text('/api/v1/views/by_state', { headers: { accept: 'text/csv', 'accept-language': 'fr' } });
    expect(counted).toBe('État,Nombre\r\nBrouillon,4\r\nEnvoyée,1\r\nPayée,0\r\n');
  });

  it('is given as a picture that is well-formed and holds no script nor style', async () => {
    const response = await fixture.call('GET', '/api/v1/views/by_state', {
      headers: { accept: 'image/svg+xml', 'accept-language': 'en' },
    });
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    const svg = await response.text();
    expect(svg).toMatch(/^<\?xml[^>]+\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('Draft : 4');
    expect(svg).not.toMatch(/<script|style=|<style|onload/);
  });

  it('says that it has no picture when it has none', async () => {
    const response = await fixture.call('GET', '/api/v1/views/to_pay?format=svg');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('no_picture');
  });

  it('of kind table is its list, filtered, sorted and with its own columns', async () => {
    const page = await text('/views/to_pay', html);
    expect(page).toContain('=1+1');
    expect(page).not.toContain('Hotel');
    expect(page).toContain('<h1>To pay</h1>');
    const answer = await json('GET', '/api/v1/views/to_pay');
    expect(answer.items.map(({ number }: { number: string }) => number)).toEqual(['E-000005']);
  });

  it('stands above the list of its type, as the list stands above it', async () => {
    const list = await text('/objects/expense', html);
    expect(list).toContain('href="/views/to_pay"');
    expect(await text('/views/by_state', html)).toContain('href="/objects/expense"');
    expect(await text('/views', html)).toContain('href="/views/expense_board"');
  });
});

describe('A board', () => {
  it('has a lane a state with its count, and a card an object that leads to its moves', async () => {
    const page = await text('/views/expense_board', html);
    expect(page).toMatch(/Draft<\/a> <span class="count">4</);
    expect(page).toMatch(/Sent<\/a> <span class="count">1</);
    expect(page).toContain('href="/views/expense_board/move/E-000001"');
    expect(page).toContain('Rome · €120.10 · ');
  });

  it('offers no move to who makes none', async () => {
    expect(await text('/views/expense_board', { ...html, as: 'auditor' })).not.toContain('/move/');
  });

  it('moves a card by the transition of its object, with all that it asks', async () => {
    const page = await text('/views/expense_board/move/E-000002', html);
    expect(page).toContain('Send');
    const lunch = await text('/views/expense_board/move/E-000004', html);
    expect(lunch).toContain('href="/objects/expense/E-000004/transitions/send"');
    const moved = await post('/views/expense_board/move/E-000002', { transition: 'send' });
    expect([moved.status, moved.headers.get('location')]).toEqual([303, '/views/expense_board']);
    expect((await json('GET', '/api/v1/objects/expense/E-000002')).state).toBe('sent');
    const refused = await post('/views/expense_board/move/E-000003', { transition: 'pay' });
    expect(refused.status).toBe(422);
    expect((await json('GET', '/api/v1/objects/expense/E-000003')).state).toBe('draft');
  });
});

/** As a browser does: with the token that the page shown gave. */
async function post(path: string, values: Readonly<Record<string, string>>, as = 'admin'): Promise<Response> {
  const shown = await text(path, { ...html, as });
  const token = /name="csrf" value="([^"]+)"/.exec(shown)?.[1] ?? csrf;
  return fixture.server.fetch(
    new Request(publicUrl + path, {
      method: 'POST',
      headers: {
        'x-roles': as,
        accept: 'text/html',
        origin: publicUrl,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ ...values, csrf: token, _key: newId() }),
    }),
  );
}
