import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../kernel/index.ts';
import { runDueBatch } from '../../store/index.ts';
import { type ObjectsFixture, objectsFixture } from '../objects.fixture.ts';
import { importHandler } from './handler.ts';

let fixture: ObjectsFixture;

beforeAll(async () => {
  fixture = await objectsFixture();
  for (const name of ['Lyon', 'Paris']) {
    await fixture.call('POST', '/api/v1/objects/site', { body: { values: { name } } });
  }
});

interface Job {
  readonly id: string;
  readonly state: string;
  readonly [name: string]: unknown;
}

interface ProposedJob extends Job {
  readonly proposal: { readonly mapping: Record<string, string>; readonly key: readonly string[] };
}

const headers = { 'content-type': 'text/csv' };

async function send(text: string | Uint8Array, query = '', as = 'admin', type = 'device'): Promise<ProposedJob> {
  const response = await fixture.server.fetch(
    new Request(`http://socle.test/api/v1/objects/${type}/imports?name=devices.csv${query}`, {
      method: 'POST',
      headers: { ...headers, 'x-roles': as },
      body: typeof text === 'string' ? text : Buffer.from(text),
    }),
  );
  expect(response.status).toBe(201);
  return response.json() as Promise<ProposedJob>;
}

async function step(job: Job, body: object, as = 'admin'): Promise<Job> {
  const response = await fixture.call('POST', `/api/v1/imports/${job.id}/steps`, { body, as });
  const answer = (await response.json()) as Job;
  if (response.status !== 202) throw new Error(JSON.stringify(answer));
  return answer;
}

/** What the pump does until nothing is due. */
async function work(): Promise<void> {
  const handler = importHandler({ current: () => fixture.model }, []);
  while ((await runDueBatch(handler, fixture.scope, createLog('silent'))) > 0);
}

async function now(job: Job, as = 'admin'): Promise<Job> {
  return (await fixture.call('GET', `/api/v1/imports/${job.id}`, { as })).json() as Promise<Job>;
}

async function checked(job: ProposedJob, options: object = {}): Promise<Job> {
  await step(job, { step: 'check', options: { ...job.proposal, ...options } });
  await work();
  return now(job);
}

async function applied(job: ProposedJob, options: object = {}, lines = 'all'): Promise<Job> {
  expect(await checked(job, options)).toMatchObject({ state: 'checked' });
  await step(job, { step: 'apply', lines });
  await work();
  return now(job);
}

async function problems(job: Job): Promise<string> {
  return (
    await fixture.call('GET', `/api/v1/imports/${job.id}/problems`, { headers: { 'accept-language': 'en' } })
  ).text();
}

interface Device {
  readonly number: string;
  readonly version: number;
  readonly state: string;
  readonly values: Record<string, unknown>;
}

async function devices(filter: string): Promise<readonly Device[]> {
  const response = await fixture.call(
    'GET',
    `/api/v1/objects/device?filter=${encodeURIComponent(filter)}&limit=200&sort=number`,
  );
  return ((await response.json()) as { items: readonly Device[] }).items;
}

