import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isSignedBy } from '../../channels/index.ts';
import { createLog, publicId } from '../../kernel/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { signersOf } from '../application/signing.ts';
import { ordersOf } from '../order/latest.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { sampleAnswer, sampleOrder } from './samples.ts';

const roots: string[] = [];
afterAll(async () => {
  for (const root of roots) await rm(root, { recursive: true, force: true });
});

async function organisation(channel: 'file' | 'email', address: (root: string) => string, hasSecret = true) {
  const compliance = await complianceTest();
  const { scope, model, engine } = compliance;
  const root = engine.dropFolders[0] ?? '';
  roots.push(root);
  await mkdir(root);
  const connection = { name: 'Back office', channel, url: address(root), identities: [], map: null } as const;
  const id = await addApplication(scope, operator, { model, asker: systemAsker }, connection);
  if (hasSecret && channel === 'file') await write(scope, operator, (writing) => issueCredential(writing, id, 'hmac'));
  const site = new Site(compliance, createLog('silent')).as({ roles: ['dpo', 'architect'] });
  const guide = `/onboarding/${publicId('app', id)}`;
  const page = `/applications/${publicId('app', id)}/channel`;
  /** What the page says after the button of the guide. */
  const tried = async (): Promise<string> => {
    const response = await site.send(guide, {}, `${page}/try`);
    expect(response.status).toBe(303);
    return (await site.get(response.headers.get('location') ?? page)).html;
  };
  return { ...compliance, id, root, site, guide, tried };
}

test('the guide by e-mail gives the message for colleagues, and its button writes to them; the step is then done', async () => {
  const { site, guide, tried, mails, settle } = await organisation('email', () => 'ada@support.example');
  const before = (await site.get(guide)).html;
  expect(before).toContain('À envoyer à vos collègues');
  expect(before).toContain('« Données à effacer dans Back office »'.replaceAll(/(?<=«) | (?=»)/g, '\u00a0'));
  expect(before).toContain('Écrivez à ses contacts un message d’essai');
  expect(before).not.toContain('ada@support.example');
  expect(await tried()).toContain('Message d’essai envoyé à 1 contact');
  await settle(0);
  expect(mails).toMatchObject([{ to: 'ada@support.example', title: expect.stringContaining('Essai') }]);
  expect((await site.get(guide)).html).toMatch(/Essayer<\/[^>]+>.{0,80}Fait/s);
});

test('the guide by files gives the folder to who connects applications, and real lines about a made-up person', async () => {
  const { site, guide, root } = await organisation('file', (folder) => join(folder, 'office'));
  const { html } = await site.get(guide);
  expect(html).toContain(`dans ${join(root, 'office')}`);
  expect(html).toContain('marie.exemple@example.org');
  expect(html).toContain('answers/2026-11-23.ndjson');
  site.as({ roles: ['auditor'] });
  const read = (await site.get(guide)).html;
  expect(read).toContain('le dossier convenu');
  expect(read).not.toContain(root);
  expect(read).not.toContain('/try"');
});

test.each(['ndjson', 'csv'] as const)(
  'the sample order has the shape of the real ones, and the sample answer is taken (%s)',
  async (format) => {
    const { open, settle, scope, root, store } = await organisation(
      'file',
      (folder) => `${format}:${join(folder, 'o')}`,
    );
    const request = await open();
    await settle(0);
    const order = async () => (await ordersOf(scope.db, request)).find(({ channel }) => channel === 'file');
    const [name = ''] = (await readdir(join(root, 'o', 'orders'))).filter((each) => each.endsWith(`.${format}`));
    const real = await readFile(join(root, 'o', 'orders', name), 'utf8');
    const sample = sampleOrder({ name: 'Back office', identityKinds: [] }, 'https://socle.example.org', format);
    const shape = (text: string) =>
      format === 'csv'
        ? text.split('\r\n').map((line) => line.split(',').length)
        : JSON.stringify(JSON.parse(text), (_, value) => (typeof value === 'string' ? '' : value));
    expect(shape(sample.content)).toEqual(shape(real));
    const digest = `sha256:${(await order())?.digest?.toString('hex')}`;
    const answer = sampleAnswer({ order: name.replace(`.${format}`, ''), digest }, format);
    await writeFile(join(root, 'o', answer.name), answer.content);
    store.clock.advance({ minutes: 6 });
    await settle(0);
    expect(await order()).toMatchObject({ state: 'executed' });
  },
);

test('the button leaves a signed test file that names nobody, which the secret verifies', async () => {
  const { tried, root, scope, id } = await organisation('file', (folder) => join(folder, 'office'));
  expect(await tried()).toContain('Fichier d’essai déposé');
  const orders = join(root, 'office', 'orders');
  expect((await readdir(orders)).sort()).toEqual(['socle-test.json', 'socle-test.json.sig']);
  const content = await readFile(join(orders, 'socle-test.json'));
  expect(JSON.parse(content.toString())).toMatchObject({ type: 'org.socle.test.v1' });
  const signers = await signersOf(scope, id);
  const secrets = signers.flatMap((signer) => (signer.kind === 'hmac' ? [signer.secret] : []));
  const signature = await readFile(join(orders, 'socle-test.json.sig'), 'utf8');
  expect(isSignedBy(content, signature, secrets, () => false)).toBe(true);
  expect(await tried()).toContain('Fichier d’essai déposé');
});

test.each<[string, (root: string) => string, string]>([
  ['a folder outside of the allowed roots', () => '/srv/elsewhere/office', 'pas sous une racine permise'],
  ['the root itself', (root) => root, 'pas sous une racine permise'],
  ['a file in the place of the folder', (root) => join(root, 'file'), 'pas sous une racine permise'],
  ['a folder that may not be written', () => '/sys/office', 'vérifiez qu’il existe, ses droits et la place'],
])('the button says what to mend: %s', async (_name, address, words) => {
  const { tried, root, engine } = await organisation('file', address);
  Object.assign(engine, { dropFolders: [root, '/sys'] });
  await writeFile(join(root, 'file'), '');
  expect(await tried()).toContain(words);
});

test('the button says that a secret is to be issued first, and the guide asks for it', async () => {
  const { tried, site, guide, root } = await organisation('file', (folder) => join(folder, 'office'), false);
  expect((await site.get(guide)).html).toContain('Émettez le secret de signature');
  expect(await tried()).toContain('n’a pas de secret de signature');
  expect(await readdir(root)).toEqual([]);
});
