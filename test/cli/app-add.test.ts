import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Installation } from '../support/installation.ts';

/** `socle app add` for the channels that aren't SQL, as an operator types it. */
const drops = await mkdtemp(join(tmpdir(), 'socle-drops-'));
const installation = await Installation.create({ SOCLE_DROP_FOLDERS: `${drops},/sys` });
beforeAll(() => installation.start().then(() => undefined), 120_000);
afterAll(async () => {
  await installation.remove();
  await rm(drops, { recursive: true });
}, 60_000);

const listed = z.object({ items: z.array(z.object({ name: z.string() })) });
const add = (...words: readonly string[]) => installation.command('app', 'add', ...words);
const names = async (): Promise<readonly string[]> => {
  const response = await installation.call('GET', '/api/v1/applications');
  return listed.parse(await response.json()).items.map(({ name }) => name);
};

test.each<[string, readonly string[], string]>([
  ['no folder', ['--channel', 'file'], '--channel file needs --folder'],
  ['no contact', ['--channel', 'email'], '--channel email needs --contact'],
  ['no address', ['--channel', 'webhook'], '--channel webhook needs --url'],
  [
    'a format that is none',
    ['--channel', 'file', '--folder', '/srv/a', '--format', 'xml'],
    '--format is csv or ndjson',
  ],
  [
    'a folder for a webhook',
    ['--channel', 'webhook', '--url', 'https://a.example', '--folder', '/srv/a'],
    '--folder is for --channel file',
  ],
  [
    'contacts for files',
    ['--channel', 'file', '--folder', '/srv/a', '--contact', 'a@b.fr'],
    '--contact is for --channel email',
  ],
  [
    'an address for who pulls',
    ['--channel', 'pull', '--url', 'https://a.example'],
    '--url is for --channel sql or webhook',
  ],
])('wrong usage is exit 2, and says what is needed: %s', async (_name, words, said) => {
  const { code, err } = await add('--name', 'wrong', ...words);
  expect(err).toContain(said);
  expect(code).toBe(2);
});

test.each<[string, readonly string[], RegExp]>([
  ['a relative folder', ['--channel', 'file', '--folder', 'drops/crm'], /absolute path/],
  ['a folder with ..', ['--channel', 'file', '--folder', `${drops}/../etc`], /absolute path/],
  ['a mailbox that is none', ['--channel', 'email', '--contact', 'ada'], /e-mail addresses/],
  [
    'six mailboxes',
    ['--channel', 'email', ...[1, 2, 3, 4, 5, 6].flatMap((one) => ['--contact', `${one}@a.fr`])],
    /one to 5/,
  ],
  ['a channel that is none', ['--channel', 'fax', '--url', 'x'], /./],
])('a refusal is exit 1 or 2, says what to do, and registers nothing: %s', async (_name, words, said) => {
  const { code, err } = await add('--name', 'wrong', ...words);
  expect(code).not.toBe(0);
  expect(err).toMatch(said);
  expect(await names()).not.toContain('wrong');
});

test('by files: the secrets are shown once, and the folder is tried at once', async () => {
  const { code, out } = await add(
    '--name',
    'office',
    '--channel',
    'file',
    '--folder',
    join(drops, 'office'),
    '--format',
    'csv',
  );
  expect(code).toBe(0);
  expect(out).toMatch(/secret whsec_\S+/);
  expect(out).toMatch(/public key whpk_\S+/);
  expect(out).toContain('Test file left');
  expect((await readdir(join(drops, 'office', 'orders'))).sort()).toEqual(['socle-test.json', 'socle-test.json.sig']);
});

test.each<[string, string, string]>([
  ['outside of the allowed roots', '/srv/elsewhere/office', 'not below an allowed root'],
  ['that may not be written', '/sys/office', 'check that it exists, its rights and its space'],
])('by files: a folder %s is told at once, and can be corrected', async (name, folder, said) => {
  const { code, out } = await add('--name', name, '--channel', 'file', '--folder', folder, '--json');
  expect(code).toBe(0);
  const { trial, id } = JSON.parse(out);
  expect(trial).toMatchObject({ isGood: false, detail: { en: expect.stringContaining(said) } });
  expect(id).toMatch(/^app_/);
});

test('by e-mail, several contacts; several applications at once, each with its name', async () => {
  await mkdir(join(drops, 'at-once'));
  const added = await Promise.all([
    add('--name', 'desk', '--channel', 'email', '--contact', 'ada@a.fr', '--contact', 'bob@a.fr'),
    add('--name', 'crm', '--channel', 'pull'),
    add('--name', 'archive', '--channel', 'file', '--folder', join(drops, 'at-once', 'archive')),
    add('--name', 'loyalty', '--channel', 'webhook', '--url', 'https://loyalty.example/socle'),
  ]);
  expect(added.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(await names()).toEqual(expect.arrayContaining(['desk', 'crm', 'archive', 'loyalty']));
  const again = await add('--name', 'desk', '--channel', 'pull');
  expect(again.code).toBe(1);
  expect(again.err).toMatch(/desk|already|déjà/);
});
