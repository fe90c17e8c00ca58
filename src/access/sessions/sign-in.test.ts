import { beforeEach, describe, expect, test } from 'vitest';
import { accessFixture, password } from '../access.fixture.ts';
import { signIn } from './sessions.ts';

const access = await accessFixture();
const { clock, asOwner, browser, options, logged } = access;
const scope = await access.organisation();
const email = 'ada.lovelace@enseigne.test';
await access.user(scope, email, ['dpo']);

beforeEach(async () => {
  await asOwner('delete from access.attempt');
});

test('the right address and password open a session and lead where one wanted to go', async () => {
  const visitor = browser();
  const refused = await visitor.get('/account');
  expect(refused.headers.get('location')).toBe('/sign-in?next=%2Faccount');
  const response = await visitor.submit('/sign-in?next=%2Faccount', '/sign-in', { email, password, next: '/account' });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe('/account');
  expect((await visitor.get('/account')).status).toBe(200);
});

test('the address is the same in capitals', async () => {
  expect((await browser().signIn(' Ada.Lovelace@ENSEIGNE.test ')).status).toBe(303);
});

test('after sign-in nobody is led to another site', async () => {
  for (const next of ['https://elsewhere.test', '//elsewhere.test', '/\\elsewhere.test', 'javascript:alert(1)']) {
    const response = await browser().submit('/sign-in', '/sign-in', { email, password, next });
    expect(response.headers.get('location')).toBe('/');
  }
});

test('the session’s cookie is hidden from scripts and from other sites, and only its hash is stored', async () => {
  const visitor = browser();
  await visitor.signIn(email);
  const line = visitor.lastSetCookies.find((cookie) => cookie.startsWith('socle_session='));
  expect(line).toMatch(/^socle_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  const token = Buffer.from(visitor.cookies.get('socle_session') ?? '', 'base64url');
  const rows = await asOwner<{ row: string }>('select s::text as row from access.session s');
  expect(rows.map((row) => row.row).join()).not.toContain(token.toString('hex'));
});

test('on https the cookie never travels in clear', async () => {
  const secure = await accessFixture({ publicUrl: 'https://socle.test' });
  const own = await secure.organisation();
  await secure.user(own, 'ada@autre.test', ['dpo']);
  const visitor = secure.browser();
  const html = await (await visitor.get('/sign-in')).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  expect((await visitor.post('/sign-in', { email: 'ada@autre.test', password, csrf })).status).toBe(303);
  expect(visitor.lastSetCookies.find((cookie) => cookie.startsWith('socle_session='))).toMatch(/; Secure$/);
});

test('a session planted before sign-in is worth nothing after it (session fixation)', async () => {
  const attacker = browser();
  await attacker.signIn(email);
  const planted = attacker.cookies.get('socle_session') ?? '';
  const victim = browser();
  victim.cookies.set('socle_session', 'A'.repeat(43));
  await victim.signIn(email);
  expect(victim.cookies.get('socle_session')).not.toBe('A'.repeat(43));
  expect(victim.cookies.get('socle_session')).not.toBe(planted);
});

test('a sign-in form sent without its token is refused', async () => {
  expect((await browser().post('/sign-in', { email, password })).status).toBe(403);
});

describe('a session', () => {
  test('ends after two hours without a request', async () => {
    const visitor = browser();
    await visitor.signIn(email);
    clock.advance({ hours: 1, minutes: 59 });
    expect((await visitor.get('/account')).status).toBe(200);
    clock.advance({ hours: 2, seconds: 1 });
    expect((await visitor.get('/account')).status).toBe(303);
  });

  test('ends after twelve hours however busy it is', async () => {
    const visitor = browser();
    await visitor.signIn(email);
    for (let hour = 0; hour < 11; hour += 1) {
      clock.advance({ hours: 1 });
      expect((await visitor.get('/account')).status).toBe(200);
    }
    clock.advance({ hours: 1 });
    expect((await visitor.get('/account')).status).toBe(303);
  });

  test('ends at once by signing out, and its cookie is cleared', async () => {
    const visitor = browser();
    await visitor.signIn(email);
    const token = visitor.cookies.get('socle_session') ?? '';
    await visitor.submit('/account', '/sign-out', {});
    expect(visitor.cookies.has('socle_session')).toBe(false);
    visitor.cookies.set('socle_session', token);
    expect((await visitor.get('/account')).status).toBe(303);
  });

  test('ends in other browsers when one signs out elsewhere or changes the password', async () => {
    const here = browser();
    const there = browser();
    await here.signIn(email);
    await there.signIn(email);
    await here.submit('/account', '/account/sign-out-elsewhere', {});
    expect((await there.get('/account')).status).toBe(303);
    await there.signIn(email);
    const wrong = await here.submit('/account', '/account/password', { current: 'no', password: 'x' });
    expect(wrong.status).toBe(422);
    const weak = await here.submit('/account', '/account/password', { current: password, password: 'lovelace1815!' });
    expect(weak.status).toBe(422);
    await here.submit('/account', '/account/password', { current: password, password: 'une autre phrase longue' });
    expect((await here.get('/account')).status).toBe(200);
    expect((await there.get('/account')).status).toBe(303);
    await here.submit('/account', '/account/password', { current: 'une autre phrase longue', password });
  });

  test('ends when the user is suspended', async () => {
    const visitor = browser();
    await visitor.signIn(email);
    await scope.db.updateTable('access.user').set({ is_active: false }).where('email', '=', email).execute();
    expect((await visitor.get('/account')).status).toBe(303);
    expect((await browser().signIn(email)).status).toBe(422);
    await scope.db.updateTable('access.user').set({ is_active: true }).where('email', '=', email).execute();
  });
});

describe('guessing', () => {
  test('is stopped after ten attempts on one account, even with the right password then, for a quarter of an hour', async () => {
    const visitor = browser();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await visitor.signIn(email, 'wrong password here')).status).toBe(422);
    }
    expect((await visitor.signIn(email)).status).toBe(429);
    clock.advance({ minutes: 15 });
    expect((await visitor.signIn(email)).status).toBe(303);
  });

  test('is stopped after a hundred attempts from one address, whoever they are for', async () => {
    const attempt = (name: number, address: string) =>
      signIn(options, { email: `someone${name}@enseigne.test`, password: 'wrong', address }).catch((error) => error);
    for (let name = 0; name < 100; name += 1) await attempt(name, '192.0.2.1');
    expect(await attempt(100, '192.0.2.1')).toMatchObject({ code: 'access.too_many_attempts', status: 429 });
    expect(await attempt(101, '192.0.2.2')).toMatchObject({ code: 'access.wrong_credentials' });
  });

  test('all at once is counted one by one', async () => {
    const attempts = Array.from({ length: 15 }, () =>
      signIn(options, { email, password: 'wrong', address: '192.0.2.3' }).catch((error) => error.code),
    );
    const codes = await Promise.all(attempts);
    expect(codes.filter((code) => code === 'access.wrong_credentials')).toHaveLength(10);
  });

  test('who exists is told neither by the answer nor by the work done', async () => {
    // Work is counted in processor time, which a busy machine does not stretch.
    const worked = async (address: string): Promise<{ us: number; text: string }> => {
      const begun = process.cpuUsage();
      const error = await signIn(options, { email: address, password: 'wrong password', address: '192.0.2.4' }).catch(
        (refusal) => refusal,
      );
      const { user, system } = process.cpuUsage(begun);
      return { us: user + system, text: error.text.en };
    };
    await worked('warm-up@enseigne.test');
    const known = [await worked(email), await worked(email), await worked(email)];
    const unknown = [
      await worked('nobody@enseigne.test'),
      await worked('nobody@enseigne.test'),
      await worked('no@enseigne.test'),
    ];
    expect(new Set([...known, ...unknown].map((one) => one.text)).size).toBe(1);
    // argon2id takes some 20 ms of a processor; without it an unknown address would cost two or three.
    const least = (list: readonly { us: number }[]) => Math.min(...list.map((one) => one.us));
    expect(least(unknown)).toBeGreaterThan(least(known) / 2);
  });
});

