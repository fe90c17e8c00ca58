import { describe, expect, test } from 'vitest';
import { createLog, newId, type Uuid } from '../../kernel/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { createObject, systemAsker, tickItems, transitionObject } from '../index.ts';
import { objectsFixture } from '../objects.fixture.ts';
import { Addresses } from '../pages/context.ts';
import { noticeMailHandler } from './mail.ts';
import { mailTime } from './mail-plan.ts';
import { person } from './people.fixture.ts';

const fixture = await objectsFixture({}, ['rounds']);
const { scope, clock, model } = fixture;
const log = createLog('silent');
const mails = noticeMailHandler({
  models: { current: () => model },
  addresses: new Addresses(),
  publicUrl: 'https://socle.test',
});
const tag = () => newId().slice(-8);

interface Told {
  readonly id: string;
  readonly object: { readonly number: string } | null;
  readonly title: { readonly en: string };
  readonly body: { readonly en: string } | null;
  readonly read: boolean;
}

async function json<T>(response: Response): Promise<T> {
  return JSON.parse(await response.text());
}
const told = async (user: Uuid, as: string) =>
  (await json<{ items: readonly Told[] }>(await fixture.call('GET', '/api/v1/notifications', { as, user }))).items;

/** A round that leaves: what it tells is told. Returns its number. */
async function leave(by: Uuid, values: Record<string, unknown> = {}): Promise<string> {
  const cause = { actor: { kind: 'user', id: by }, source: 'api', key: null } as const;
  const acting = { model, asker: systemAsker };
  return write(scope, cause, async (writing) => {
    const made = await createObject(writing, acting, 'round', { name: 'North', driver: 'Ada', ...values });
    await tickItems(writing, acting, 'round', made.id, { transition: 'leave', ticks: { tyres: true, load: true } });
    await transitionObject(writing, acting, 'round', made.id, { transition: 'leave' });
    return made.number;
  });
}

test('a step tells whoever has the role and those the object names, not whoever does it', async () => {
  const steward = await person(scope, `steward-${tag()}@ours.test`, ['steward']);
  const helperEmail = `helper-${tag()}@ours.test`;
  const helper = await person(scope, helperEmail, ['member']);
  const author = await person(scope, `author-${tag()}@ours.test`, ['member', 'steward']);
  const number = await leave(author, { helper: helperEmail });
  const [said] = await told(steward, 'steward');
  expect(said).toMatchObject({
    title: { en: `${number} has left` },
    body: { en: 'Driver: Ada' },
    object: { number },
    read: false,
  });
  expect((await told(helper, 'member')).map(({ title }) => title.en)).toEqual([`${number} has left`]);
  expect(await told(author, 'member')).toEqual([]);
});

test('what is told holds no value of the object, and shows none to who may not read it', async () => {
  const steward = await person(scope, `steward-${tag()}@ours.test`, ['steward']);
  await leave(newId(), { driver: 'Rosalind Franklin' });
  const rows = await scope.db.selectFrom('objects.notification').selectAll().where('user_id', '=', steward).execute();
  expect(JSON.stringify(rows)).not.toContain('Rosalind');
  expect(JSON.stringify(await told(steward, 'steward'))).toContain('Rosalind');
  const [hidden] = await told(steward, 'relay');
  expect(hidden).toMatchObject({ object: null, title: { en: '… has left' }, body: { en: 'Driver: …' } });
});

test('the bell counts what is new until it is read', async () => {
  const steward = await person(scope, `steward-${tag()}@ours.test`, ['steward']);
  await leave(newId());
  await leave(newId());
  const html = { accept: 'text/html', 'accept-language': 'en' };
  const page = async () =>
    (await fixture.call('GET', '/notifications', { as: 'steward', user: steward, headers: html })).text();
  expect(await page()).toContain('Notifications, 2 unread');
  const [one] = await told(steward, 'steward');
  const read = `/api/v1/notifications/${one?.id}/read`;
  expect((await fixture.call('POST', read, { as: 'steward', user: steward })).status).toBe(204);
  expect(await page()).toContain('Notifications, 1 unread');
  expect((await fixture.call('POST', read, { as: 'steward', user: newId() })).status).toBe(404);
  await fixture.call('POST', '/api/v1/notifications/read', { as: 'steward', user: steward });
  expect(await page()).not.toContain('unread');
});

