import { beforeEach, expect, test } from 'vitest';
import { createLog, type Id, publicId } from '../../kernel/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { findPersons } from '../person/person.ts';
import { fileHandler, setFileRetention } from '../request/file-retention.ts';
import { askIdentity, establishIdentity, qualify } from '../request/qualify.ts';
import { lockRequest, readRequestRow } from '../request/row.ts';
import { confirmPath, statusPath } from '../request/status-link.ts';
import { viewRequest } from '../request/view.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { confirmationHandler } from './watch.ts';

const compliance = await complianceTest('2026-11-23T09:00:00Z');
const { scope, engine, store, mails } = compliance;
await compliance.application('shop', shopSchema);
const lines: string[] = [];
const log = createLog('debug', { write: (line: string) => lines.push(line) });
const site = new Site(compliance, log).as(null);
const form = `/r/${publicId('org', scope.org)}`;
const who = { scope, perimeters: null };

async function ask(email: string, name = 'Delaunay'): Promise<Id<'request'>> {
  store.clock.advance({ hours: 2 });
  expect((await site.send(form, { email, last_name: name, message: 'près du port' })).status).toBe(303);
  const row = await scope.db
    .selectFrom('compliance.request')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  await compliance.settle(0);
  return row.id;
}

async function days(count: number): Promise<void> {
  store.clock.advance({ days: count });
  await compliance.settle(0);
}

const titles = (to: string) => mails.filter((mail) => mail.to === to).map(({ title }) => title.replace(/\S+$/, ''));
const lastTo = (to: string) => mails.filter((mail) => mail.to === to).at(-1)?.text ?? '';

beforeEach(() => {
  mails.length = 0;
});

test('who has not confirmed is reminded once, after five days, and told until when and what follows', async () => {
  const id = await ask('marie@example.org');
  const { lastDay } = (await viewRequest(scope, id)).confirmation ?? {};
  expect(lastDay).toBe('2026-12-14');
  expect(lastTo('marie@example.org')).toContain('jusqu’au lundi 14 décembre 2026 inclus');
  await days(4);
  expect(mails).toHaveLength(1);
  await days(1);
  await days(1);
  await days(5);
  expect(mails).toHaveLength(2);
  const reminder = lastTo('marie@example.org');
  expect(mails[1]?.title).toMatch(/attend votre confirmation$/);
  expect(reminder).toContain(confirmPath(scope, id));
  expect(reminder).toContain('elle sera close le mardi 15 décembre 2026');
  expect(reminder).toContain('sera effacé le 16 décembre 2026');
  const steps = (await viewRequest(scope, id)).steps.map((step) => step.kind);
  expect(steps).toEqual(['opened', 'confirmation_reminded']);
  const status = (await site.get(statusPath(scope, id))).html;
  expect(status).toContain('14 décembre 2026 inclus');
});

test('without confirmation the request ends on that day by a letter with reasons and remedies, and what was written goes', async () => {
  const id = await ask('noemie@example.org');
  const asked = await readRequestRow(scope.db, id);
  const { lastDay } = (await viewRequest(scope, id)).confirmation ?? { lastDay: '' };
  await days(5);
  while (store.clock.now().toISOString().slice(0, 10) <= lastDay) {
    expect((await readRequestRow(scope.db, id)).state).toBe('received');
    await days(1);
  }
  const ended = await readRequestRow(scope.db, id);
  expect(ended).toMatchObject({ state: 'refused', refusal_ground: 'identity_not_established', identity_at: null });
  expect((ended.answered_at?.toISOString() ?? 'never') < asked.due_on).toBe(true);
  expect(titles('noemie@example.org')).toHaveLength(3);
  const letter = lastTo('noemie@example.org');
  expect(letter).toContain('RGPD, art. 11, § 2');
  expect(letter).toContain('CNIL');
  expect(letter).toContain(`https://socle.example.org${form}`);
  await days(1);
  const view = await viewRequest(scope, id);
  expect(view.person).toBeNull();
  expect(view.request.contact).toBeNull();
  expect(view.steps.every((step) => step.note === null)).toBe(true);
  expect(await findPersons(who, { kind: 'email', value: 'noemie@example.org' })).toEqual([]);
  const sealed = await store.asOwner(
    `select 1 from compliance.profile where request_id = $1
      union all select 1 from compliance.answer_copy where request_id = $1
      union all select 1 from access.outbox_message where subject = $2 and sealed_body is not null`,
    [id, publicId('req', id)],
  );
  expect(sealed).toEqual([]);
  await days(30);
  expect(titles('noemie@example.org')).toHaveLength(3);
});

test('a link opened too late confirms nothing, and says how to ask again', async () => {
  const id = await ask('late@example.org');
  await days(5);
  await days(18);
  const link = confirmPath(scope, id);
  const page = await site.get(link);
  expect(page.status).toBe(410);
  expect(page.html).toContain('n’a pas été confirmée à temps');
  expect((await site.send(form, {}, link)).status).toBe(410);
  expect((await readRequestRow(scope.db, id)).state).toBe('refused');
  expect((await site.get(statusPath(scope, id))).html).toContain('Présenter une nouvelle demande');
});