describe('A file of objects', () => {
  it('is read as French spreadsheets write it: semicolons, Latin letters in one byte, labels, commas, days first', async () => {
    const text = [
      'Nom;Numéro de série;Site;Quantité;Prix;Mobile;Acheté le;Grade;Couleurs;Adresse du dépositaire;Testé le;Origine',
      '"Écran 24""; neuf";ECR-0001;Lyon;3;12,50 €;oui;03/04/2026;Comme neuf;Rouge|blue;Ada@Exemple.fr;03/04/2026 14:30;France',
    ].join('\r\n');
    const job = await send(Buffer.from(text, 'latin1').map((byte, at) => (text[at] === '€' ? 0x80 : byte)));
    expect(job).toMatchObject({ encoding: 'windows-1252', delimiter: ';' });
    expect(job.proposal.key).toEqual(['serial']);
    expect(await applied(job)).toMatchObject({ state: 'done', created: 1, refused: 0 });
    const [device] = await devices("serial == 'ECR-0001'");
    expect(device).toMatchObject({ version: 1, state: 'received' });
    expect(device?.values).toMatchObject({
      name: 'Écran 24"; neuf',
      quantity: 3,
      price: { amount: '12.50', currency: 'EUR' },
      is_mobile: true,
      bought_on: '2026-04-03',
      tested_at: '2026-04-03T12:30:00.000Z',
      grade: 'a',
      colours: ['red', 'blue'],
      keeper_email: 'ada@exemple.fr',
      origin: 'FR',
    });
  });

  it('tells every problem of every line at once, in words, and changes nothing', async () => {
    const job = await send(
      'name,serial,site,quantity,colour\nA,BAD-0001,Lyon,-1,x\n,BAD-0002,Marseille,2,x\nC,bad,Paris,two,x\nD,BAD-0004,Paris,1,x\nE,BAD-0004,Paris,1,x\nF,ECR-0001,Paris,1,x\n',
    );
    expect(await checked(job, { existing: 'refuse' })).toMatchObject({ state: 'checked', created: 1, refused: 5 });
    const lines = (await problems(job)).split('\r\n').map((line) => line.replace(/,[\w.]+$/, ''));
    expect(lines).toEqual([
      'Line,Column,Problem',
      '2,quantity,“Quantity”: At least 0.',
      '3,site,“Site”: no “Site” has this id or number.',
      '3,name,“Name” must be filled.',
      '4,serial,"“Serial number”: The value must look like [A-Z0-9-]{4,20}."',
      '4,quantity,“Quantity”: A whole number is expected.',
      '6,serial,"Given before, on line 5."',
      '7,,This object exists already.',
      '',
    ]);
    expect(await devices("name == 'D'")).toEqual([]);
    const refused = await fixture.call('POST', `/api/v1/imports/${job.id}/steps`, {
      body: { step: 'apply', lines: 'all' },
    });
    expect(refused.status).toBe(409);
    await step(job, { step: 'apply', lines: 'good' });
    await work();
    expect(await now(job)).toMatchObject({ state: 'done', created: 1, refused: 5 });
    expect(await devices("name == 'D'")).toHaveLength(1);
  });

  it('changes what is there already, leaves what says nothing new, and can be undone but for what changed since', async () => {
    const first = await send('name,serial,site\nOne,UND-0001,Lyon\nTwo,UND-0002,Lyon\nThree,UND-0003,Lyon\n');
    await applied(first);
    const second = await send(
      'name,serial,site\nOne!,UND-0001,Paris\nTwo,UND-0002,Lyon\nFour,UND-0004,Lyon\nFive,UND-0005,Lyon\n',
    );
    expect(await applied(second)).toMatchObject({ state: 'done', created: 2, updated: 1, same: 1 });
    const [one] = await devices("serial == 'UND-0001'");
    expect(one).toMatchObject({ version: 2, values: { name: 'One!' } });
    const [four] = await devices("serial == 'UND-0004'");
    await fixture.call('PATCH', `/api/v1/objects/device/${four?.number}`, { body: { values: { name: 'Four!' } } });
    await step(second, { step: 'undo' });
    await work();
    expect(await now(second)).toMatchObject({ state: 'undone', kept: 1 });
    expect((await devices("serial == 'UND-0001'"))[0]).toMatchObject({ version: 3, values: { name: 'One' } });
    expect(await devices("serial == 'UND-0005'")).toEqual([]);
    expect(await devices("serial == 'UND-0004'")).toHaveLength(1);
    const history = await fixture.call('GET', `/api/v1/objects/device/${one?.number}/history`);
    expect((await history.json()) as object).toMatchObject({
      items: [{ action: 'update' }, { action: 'update' }, { action: 'create' }],
    });
  });

  it('keeps personal values sealed in the history, as one creation does', async () => {
    await applied(await send('name,serial,site,keeper_email\nA,PER-0001,Lyon,secret@example.org\n'));
    const rows = await fixture.asOwner<{ changes: object; sealed: Buffer | null }>(
      "select h.changes, h.sealed from objects.history h join model.device d on d.id = h.object where d.serial = 'PER-0001'",
    );
    expect(JSON.stringify(rows[0]?.changes)).not.toContain('secret@example.org');
    expect(rows[0]?.sealed).not.toBeNull();
  });

  it('leaves neither its file nor its lines behind, and no value in its problems', async () => {
    await applied(await send('name,serial,site\nLeft,LEF-0001,Lyon\nLeft,lef,Lyon\n'), {}, 'good');
    const left = await sql<{ n: bigint }>`
      select (select count(*) from objects.import_file) + (select count(*) from objects.import_line) as n`.execute(
      fixture.scope.db,
    );
    expect(left.rows[0]?.n).toBe(0n);
  });

  it('goes on where it was when its process dies', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => `Row ${at},ROW-${10_000 + at},Lyon`);
    const job = await send(`name,serial,site\n${rows.join('\n')}\n`);
    await step(job, { step: 'check', options: job.proposal });
    const real = importHandler({ current: () => fixture.model }, []);
    let asked = 0;
    const dying = {
      current: () => {
        asked += 1;
        return fixture.model;
      },
    };
    expect(asked).toBe(0);
    // The lease is taken away after the first lot: what a killed process leaves.
    const cut = async (): Promise<void> => {
      const running = runDueBatch(importHandler(dying, []), fixture.scope, createLog('silent')).catch(() => 0);
      while (
        (
          await sql<{
            n: bigint;
          }>`select lines_done as n from objects.import where state in ('checking', 'applying') and lines_done > 0`.execute(
            fixture.scope.db,
          )
        ).rows.length === 0
      ) {
        await new Promise((done) => setTimeout(done, 2));
      }
      await sql`update objects.import set leased_by = null, leased_until = null, next_at = ${fixture.clock.now()} where state in ('checking', 'applying')`.execute(
        fixture.scope.db,
      );
      await running;
      await sql`update objects.import set next_at = ${fixture.clock.now()} where next_at is not null and state in ('checking', 'applying')`.execute(
        fixture.scope.db,
      );
    };
    await cut();
    while ((await runDueBatch(real, fixture.scope, createLog('silent'))) > 0);
    expect(await now(job)).toMatchObject({ state: 'checked', created: 5_000, done: 5_000 });
    await step(job, { step: 'apply', lines: 'good' });
    await cut();
    while ((await runDueBatch(real, fixture.scope, createLog('silent'))) > 0);
    expect(await now(job)).toMatchObject({ state: 'done', created: 5_000, refused: 0 });
    const numbers = await fixture.asOwner<{ n: number; numbers: number }>(
      "select count(*)::int as n, count(distinct number)::int as numbers from model.device where serial like 'ROW-%'",
    );
    expect(numbers).toEqual([{ n: 5_000, numbers: 5_000 }]);
  });

  it('refuses at the door who may neither create nor change', async () => {
    const response = await fixture.call('POST', '/api/v1/objects/device/imports', { as: 'auditor', headers });
    expect(response.status).toBe(403);
  });

  it('is nobody else’s to see', async () => {
    const job = await send('name,site\nMine,Lyon\n');
    const other = await fixture.call('GET', `/api/v1/imports/${job.id}`, {
      as: 'member',
      user: '0193a000-0000-7000-8000-000000000001',
    });
    expect(other.status).toBe(404);
  });

  it('says everything that is wrong with what was decided at once', async () => {
    const job = await send('name,site\nA,Lyon\n');
    const body = {
      step: 'check',
      options: { mapping: { name: 'nam', nowhere: 'site' }, key: ['quantity'], references: { site: 'rank' } },
    };
    const response = await fixture.call('POST', `/api/v1/imports/${job.id}/steps`, { body });
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: readonly { code: string }[] };
    expect(errors.map(({ code }) => code)).toEqual([
      'import.no_target',
      'import.no_column',
      'import.key_not_mapped',
      'import.no_reference_key',
    ]);
  });

  it('may be JSON, as the API says objects, an array or a line each', async () => {
    const items = [1, 2].map((at) => ({
      state: 'sold',
      values: {
        name: `J${at}`,
        serial: `JSN-000${at}`,
        site: 'Lyon',
        price: { amount: '1.00', currency: 'USD' },
        notice: { fr: 'N', en: 'M' },
        details: { a: [1, '}'] },
      },
    }));
    expect(await applied(await send(JSON.stringify(items)))).toMatchObject({
      format: 'json',
      state: 'done',
      created: 2,
    });
    const lines = items.map((item) => JSON.stringify({ ...item, values: { ...item.values, name: 'K' } })).join('\n');
    expect(await applied(await send(lines))).toMatchObject({ state: 'done', updated: 2 });
    expect((await devices("name == 'K'")).map(({ values }) => values)).toMatchObject([
      { price: { amount: '1.00', currency: 'USD' }, notice: { fr: 'N', en: 'M' }, details: { a: [1, '}'] } },
      { details: { a: [1, '}'] } },
    ]);
  });

  it('says where a quote was never closed', async () => {
    const many = Array.from({ length: 40_000 }, (_, at) => `A ${at} with a name of some length,Lyon`).join('\n');
    const job = await send(`name,site\n${many}\n"B,Lyon\n`);
    await step(job, { step: 'check', options: job.proposal });
    await work();
    expect(await now(job)).toMatchObject({ state: 'failed', failure: { en: expect.stringContaining('Line 40002') } });
  });

  it('is paused, resumed and cancelled', async () => {
    const job = await send('name,serial,site\nP,PAU-0001,Lyon\n');
    await step(job, { step: 'check', options: job.proposal });
    await step(job, { step: 'pause' });
    await work();
    expect(await now(job)).toMatchObject({ state: 'checking', paused: true });
    await step(job, { step: 'resume' });
    await work();
    expect(await now(job)).toMatchObject({ state: 'checked', created: 1 });
    await step(job, { step: 'cancel' });
    await work();
    expect(await now(job)).toMatchObject({ state: 'cancelled', created: 0 });
  });
});
