import { beforeAll, describe, expect, it } from 'vitest';
import { createLog, newId } from '../../kernel/index.ts';
import { runDueBatch } from '../../store/index.ts';
import { importHandler } from '../import/handler.ts';
import { type ObjectsFixture, objectsFixture } from '../objects.fixture.ts';

let fixture: ObjectsFixture;

beforeAll(async () => {
  fixture = await objectsFixture();
  await create('site', { name: 'Lyon' });
  await create('site', { name: 'Paris' });
  for (let at = 1; at <= 3; at += 1) {
    await create('device', {
      name: at === 1 ? '=HYPERLINK("x"); é' : `Device ${at}`,
      serial: `EXP-000${at}`,
      site: at === 3 ? 'S-002' : 'S-001',
      weight: '-1.500',
      price: { amount: '12.50', currency: 'USD' },
      colours: ['red', 'blue'],
      bought_on: '2026-04-03',
      tested_at: '2026-04-03T12:30:00.000Z',
      is_mobile: false,
      notice: { fr: 'Une\nnotice', en: 'A notice' },
      details: { a: [1] },
    });
  }
});

async function create(type: string, values: object): Promise<void> {
  const response = await fixture.call('POST', `/api/v1/objects/${type}`, { body: { values } });
  expect(response.status).toBe(201);
}

async function exported(path: string, options: object = {}): Promise<string> {
  const response = await fixture.call('GET', path, { headers: { 'accept-language': 'fr' }, ...options });
  expect(response.status).toBe(200);
  return response.text();
}

describe('A list as a file', () => {
  it('is read back as it is, and then changes nothing', async () => {
    const text = await exported('/api/v1/objects/device/export?format=csv');
    expect(text).toContain("'=HYPERLINK");
    const response = await fixture.server.fetch(
      new Request('http://socle.test/api/v1/objects/device/imports', {
        method: 'POST',
        headers: { 'content-type': 'text/csv', 'x-roles': 'admin' },
        body: text,
      }),
    );
    const job = (await response.json()) as { id: string; proposal: object };
    await fixture.call('POST', `/api/v1/imports/${job.id}/steps`, { body: { step: 'check', options: job.proposal } });
    while (
      (await runDueBatch(importHandler({ current: () => fixture.model }, []), fixture.scope, createLog('silent'))) > 0
    );
    const checked = await fixture.call('GET', `/api/v1/imports/${job.id}`);
    expect(await checked.json()).toMatchObject({ state: 'checked', same: 3, created: 0, updated: 0, refused: 0 });
  });

  it('holds what the list holds: its filter, its sort, and no more than one may see', async () => {
    const names = async (path: string, options: object = {}): Promise<readonly string[]> =>
      (JSON.parse(await exported(path, options)) as { values: { name: string } }[]).map(({ values }) => values.name);
    expect(await names('/objects/device/export?format=json&sort=name&q=device&bought_on_from=2026-01-01')).toEqual([
      'Device 2',
      'Device 3',
    ]);
    expect((await fixture.call('GET', '/api/v1/objects/device/export?filter=nothing')).status).toBe(400);
    expect(await names('/api/v1/objects/device/export?sort=-name&filter=serial != "EXP-0001"')).toEqual([
      'Device 3',
      'Device 2',
    ]);
    expect(await names('/api/v1/objects/device/export', { perimeters: [newId()] })).toEqual([]);
  });
});
