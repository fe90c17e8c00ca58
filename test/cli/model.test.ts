import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Installation } from '../support/installation.ts';

/** The model of an installation, changed as an operator does it: by files. */
const folder = await mkdtemp(join(tmpdir(), 'socle-packs-'));
const installation = await Installation.create();
beforeAll(() => installation.start().then(() => undefined), 120_000);
afterAll(async () => {
  await installation.remove();
  await rm(folder, { recursive: true });
}, 60_000);

const model = (...words: readonly string[]) => installation.command('model', ...words);

const text = `# Who borrowed what.
pack: lending
version: 1.0.0
label: { fr: Prêt, en: Lending }
types:
  loan:
    label: { fr: Prêt, en: Loan }
    plural: { fr: Prêts, en: Loans }
    attributes:
      borrower: { type: text, label: { fr: Emprunteur, en: Borrower } }
    rights: { read: [anyone], create: [admin] }
`;
const renamed = text.replace('borrower: {', 'who: { was: borrower,').replace('1.0.0', '1.1.0');

async function give(said: string): Promise<string> {
  const pack = join(folder, 'lending');
  await mkdir(pack, { recursive: true });
  await writeFile(join(pack, 'pack.yaml'), said);
  return pack;
}

test('a pack is applied, renamed, compared and taken back, and comes out as it was written', async () => {
  const first = await model('apply', await give(text));
  expect(first.out).toContain('New type: Loan (1 attributes)');
  expect(first.out).toContain('Applied.');
  await model('apply', await give(renamed));
  const versions = (await model('versions')).out.split('\n').filter((line) => line !== '');
  const numbers = versions.map((line) => Number(line.split(' ')[0]));
  expect(versions[0]).toContain('lending 1.1.0');
  expect(versions[1]).toContain('lending 1.0.0');
  const [now, before] = numbers.map(String);
  const compared = await model('compare', before ?? '', now ?? '');
  expect(compared.out).toContain('> lending.loan.who: Attribute renamed: borrower becomes who');
  const back = await model('take-back', before ?? '');
  expect(back.out).toContain('Attribute renamed: who becomes borrower');
  const out = join(folder, 'out');
  await model('export', 'lending', '--to', out);
  expect(await readFile(join(out, 'lending', 'pack.yaml'), 'utf8')).toBe(text);
}, 120_000);

test('what is no version, no pack, no number is told', async () => {
  expect((await model('take-back', '999')).err).toContain('The model has no version 999.');
  expect((await model('take-back', 'yesterday')).code).toBe(2);
  expect((await model('export', 'renting')).err).toContain('There is no pack “renting”.');
  expect((await model('mend', '--without', 'lending')).err).toContain('Socle is running');
}, 60_000);

test('a pack is taken away while Socle is stopped', async () => {
  await installation.stop();
  expect((await model('mend', '--without', 'lending')).out).toContain('Socle can start');
  await installation.start();
  expect((await model('export', 'lending')).code).toBe(1);
}, 120_000);