test('neither the database nor the logs hold who tried to sign in, from where, or with what', async () => {
  await signIn(options, { email: 'marie@exemple.test', password: 'my secret words', address: '198.51.100.7' }).catch(
    () => undefined,
  );
  const rows = await asOwner<{ row: string }>('select a::text as row from access.attempt a');
  expect(rows.length).toBeGreaterThan(0);
  const text = rows.map((row) => row.row).join() + logged.join();
  for (const secret of ['marie@exemple.test', 'my secret words', '198.51.100.7']) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

test('passwords are kept as argon2id with the parameters OWASP gives', async () => {
  const rows = await asOwner<{ password_hash: string }>('select password_hash from access.user');
  expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a browser remembers language and theme, and a user’s language follows them', async () => {
  const visitor = browser();
  expect(await (await visitor.get('/sign-in?language=en')).text()).toContain('Sign in</h1>');
  expect(await (await visitor.get('/sign-in')).text()).toContain('Sign in</h1>');
  await visitor.signIn(email);
  await visitor.submit('/account', '/preferences', { language: 'fr', back: '/account' });
  await visitor.submit('/account', '/preferences', { theme: 'dark', back: '/account' });
  const html = await (await visitor.get('/account')).text();
  expect(html).toContain('Mon compte</h1>');
  expect(html).toContain('data-theme="dark"');
  const other = browser();
  other.cookies.set('socle_language', 'en');
  await other.signIn(email);
  expect(await (await other.get('/account')).text()).toContain('Mon compte</h1>');
});
