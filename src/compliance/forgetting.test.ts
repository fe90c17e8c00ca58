import { expect, test } from 'vitest';
import { asAdmin } from '../../test/support/store.ts';
import { sequence } from '../journal/index.ts';
import { createLog, publicId } from '../kernel/index.ts';
import { editLetter } from './request/answer.ts';
import { noteRequest, withdrawRequest } from './request/decide.ts';
import { draftAnswer } from './request/letter.ts';
import { readRequestRow } from './request/row.ts';
import { complianceTest, operator, shopSchema } from './test/compliance.ts';
import { Site } from './test/site.ts';

/**
 * Plants personal values through every entrance of this room (API, staff page, public form, notes, letters), erases the
 * person, and searches every text, JSON and byte column of Socle's database, and the logs, for each of them: some hundreds
 * of queries, which take their time on a busy machine.
 */
const compliance = await complianceTest();
const { scope, engine, store } = compliance;
await compliance.application('shop', shopSchema);
const logged: string[] = [];
const site = new Site(compliance, createLog('debug', { write: (line: string) => logged.push(line) }));

const planted = [
  'claire.dupont@example.org',
  'Marguerite-Zoé',
  'Delaunay-Quérouil',
  '12 impasse du Vieux Four',
  'FID-99887766',
  '+33601020304',
  '1971-03-09',
  'préfère être appelée le soir',
  'bien à vous, la dame du Vieux Four',
  'voisine du notaire',
];

test('a person who came in by every entrance leaves nothing behind', async () => {
  const opened = await site.api('POST', '/requests', {
    right: 'erasure',
    identities: [
      { kind: 'email', value: 'Claire.Dupont@Example.org' },
      { kind: 'loyalty_number', value: 'FID-99887766' },
      { kind: 'first_name', value: 'Marguerite-Zoé' },
      { kind: 'last_name', value: 'Delaunay-Quérouil' },
      { kind: 'phone', value: '06 01 02 03 04' },
      { kind: 'birth_date', value: '1971-03-09' },
    ],
    contact: { name: 'Marguerite-Zoé Delaunay-Quérouil', postalAddress: '12 impasse du Vieux Four\n29000 Quimper' },
    note: 'préfère être appelée le soir',
    intake: 'operator',
  });
  expect(opened.status).toBe(201);
  const staff = await site.send(
    '/requests/new',
    {
      email: 'claire.dupont@example.org',
      first_name: 'Marguerite-Zoé',
      last_name: 'Delaunay-Quérouil',
      intake: 'phone',
      receivedOn: '2026-11-20',
      note: 'voisine du notaire',
    },
    '/requests',
  );
  expect(staff.status).toBe(303);
  const form = `/r/${publicId('org', scope.org)}`;
  const posted = await site.as(null).send(form, {
    email: 'claire.dupont@example.org',
    last_name: 'Delaunay-Quérouil',
    loyalty_number: 'FID-99887766',
    message: 'préfère être appelée le soir',
  });
  expect(posted.status).toBe(303);
  site.as({ roles: ['dpo'] });
  await site.send('/persons', { kind: 'email', value: 'claire.dupont@example.org' });
  const id = (await scope.db.selectFrom('compliance.request').select('id').orderBy('id').executeTakeFirstOrThrow()).id;
  await noteRequest(engine, scope, operator, id, 'voisine du notaire');
  const { person_id: person } = await readRequestRow(scope.db, id);
  const holds = `/persons/${publicId('per', person)}/holds`;
  const placed = await site.api('POST', holds, {
    ground: 'legal_claims',
    words: 'Delaunay-Quérouil, voisine du notaire',
  });
  expect(placed.status).toBe(201);
  await site.send(`/requests/${publicId('req', id)}`, {}, `/requests/${publicId('req', id)}/plan`);
  await site.send(`/requests/${publicId('req', id)}`, {}, `/requests/${publicId('req', id)}/start`);
  await compliance.settle(1);
  expect((await site.api('DELETE', `${holds}/${String(placed.json.id)}`)).status).toBe(204);
  await compliance.settle(1);
  const basis = (await draftAnswer(engine, scope, await readRequestRow(scope.db, id)))?.basis ?? '';
  await editLetter(engine, scope, operator, id, {
    basis,
    subject: 'Réponse à Marguerite-Zoé',
    body: 'Chère Marguerite-Zoé Delaunay-Quérouil,\n\nbien à vous, la dame du Vieux Four',
  });
  expect(await searchEverything()).toEqual([]);
  const letter = await site.bytes(`/requests/${publicId('req', id)}/letter.pdf`);
  expect(letter.subarray(0, 4).toString()).toBe('%PDF');
  await site.send(
    `/requests/${publicId('req', id)}`,
    { basis, subject: 'Réponse à Marguerite-Zoé', body: 'bien à vous, la dame du Vieux Four', do: 'send' },
    `/requests/${publicId('req', id)}/letter`,
  );
  await site.send(`/requests/${publicId('req', id)}`, {}, `/requests/${publicId('req', id)}/posted`);
  await compliance.settle(1);
  // Two more requests of the same person wait for an answer: they keep Socle from forgetting whom to answer.
  expect((await readRequestRow(scope.db, id)).state).toBe('answered');
  const others = await scope.db.selectFrom('compliance.request').select('id').where('id', '!=', id).execute();
  for (const other of others) await withdrawRequest(engine, scope, operator, other.id);
  await compliance.settle(2);
  await sequence(scope);
  expect((await readRequestRow(scope.db, id)).state).toBe('closed');
  expect(await searchEverything()).toEqual([]);
  expect(logged.filter((line) => planted.some((value) => line.toLowerCase().includes(value.toLowerCase())))).toEqual(
    [],
  );
  expect(await sealedLeft()).toEqual({
    persons: 0,
    identities: 0,
    lookups: 0,
    contacts: 0,
    notes: 0,
    holds: 0,
    bodies: 0,
  });
}, 180_000);

/** Every column of every table of every schema that can hold a text, as text and as bytes. */
async function searchEverything(): Promise<readonly string[]> {
  const database = new URL(store.roles.ownerUrl).pathname.slice(1);
  const columns = await asAdmin<{ table: string; column: string; type: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, a.attname as column, format_type(a.atttypid, null) as type
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        and format_type(a.atttypid, null) ~ '^(text|character|json|bytea|date|timestamp|uuid)'`,
    [],
    database,
  );
  expect(columns.length).toBeGreaterThan(150);
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const shown = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const rows = await asAdmin<{ value: string }>(
      `select ${shown} as value from ${table} where ${planted.map((_, place) => `position(lower($${place + 1}) in lower(${shown})) > 0`).join(' or ')}`,
      planted.map((value) => (type === 'bytea' ? escaped(value) : value)),
      database,
    );
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

/** As PostgreSQL writes the UTF-8 bytes of a bytea in its escape format. */
function escaped(value: string): string {
  return [...Buffer.from(value)]
    .map((byte) => (byte > 126 ? `\\${byte.toString(8)}` : String.fromCharCode(byte)))
    .join('');
}

async function sealedLeft() {
  const count = async (query: string) => {
    const [row] = await store.asOwner<{ n: number }>(`select count(*)::int as n from ${query}`);
    return row?.n ?? -1;
  };
  return {
    persons: await count('compliance.person'),
    identities: await count('compliance.identity'),
    lookups: await count('compliance.identity_lookup'),
    contacts: await count('compliance.request where contact is not null or letter is not null'),
    notes: await count('compliance.request_step where note is not null'),
    holds: await count('compliance.hold where words is not null'),
    bodies: await count('access.outbox_message where sealed_body is not null'),
  };
}
