import { expect, test } from 'vitest';
import { outboxHandler } from '../../access/index.ts';
import { createLog, newId, publicId, type Uuid } from '../../kernel/index.ts';
import { createObject, systemAsker } from '../../objects/index.ts';
import { runDueBatch, write } from '../../store/index.ts';
import { complianceTest, operator } from '../test/compliance.ts';
import { Site } from '../test/site.ts';
import { assignRequest } from './assign.ts';
import { withdrawRequest } from './decide.ts';
import { readRequestRow } from './row.ts';

const compliance = await complianceTest();
const { scope, engine, model, store } = compliance;
const log = createLog('silent');
const site = new Site(compliance, log);
const manual = { answer: 'manual', identityProof: null } as const;
/** The first controller is that of requests that name none. */
await write(scope, operator, (writing) =>
  createObject(writing, { model, asker: systemAsker }, 'controller', { name: 'Enseigne' }),
);
const brand = await write(scope, operator, (writing) =>
  createObject(writing, { model, asker: systemAsker }, 'controller', { name: 'Autre enseigne' }),
);

async function colleague(
  name: string,
  roles: readonly string[],
  perimeter: Uuid | null = null,
  id = newId(),
): Promise<Uuid> {
  await store.asOwner(
    `insert into access.user (org, id, email, name, password_hash, roles, created_at, password_changed_at)
       values ($1, $2, $3, $4, '', $5, now(), now())`,
    [scope.org, id, `${name.toLowerCase()}@enseigne.example`, name, roles],
  );
  if (perimeter !== null) {
    await store.asOwner('insert into access.perimeter (org, user_id, controller_id) values ($1, $2, $3)', [
      scope.org,
      id,
      perimeter,
    ]);
  }
  return id;
}

// Who visits the site.
await colleague('Ada', ['dpo'], null, '0192f000-0000-7000-8000-000000000001');
const grace = await colleague('Grace', ['relay']);
const elsewhere = await colleague('Edith', ['relay'], brand.id);
const architect = await colleague('Armand', ['architect']);

/** The messages that left. */
async function sent(): Promise<readonly { to: string; title: string; text: string }[]> {
  const messages: { to: string; title: string; text: string }[] = [];
  const transport = {
    send: async (_id: string, _at: Date, message: { to: string; title: string; text: string }) => {
      messages.push(message);
    },
    forget: () => Promise.resolve(),
  };
  while ((await runDueBatch(outboxHandler(transport, log), scope, log)) > 0);
  return messages;
}

test('a request is given to a colleague, who gets its number and a link, and nothing of the person', async () => {
  const id = await compliance.open({
    ...manual,
    contact: { name: 'Claire Dupont', email: 'claire.dupont@example.org', postalAddress: null },
  });
  const { number } = await readRequestRow(scope.db, id);
  const href = `/requests/${publicId('req', id)}`;
  await site.send(`${href}/assign`, { assignee: grace });
  expect(await readRequestRow(scope.db, id)).toMatchObject({ assignee_id: grace });
  const messages = await sent();
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ to: 'grace@enseigne.example', title: `La demande ${number} vous est confiée` });
  expect(messages[0]?.text).toContain(`https://socle.example.org${href}`);
  expect(JSON.stringify(messages)).not.toMatch(/claire|dupont/i);
  expect((await site.get(`${href}/history`)).html).toContain('Confiée à Grace');
  expect((await site.api('GET', `/requests/${publicId('req', id)}`)).json.assignee).toBe(publicId('usr', grace));
});

test('it is given to none but those who may handle it where it belongs', async () => {
  const id = await compliance.open(manual);
  const page = `/requests/${publicId('req', id)}/assign`;
  const { html } = await site.get(page);
  expect(html).toContain('Grace');
  expect(html).not.toMatch(/Edith|Armand/);
  for (const user of [elsewhere, architect, newId()]) {
    expect((await site.send(page, { assignee: user })).status).toBe(422);
  }
  expect(await readRequestRow(scope.db, id)).toMatchObject({ assignee_id: null });
  const theirs = await compliance.open({ ...manual, controllerId: brand.id });
  expect((await site.send(`/requests/${publicId('req', theirs)}/assign`, { assignee: elsewhere })).status).toBe(303);
});

test('lists show what is mine, and what is nobody’s or of someone who left', async () => {
  const [mine, nobodys, left] = [
    await compliance.open(manual),
    await compliance.open(manual),
    await compliance.open(manual),
  ];
  await site.send(`/requests/${publicId('req', mine)}`, {}, `/requests/${publicId('req', mine)}/take`);
  const leaver = await colleague('Leo', ['dpo']);
  await assignRequest(engine, scope, operator, left, leaver);
  await store.asOwner('update access.user set is_active = false where id = $1', [leaver]);
  const listed = async (assignee: string) => {
    const { json } = await site.api('GET', `/requests?state=open&limit=200&assignee=${assignee}`);
    return JSON.stringify(json);
  };
  expect(await listed('mine')).toContain(publicId('req', mine));
  expect(await listed('mine')).not.toContain(publicId('req', nobodys));
  expect(await listed('nobody')).not.toContain(publicId('req', mine));
  for (const id of [nobodys, left]) expect(await listed('nobody')).toContain(publicId('req', id));
  expect((await site.get('/requests?assignee=mine')).html).toContain((await readRequestRow(scope.db, mine)).number);
});

test('it is given back to nobody, and a request that is over is given to nobody new', async () => {
  const id = await compliance.open(manual);
  const page = `/requests/${publicId('req', id)}/assign`;
  await site.send(page, { assignee: grace });
  await site.send(page, { assignee: 'nobody' });
  expect(await readRequestRow(scope.db, id)).toMatchObject({ assignee_id: null });
  await withdrawRequest(engine, scope, operator, id);
  const refused = await site.api('POST', `/requests/${publicId('req', id)}/assign`, {
    assignee: publicId('usr', grace),
  });
  expect(refused.status).toBe(409);
});
