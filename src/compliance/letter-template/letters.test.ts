import { expect, test } from 'vitest';
import { createLog, day, type Id } from '../../kernel/index.ts';
import { createObject, systemAsker } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { defaultTemplate } from '../letters/index.ts';
import { draftLetter } from '../request/letter.ts';
import { readRequestRow } from '../request/row.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';

const compliance = await complianceTest('2026-11-23T09:00:00Z');
const { scope, engine, model, store } = compliance;
const site = new Site(compliance, createLog('silent'));
const page = '/letters/acknowledgement/fr';
const shipped = defaultTemplate('acknowledgement', 'fr');
const controller = (name: string) =>
  write(scope, operator, (writing) => createObject(writing, { model, asker: systemAsker }, 'controller', { name }));
const maison = await controller('Maison');
const brand = await controller('Enseigne');

async function open(controllerId: string): Promise<Id<'request'>> {
  return compliance.open({ answer: 'manual', identityProof: null, controllerId });
}

async function subjectOf(request: Id<'request'>): Promise<string> {
  const row = await readRequestRow(scope.db, request);
  const draft = await draftLetter(engine, scope, row, { kind: 'acknowledgement', deadline: day(row.due_on) });
  return draft?.letter.subject ?? '';
}

const words = (subject: string, body = shipped.body) => ({ subject, body });

test('a letter in the controller’s own words leaves like that, and the others as they were', async () => {
  const [ours, theirs] = [await open(maison.id), await open(brand.id)];
  const fields = { ...words('Bien reçu n° {request_number}'), controller: brand.id, do: 'save' };
  expect((await site.send(page, fields)).status).toBe(303);
  expect(await subjectOf(theirs)).toMatch(/^Bien reçu n° DR-/);
  expect(await subjectOf(ours)).toMatch(/^Accusé de réception/);
  await site.send(page, { ...words('Pour tous n° {request_number}'), do: 'save' });
  expect(await subjectOf(ours)).toMatch(/^Pour tous n°/);
  expect(await subjectOf(theirs)).toMatch(/^Bien reçu/);
  await site.send(page, { ...words('x'), controller: brand.id, do: 'revert' });
  expect(await subjectOf(theirs)).toMatch(/^Pour tous n°/);
  await site.send(page, { ...words('x'), do: 'revert' });
  expect(await subjectOf(theirs)).toMatch(/^Accusé de réception/);
  const history = (await site.get(`${page}?controller=${brand.id}`)).html;
  expect(history).toContain('Bien reçu n° {request_number}');
  expect(history).toContain('Retour au texte fourni');
});

test('an unknown placeholder is refused with its line, and what was typed is kept', async () => {
  const body = shipped.body.replace('{deadline}', '{dedline}');
  const line = body.slice(0, body.indexOf('{dedline}')).split('\n').length;
  const response = await site.send(page, { ...words(shipped.subject, body), do: 'save' });
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(html).toContain(`Ligne ${line}\u00a0: {dedline} n’est pas un champ`);
  expect(html).toContain('Il manque {deadline}');
  expect(html).toContain('le {dedline}');
});

test('a preview keeps nothing, and shows what is wrong as saving would', async () => {
  const seen = await (await site.send(page, { ...words('Essai {request_number}'), do: 'see' })).text();
  expect(seen).toContain('Essai DR-2026-00012');
  const wrong = await site.send(page, { ...words('Essai {nothing}'), do: 'see' });
  expect(wrong.status).toBe(422);
  const stored = await store.asOwner("select 1 from compliance.letter_template where subject like 'Essai%'");
  expect(stored).toEqual([]);
});

test('words that a later version would refuse are not used: no answer waits for them', async () => {
  const id = await open(maison.id);
  await store.asOwner(
    `insert into compliance.letter_template (org, id, kind, language, subject, body, made_at, made_by)
       values ($1, gen_random_uuid(), 'acknowledgement', 'fr', 'Sans date', 'Rien.', now(), 'system:test')`,
    [scope.org],
  );
  expect(await subjectOf(id)).toMatch(/^Accusé de réception/);
});

test('letters are the DPO’s, and each organisation has its own', async () => {
  expect((await site.get('/letters')).html).toContain('Réponse partielle');
  expect((await site.get('/letters/nothing/fr')).status).toBe(404);
  expect((await site.get('/letters/refusal/de')).status).toBe(404);
  site.as({ roles: ['relay'] });
  expect((await site.get(page)).status).toBe(403);
  site.as({ roles: ['dpo'], scope: await store.organisation() });
  expect((await site.get(page)).html).not.toContain('Versions');
});
