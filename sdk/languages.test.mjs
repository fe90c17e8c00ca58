import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fakeSocle, newOrder, newSecret, signedHeaders, until } from './node/fixture.mjs';
import { digestOf } from './node/lib/canonical.mjs';

/** The same trade in each language: what it needs, and how its example is run. */
const languages = [
  {
    name: 'Python',
    command: 'python3',
    debian: 'python3',
    file: 'python/socle.py',
    run: (port) => ['python3', [join(import.meta.dirname, 'python/example.py')], { PORT: port }],
  },
  {
    name: 'PHP',
    command: 'php',
    debian: 'php-cli',
    file: 'php/socle.php',
    run: (port) => ['php', ['-S', `127.0.0.1:${port}`, join(import.meta.dirname, 'php/example.php')], {}],
  },
];

/** Says by name what is skipped; with SOCLE_REQUIRE=all a skip is a failure. */
function isHere({ name, command, debian }) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env.SOCLE_REQUIRE === 'all') throw new Error(`${name} is needed: apt-get install ${debian}`);
    console.warn(`Skipped, for lack of ${name}: apt-get install ${debian}`);
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'sdk-languages-'));
const socle = await fakeSocle();
const [old, fresh] = [newSecret(), newSecret()];
const running = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  socle.close();
  rmSync(folder, { recursive: true });
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await until(() => server.listening);
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

async function start(language, remembering = 'made-on-the-way/orders') {
  const place = mkdtempSync(join(folder, `${language.name}-`));
  const [customers, store] = [join(place, 'customers.json'), join(place, remembering)];
  writeFileSync(customers, JSON.stringify([{ email: 'zoé@example.org' }, { email: 'b@example.org' }]));
  const port = await freePort();
  const [command, words, more] = language.run(port);
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PYTHONDONTWRITEBYTECODE: '1',
    SOCLE_URL: socle.url,
    SOCLE_KEY: 'a-key',
    SOCLE_SECRETS: `${old.text} ${fresh.text}`,
    SOCLE_STORE: store,
    CUSTOMERS: customers,
  };
  running.push(spawn(command, words, { stdio: 'ignore', env: { ...environment, ...more } }));
  const url = `http://127.0.0.1:${port}/`;
  await until(() =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  );
  return { url, store, customers };
}

async function post(url, event, { signers = [fresh], age = 0, body = JSON.stringify(event), send = body } = {}) {
  const response = await fetch(url, { method: 'POST', headers: signedHeaders(event, body, signers, age), body: send });
  return response.status;
}

describe.each(languages)('$name', (language) => {
  test.skipIf(!isHere(language))(
    'believes what Socle signed, does it once, and answers the same each time',
    async () => {
      const { url, store, customers } = await start(language);
      socle.answers.splice(0);
      const event = newOrder(['zoé@example.org', 'nobody@example.org']);

      expect(await post(url, event, { signers: [newSecret()] })).toBe(401);
      expect(await post(url, event, { age: 301 })).toBe(401);
      expect(await post(url, event, { send: JSON.stringify(event).replace('nobody', 'b') })).toBe(401);
      expect(await post(url, { id: 'x', type: 'org.socle.ping.v1' })).toBe(200);
      expect(socle.answers).toEqual([]);

      expect(await post(url, event)).toBe(200);
      await until(() => socle.answers.length === 1);
      expect(await post(url, event, { signers: [newSecret(), old] })).toBe(200);
      await until(() => socle.answers.length === 2);
      expect(socle.answers[0]).toMatchObject({ order: event.id, digest: digestOf(event), outcome: 'executed' });
      expect(socle.answers[0].persons).toEqual([
        { ref: event.data.persons[0].ref, outcome: 'executed', counts: { identity: 1 } },
        { ref: event.data.persons[1].ref, outcome: 'not_found' },
      ]);
      expect(socle.answers[1]).toEqual(socle.answers[0]);
      expect(socle.keys.at(-1)).toBe('Bearer a-key');
      expect(JSON.parse(readFileSync(customers, 'utf8'))).toEqual([{ email: 'b@example.org' }]);

      socle.refuseWith.push(503);
      const late = newOrder(['b@example.org']);
      expect(await post(url, late)).toBe(503);
      expect(await post(url, late)).toBe(200);
      expect(socle.answers.at(-1)).toMatchObject({ order: late.id, outcome: 'executed' });
      socle.refuseWith.push(409);
      expect(await post(url, late)).toBe(200);

      const rectify = newOrder(['b@example.org'], { action: 'rectify' });
      await post(url, rectify);
      expect(socle.answers.at(-1)).toMatchObject({ order: rectify.id, outcome: 'refused' });
      for (const name of readdirSync(store))
        expect(readFileSync(join(store, name), 'utf8')).not.toContain('example.org');
    },
  );

  test.skipIf(!isHere(language))('erases nobody when it could not remember that it did', async () => {
    const { url, customers } = await start(language, 'customers.json');
    const before = readFileSync(customers, 'utf8');
    const status = await post(url, newOrder(['b@example.org'])).catch(() => 'cut');
    expect([500, 503, 'cut']).toContain(status);
    expect(readFileSync(customers, 'utf8')).toBe(before);
  });

  test('is at most sixty lines', () => {
    const lines = readFileSync(join(import.meta.dirname, language.file), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
  });
});
