import { beforeEach, expect, test } from 'vitest';
import { createLog, type Id, newId } from '../../kernel/index.ts';
import { type DueHandler, runDueBatch, type Scope } from '../../store/index.ts';
import { accessFixture, password } from '../access.fixture.ts';
import { chosenExample, type ExampleOffer, exampleHandler, exampleLoad } from './example.ts';

const controller = newId();
const offered: ExampleOffer = {
  kind: 'offered',
  name: 'retailer',
  organisation: { slug: 'mervalin', name: 'Groupe Mervalin' },
  accounts: () => [
    { name: 'Hélène Kerbrat', email: 'helene@mervalin.test', language: 'fr', roles: ['dpo'], perimeters: [] },
    { name: 'Samir Belhadj', email: 'samir@mervalin.test', language: 'fr', roles: ['relay'], perimeters: [controller] },
  ],
};
const typed = { organisation: '', name: 'Ada', email: 'ada@enseigne.test', password };
const log = createLog('silent');

let fixture: Awaited<ReturnType<typeof accessFixture>>;
beforeEach(async () => {
  fixture = await accessFixture({}, offered);
});

const start = async (fields: Readonly<Record<string, string>>) => {
  const { browser, firstRun } = fixture;
  const first = browser();
  const address = `/welcome?token=${firstRun.token}`;
  const response = await first.submit(address, '/welcome', { token: firstRun.token, ...typed, ...fields });
  return { first, response };
};

const scopeOf = async (): Promise<Scope> => {
  const [row] = await fixture.asOwner('select id from access.organisation');
  return fixture.store.scope(String(row?.id) as Id<'organisation'>);
};

const run = (handler: DueHandler, scope: Scope): Promise<number> => runDueBatch(handler, scope, log);

test('the example is chosen instead of nothing: its people enter with the password typed, its data is due work', async () => {
  const { first, response } = await start({ start: 'example' });
  expect(response.headers.get('location')).toBe('/welcome/example');
  expect(await fixture.asOwner('select slug, name from access.organisation')).toEqual([offered.organisation]);
  expect(await fixture.asOwner('select controller_id from access.perimeter')).toEqual([{ controller_id: controller }]);
  expect((await fixture.browser().signIn('samir@mervalin.test')).status).toBe(303);
  expect(await chosenExample(fixture.options)).toBe('retailer');

  const seen = await (await first.get('/welcome/example')).text();
  expect(seen).toContain('L’exemple va commencer');
  expect(seen).toContain('helene@mervalin.test');

  const scope = await scopeOf();
  const steps: unknown[] = [];
  const handler = exampleHandler(async (name, progress) => {
    await progress({ step: 'databases', done: 1, total: 4 });
    steps.push(name, await exampleLoad(scope));
  }, log);
  expect(await run(handler, scope)).toBe(1);
  expect(steps).toEqual(['retailer', { step: 'databases', done: 1, total: 4, isFinished: false, lastError: null }]);
  expect(await exampleLoad(scope)).toEqual({ step: 'finished', done: 4, total: 4, isFinished: true, lastError: null });
  expect(await (await first.get('/welcome/example')).text()).toContain('L’exemple est prêt');
  expect(await run(handler, scope)).toBe(0);
});

test('a try that fails is told and followed by another', async () => {
  const { first } = await start({ start: 'example' });
  const scope = await scopeOf();
  let tries = 0;
  const handler = exampleHandler(async () => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  }, log);
  await run(handler, scope);
  expect(await (await first.get('/welcome/example')).text()).toContain('ENOSPC');
  fixture.clock.advance({ minutes: 10 });
  await run(handler, scope);
  expect(await exampleLoad(scope)).toMatchObject({ isFinished: true, lastError: null });
});

test('nothing is nothing: the organisation is named, and no example is due', async () => {
  const { response: unnamed } = await start({ start: 'nothing' });
  expect(unnamed.status).toBe(422);
  expect(await unnamed.text()).toContain('Nommez votre organisation.');
  const { first, response } = await start({ start: 'nothing', organisation: 'Enseigne' });
  expect(response.headers.get('location')).toBe('/');
  expect(await chosenExample(fixture.options)).toBeNull();
  expect((await first.get('/welcome/example')).headers.get('location')).toBe('/');
});

test('where the example can’t be made the page says why, and refuses it', async () => {
  const why = { fr: 'Ce PostgreSQL est le vôtre.', en: 'This PostgreSQL is yours.' };
  fixture = await accessFixture({}, { kind: 'withheld', why });
  const { firstRun, browser } = fixture;
  const page = await (await browser().get(`/welcome?token=${firstRun.token}`)).text();
  expect(page).toContain(why.fr);
  expect(page).not.toContain('value="example"');
  const { response } = await start({ start: 'example' });
  expect(response.status).toBe(422);
  expect(await fixture.asOwner('select 1 from access.user')).toEqual([]);
});
