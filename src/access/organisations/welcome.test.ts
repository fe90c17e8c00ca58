import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../kernel/index.ts';
import { accessFixture, password } from '../access.fixture.ts';
import { openOperatorToken, readOperatorToken } from '../operator.ts';
import { createOrganisation } from './organisations.ts';
import { slugOf } from './welcome.routes.tsx';

test('a new installation is named and entered by whoever holds the printed address, once', async () => {
  const { browser, firstRun, asOwner } = await accessFixture();
  const first = browser();
  expect((await first.get('/sign-in')).headers.get('location')).toBe('/welcome');
  expect((await first.get('/welcome')).status).toBe(403);
  expect((await first.get('/welcome?token=guess')).status).toBe(403);

  const address = `/welcome?token=${firstRun.token}`;
  const typed = { token: firstRun.token, organisation: 'Enseigne & Cie', name: 'Ada', email: 'ada@enseigne.test' };
  const weak = await first.submit(address, '/welcome', { ...typed, password: 'short' });
  expect(weak.status).toBe(422);
  expect(await weak.text()).toContain('Enseigne &amp; Cie');
  const guessed = await first.submit(address, '/welcome', { ...typed, token: 'guess', password });
  expect(guessed.status).toBe(403);

  const response = await first.submit(address, '/welcome', { ...typed, password });
  expect(response.status).toBe(303);
  expect((await first.get('/account')).status).toBe(200);
  expect(await asOwner('select slug, name from access.organisation')).toEqual([
    { slug: 'enseigne-cie', name: 'Enseigne & Cie' },
  ]);

  const late = browser();
  expect((await late.get(address)).headers.get('location')).toBe('/sign-in');
  expect((await first.submit('/account', '/welcome', { ...typed, email: 'eve@enseigne.test', password })).status).toBe(
    403,
  );
});

test('an organisation’s short name is plain, and taken once', async () => {
  const { options } = await accessFixture();
  const scope = await createOrganisation(options, { slug: 'enseigne', name: 'Enseigne' });
  expect(await scope.db.selectFrom('access.organisation').select('slug').execute()).toEqual([{ slug: 'enseigne' }]);
  await expect(createOrganisation(options, { slug: 'enseigne', name: 'Autre' })).rejects.toMatchObject({ status: 409 });
  await expect(createOrganisation(options, { slug: 'Ma marque', name: 'Autre' })).rejects.toMatchObject({
    status: 422,
  });
});

test('a short name is made from any name', () => {
  expect(slugOf('Fédération des Ateliers')).toBe('federation-des-ateliers');
  expect(slugOf('3 Suisses')).toBe('suisses');
  expect(slugOf('社')).toMatch(/^[a-z][a-z0-9-]{1,40}$/);
});

test('the operator’s token is made once, in a file only its owner can read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'socle-operator-'));
  const first = await openOperatorToken(folder);
  const token = await readOperatorToken(folder);
  expect(sha256(token ?? '')).toEqual(first.hash);
  expect((await stat(first.path)).mode & 0o777).toBe(0o600);
  expect((await openOperatorToken(folder)).hash).toEqual(first.hash);
  expect((await readFile(first.path, 'utf8')).trim()).toBe(token);
  await rm(folder, { recursive: true });
});