test('whoever confirms is neither reminded nor refused, and is told so when they press again', async () => {
  const id = await ask('confirmed@example.org');
  expect((await site.send(confirmPath(scope, id), {})).status).toBe(303);
  expect((await site.get(confirmPath(scope, id))).status).toBe(303);
  expect((await site.send(form, {}, confirmPath(scope, id))).status).toBe(303);
  await days(5);
  await days(20);
  expect((await readRequestRow(scope.db, id)).state).toBe('identity_checked');
  expect(titles('confirmed@example.org')).toHaveLength(1);
});

test('the organisation may identify the person by itself: the request goes on', async () => {
  const id = await ask('known@example.org');
  await write(scope, operator, async (writing) => {
    const qualified = await qualify(engine, writing, await lockRequest(writing.tx, id), {});
    await establishIdentity(engine, writing, qualified, 'operator', null);
  });
  await days(5);
  await days(20);
  expect((await readRequestRow(scope.db, id)).state).toBe('identity_checked');
  expect(titles('known@example.org')).toHaveLength(1);
});

test('once identity information is asked for, nothing ends by itself: what the person was told has changed', async () => {
  const id = await ask('asked@example.org');
  await days(5);
  await write(scope, operator, async (writing) =>
    askIdentity(engine, writing, await lockRequest(writing.tx, id), 'no_known_channel'),
  );
  await days(20);
  expect((await readRequestRow(scope.db, id)).state).toBe('received');
});

test('twenty forms with one address, whatever the names, are one reminder and one letter', async () => {
  const names = ['Durand', 'Petit', 'Moreau'];
  const ids = [];
  for (const name of names) ids.push(await ask('flooded@example.org', name));
  mails.length = 0;
  await days(6);
  expect(titles('flooded@example.org')).toHaveLength(1);
  await days(17);
  expect(titles('flooded@example.org')).toHaveLength(2);
  for (const id of ids) expect((await readRequestRow(scope.db, id)).state).toBe('refused');
});

test('after a long stop the reminder comes first, and leaves a week', async () => {
  const id = await ask('stopped@example.org');
  await days(25);
  expect((await readRequestRow(scope.db, id)).state).toBe('received');
  expect(titles('stopped@example.org')).toHaveLength(2);
  await days(6);
  expect((await readRequestRow(scope.db, id)).state).toBe('received');
  await days(3);
  expect((await readRequestRow(scope.db, id)).state).toBe('refused');
});

test('a crash before the end is written leaves nothing: neither letter nor state, and the next try does all once', async () => {
  const id = await ask('crash@example.org');
  await days(5);
  store.clock.advance({ days: 18 });
  const before = mails.length;
  const move = () => Promise.reject(new Error('the process ended'));
  const failing = confirmationHandler({ ...engine, register: { ...engine.register, move } });
  await runDueBatch(failing, scope, log);
  await compliance.settle(0);
  expect((await readRequestRow(scope.db, id)).state).toBe('received');
  expect(mails).toHaveLength(before);
  store.clock.advance({ hours: 2 });
  await compliance.settle(0);
  expect((await readRequestRow(scope.db, id)).state).toBe('refused');
  expect(mails).toHaveLength(before + 1);
});

test('what the person wrote waits for the letter to leave; a longer retention of files doesn’t keep it', async () => {
  const id = await ask('waiting@example.org');
  await days(5);
  store.clock.advance({ days: 18 });
  await runDueBatch(confirmationHandler(engine), scope, log);
  await setFileRetention(scope, operator, { months: 60, source: 'décision du DPO' });
  store.clock.advance({ days: 2 });
  await runDueBatch(fileHandler, scope, log);
  expect((await viewRequest(scope, id)).person).not.toBeNull();
  await compliance.settle(0);
  expect(titles('waiting@example.org')).toHaveLength(3);
  store.clock.advance({ hours: 1 });
  await compliance.settle(0);
  expect((await viewRequest(scope, id)).person).toBeNull();
});

test('the DPO reads why, when and what else may be done; a bounce is told', async () => {
  compliance.refused.add('bounced@example.org');
  const id = await ask('bounced@example.org');
  const page = (await site.as({ roles: ['dpo'] }).get(`/requests/${publicId('req', id)}`)).html;
  expect(page).toContain('Adresse à confirmer par la personne');
  expect(page).toContain('ne pas confirmer n’est pas renoncer');
  expect(page).toContain('n’a pas pu être remis');
  site.as(null);
});

test('no address, name or message reaches the logs', () => {
  const text = lines.join('\n');
  expect(text).not.toBe('');
  expect(text).not.toMatch(/@example\.org|delaunay|durand|près du port/i);
});
