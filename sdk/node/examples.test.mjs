import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { connectShop } from './examples/own-database.mjs';
import { fakeSocle, newOrder, newSecret, signedHeaders, until } from './fixture.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sdk-examples-'));
const secret = newSecret();
const running = [];
let socle;
let customers;
let store;

beforeEach(async () => {
  socle = await fakeSocle();
  customers = join(mkdtempSync(join(folder, 'data-')), 'customers.json');
  store = join(folder, `store-${Math.random()}`);
  writeFileSync(customers, JSON.stringify([{ email: 'a@example.org' }, { email: 'b@example.org' }]));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  socle.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await until(() => server.listening);
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs an example as its own process. */
async function start(example, port = 0) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'examples', example)], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      SOCLE_URL: socle.url,
      SOCLE_KEY: 'a-key',
      SOCLE_SECRETS: secret.text,
      SOCLE_STORE: store,
      CUSTOMERS: customers,
    },
  });
  running.push(child);
  const url = `http://127.0.0.1:${port}/`;
  if (port !== 0) {
    await until(() =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    );
  }
  return { url, child };
}

async function post(url, event) {
  const body = JSON.stringify(event);
  const response = await fetch(url, { method: 'POST', headers: signedHeaders(event, body, [secret]), body });
  return response.status;
}

test('bare http: killed between doing and answering, it answers the repeat as it would have', async () => {
  const port = await freePort();
  const first = await start('http.mjs', port);
  // Socle is down when the answer is sent: it was done, kept, and nobody was told.
  socle.refuseWith.push(503, 503, 503, 503, 503, 503);
  const event = newOrder(['a@example.org', 'nobody@example.org']);
  expect(await post(first.url, event)).toBe(200);
  await until(() => socle.keys.length > 0);
  first.child.kill('SIGKILL');
  socle.refuseWith.splice(0);
  expect(JSON.parse(readFileSync(customers, 'utf8'))).toEqual([{ email: 'b@example.org' }]);

  const again = await start('http.mjs', port);
  expect(await post(again.url, event)).toBe(200);
  await until(() => socle.answers.length === 1);
  expect(socle.answers[0].persons).toEqual([
    { ref: event.data.persons[0].ref, outcome: 'executed', counts: { identity: 1 } },
    { ref: event.data.persons[1].ref, outcome: 'not_found' },
  ]);
});

test('pull: takes its orders and answers them', async () => {
  socle.toPull.push(newOrder(['b@example.org']));
  await start('pull.mjs');
  await until(() => socle.answers.length === 1);
  expect(socle.answers[0]).toMatchObject({ outcome: 'executed' });
  expect(JSON.parse(readFileSync(customers, 'utf8'))).toEqual([{ email: 'a@example.org' }]);
});

/** A database as small as it gets: a transaction's writes are seen when it ends well, or never. */
function tinyDatabase(emails) {
  const state = { people: new Set(emails), kept: new Map() };
  const on = (people, kept) => ({
    query: async (sql, [first, second]) => {
      if (sql.startsWith('select')) return kept.has(first) ? [{ answer: kept.get(first) }] : [];
      if (sql.startsWith('insert')) return void kept.set(first, second);
      return people.delete(first) ? [{ id: 1 }] : [];
    },
  });
  let dying = 0;
  return {
    query: (sql, values) => on(state.people, state.kept).query(sql, values),
    dieOnce: () => {
      dying = 1;
    },
    transaction: async (run) => {
      const [people, kept] = [new Set(state.people), new Map(state.kept)];
      await run(on(people, kept));
      if (dying-- > 0) throw new Error('rolled back');
      Object.assign(state, { people, kept });
    },
    people: () => [...state.people],
  };
}

test('one’s own database: erased and kept in one transaction, or neither', async () => {
  const database = tinyDatabase(['a@example.org', 'b@example.org']);
  const shop = connectShop(database, { url: socle.url, key: 'a-key', secrets: secret.text });
  const event = newOrder(['a@example.org', 'nobody@example.org']);
  const send = async () => {
    const body = JSON.stringify(event);
    await shop.receive({ headers: signedHeaders(event, body, [secret]), body });
    await shop.idle();
  };
  database.dieOnce();
  await send();
  expect(socle.answers.at(-1).outcome).toBe('failed');
  expect(database.people()).toEqual(['a@example.org', 'b@example.org']);
  await send();
  expect(socle.answers.at(-1)).toMatchObject({ outcome: 'executed', default: 'executed' });
  expect(database.people()).toEqual(['b@example.org']);
  await send();
  expect(socle.answers.at(-1)).toEqual(socle.answers.at(-2));
});

test('the README shows the examples that are run here', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  for (const name of ['http', 'express', 'fastify', 'own-database']) {
    const example = readFileSync(join(import.meta.dirname, 'examples', `${name}.mjs`), 'utf8');
    const block = readme.split('```js\n').find((part) => part.startsWith(`// examples/${name}.mjs\n`));
    expect(block?.split('```')[0].replace(/^.*\n/, ''), name).toBe(example);
  }
});
