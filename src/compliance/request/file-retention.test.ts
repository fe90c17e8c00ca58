import { expect, test } from 'vitest';
import { createLog, publicId } from '../../kernel/index.ts';
import { placeHold } from '../hold/hold.ts';
import { findPersons } from '../person/person.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { noteRequest, refuseRequest, withdrawRequest } from './decide.ts';
import { readRequestRow } from './row.ts';
import { viewRequest } from './view.ts';

const compliance = await complianceTest('2026-11-23T09:00:00Z');
const { scope, engine, store } = compliance;
await compliance.application('shop', shopSchema);
const site = new Site(compliance, createLog('silent'));
const manual = { answer: 'manual', identityProof: null } as const;

const mail = (name: string) => ({ kind: 'email', value: `${name}@example.org` });
const who = { scope, perimeters: null };

/** A refused request, with all that its file says of the person. */
async function refused(name: string) {
  const id = await compliance.open({
    ...manual,
    identities: [mail(name), { kind: 'last_name', value: 'Delaunay' }],
    contact: { name: 'Delaunay', email: null, postalAddress: '12 impasse du Four' },
    note: 'voisine du notaire',
  });
  await noteRequest(engine, scope, operator, id, 'a rappelé');
  await refuseRequest(engine, scope, operator, id, 'legal_claims', 'litige en cours');
  return id;
}

test('the file of a request that is over is kept five years, then says nobody any more, and its proof stays', async () => {
  const id = await refused('five');
  expect(await viewRequest(scope, id)).toMatchObject({ file: { endsOn: '2031-11-23', forgottenAt: null } });
  await compliance.settle(0);
  store.clock.advance({ days: 5 * 365 });
  await compliance.settle(0);
  expect((await viewRequest(scope, id)).person).not.toBeNull();
  store.clock.advance({ days: 3 });
  await compliance.settle(0);
  const view = await viewRequest(scope, id);
  expect(view.person).toBeNull();
  expect(view.request).toMatchObject({ state: 'refused', contact: null, refusal_ground: 'legal_claims' });
  expect(view.steps.every((step) => step.note === null)).toBe(true);
  expect(view.steps.at(-1)?.kind).toBe('file_forgotten');
  expect(await findPersons(who, mail('five'))).toEqual([]);
  const messages = await scope.db
    .selectFrom('access.outbox_message')
    .select('sealed_body')
    .where('subject', '=', publicId('req', id))
    .execute();
  expect(messages.every((message) => message.sealed_body === null)).toBe(true);
  const page = (await site.get(`/requests/${publicId('req', id)}`)).html;
  expect(page).toContain('Dossier anonyme depuis le');
  const evidence = await site.bytes(`/requests/${publicId('req', id)}/evidence`);
  expect(evidence.subarray(0, 2).toString()).toBe('PK');
  const sealed = await store.asOwner(
    `select 1 from compliance.identity i join compliance.profile p on p.id = i.profile_id where p.request_id = $1
      union all select 1 from compliance.request_step where request_id = $1 and note is not null`,
    [id],
  );
  expect(sealed).toEqual([]);
});

test('whoever is known by something else stays, without what the file said', async () => {
  const old = await refused('both');
  store.clock.advance({ days: 400 });
  const recent = await compliance.open({ ...manual, identities: [mail('both')] });
  store.clock.advance({ days: 5 * 365 - 300 });
  await compliance.settle(0);
  const view = await viewRequest(scope, old);
  expect(view.file?.forgottenAt).not.toBeNull();
  const { person } = await viewRequest(scope, recent);
  expect(person?.identities).toEqual([mail('both')]);
  expect(await findPersons(who, mail('both'))).toHaveLength(1);
});

test('a hold keeps the file until it ends', async () => {
  const id = await refused('held');
  const { person_id: person } = await readRequestRow(scope.db, id);
  const placed = await placeHold(scope, operator, person, {
    ground: 'legal_claims',
    categories: null,
    words: 'litige',
    endsOn: null,
  });
  store.clock.advance({ days: 5 * 365 + 3 });
  await compliance.settle(0);
  expect((await viewRequest(scope, id)).person).not.toBeNull();
  await store.asOwner("update compliance.hold set ended_at = now(), ended_how = 'released' where id = $1", [placed]);
  store.clock.advance({ days: 2 });
  await compliance.settle(0);
  expect((await viewRequest(scope, id)).person).toBeNull();
});

test('the period is the organisation’s own, with its source, and holds for the files already kept', async () => {
  const id = await compliance.open({ ...manual, identities: [mail('short')] });
  await withdrawRequest(engine, scope, operator, id);
  const before = (await viewRequest(scope, id)).file?.endsOn ?? '';
  const wrong = await site.send('/letters/retention', { months: '0', source: '' });
  expect(wrong.status).toBe(422);
  expect((await site.send('/letters/retention', { months: '24', source: 'décision du DPO' })).status).toBe(303);
  const after = (await viewRequest(scope, id)).file?.endsOn ?? '';
  expect(Number(before.slice(0, 4)) - Number(after.slice(0, 4))).toBe(3);
  expect((await site.get('/letters')).html).toContain('deux ans');
  site.as({ roles: ['relay'] });
  expect((await site.get('/letters/retention')).status).toBe(403);
  site.as({ roles: ['dpo'] });
});