test('whoever follows an object is told that it moves and that somebody writes; whoever is named, that they are; nobody twice', async () => {
  const follower = await person(scope, `follower-${tag()}@ours.test`, ['member']);
  const named = await person(scope, `named-${tag()}@ours.test`, ['member']);
  const author = await person(scope, `author-${tag()}@ours.test`, ['member']);
  const gone = await person(scope, `gone-${tag()}@ours.test`, ['member']);
  const number = await leave(newId());
  const path = `/api/v1/objects/round/${number}`;
  for (const user of [follower, named, gone]) await fixture.call('PUT', `${path}/followers/me`, { as: 'member', user });
  await scope.db.deleteFrom('access.user').where('id', '=', gone).execute();
  const { name } = await scope.db
    .selectFrom('access.user')
    .select('name')
    .where('id', '=', named)
    .executeTakeFirstOrThrow();
  const comment = { as: 'member', user: author, body: { text: `Vu avec @${name}` } };
  expect((await fixture.call('POST', `${path}/comments`, comment)).status).toBe(201);
  await fixture.call('POST', `${path}/transitions`, { as: 'member', user: author, body: { transition: 'come_back' } });
  const titles = async (user: Uuid) => (await told(user, 'member')).map(({ title }) => title.en);
  expect(await titles(follower)).toEqual([
    `${number} · North: “Come back” is done`,
    `Somebody wrote about ${number} · North`,
  ]);
  expect(await titles(named)).toEqual([
    `${number} · North: “Come back” is done`,
    `You are named in the discussion of ${number} · North`,
  ]);
  expect(await titles(author)).toEqual([]);
});

describe('by e-mail', () => {
  const wish = (user: Uuid, body: object) =>
    fixture.call('PUT', '/api/v1/notifications/wishes', { as: 'steward', user, body });
  const sent = async (user: Uuid) => {
    const rows = await scope.db
      .selectFrom('access.outbox_message')
      .select(['subject', 'kind'])
      .where('kind', '=', 'objects.notifications')
      .execute();
    const { publicId } = await import('../../kernel/index.ts');
    return rows.filter(({ subject }) => subject === publicId('usr', user)).length;
  };
  const drain = async () => {
    while ((await runDueBatch(mails, scope, log)) > 0);
  };

  test('several leave as one, when wished; what was read by then doesn’t', async () => {
    const soon = await person(scope, `soon-${tag()}@ours.test`, ['steward']);
    const never = await person(scope, `never-${tag()}@ours.test`, ['steward']);
    const reads = await person(scope, `reads-${tag()}@ours.test`, ['steward']);
    await wish(soon, { rhythm: 'soon' });
    await wish(never, { rhythm: 'never' });
    await wish(reads, { rhythm: 'soon' });
    await leave(newId());
    await leave(newId());
    await drain();
    expect(await sent(soon)).toBe(0);
    await fixture.call('POST', '/api/v1/notifications/read', { as: 'steward', user: reads });
    clock.advance({ minutes: 3 });
    await drain();
    expect([await sent(soon), await sent(never), await sent(reads)]).toEqual([1, 0, 0]);
    clock.advance({ days: 2 });
    await drain();
    expect(await sent(soon)).toBe(1);
    await leave(newId());
    clock.advance({ minutes: 3 });
    await drain();
    expect(await sent(soon)).toBe(2);
  });

  test('hours that can’t be are refused', async () => {
    const user = await person(scope, `hours-${tag()}@ours.test`, ['steward']);
    expect((await wish(user, { rhythm: 'daily', daily_hour: 24 })).status).toBe(422);
  });

  test.each([
    ['soon', '2026-11-22T10:00:00Z', null, '2026-11-22T10:02:00.000Z'],
    ['daily', '2026-11-22T05:00:00Z', null, '2026-11-22T07:00:00.000Z'],
    ['daily', '2026-11-22T08:00:00Z', null, '2026-11-23T07:00:00.000Z'],
    ['soon', '2026-11-22T21:00:00Z', { from: 20, to: 7 }, '2026-11-23T06:00:00.000Z'],
    ['soon', '2026-11-22T03:00:00Z', { from: 20, to: 7 }, '2026-11-22T06:00:00.000Z'],
    ['soon', '2026-11-22T12:00:00Z', { from: 20, to: 7 }, '2026-11-22T12:02:00.000Z'],
    ['daily', '2026-11-22T12:00:00Z', { from: 6, to: 10 }, '2026-11-23T09:00:00.000Z'],
    ['daily', '2026-07-22T12:00:00Z', null, '2026-07-23T06:00:00.000Z'],
  ] as const)('%s, at %s, quiet %j: leaves at %s', (rhythm, now, quiet, at) => {
    expect(mailTime(new Date(now), { rhythm, dailyHour: 8, quiet })?.toISOString()).toBe(at);
  });

  test('never is never', () => {
    expect(mailTime(new Date(), { rhythm: 'never', dailyHour: 8, quiet: null })).toBeNull();
  });
});
