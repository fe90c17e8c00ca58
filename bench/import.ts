import { createSecretKey } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { createServer, type Who } from '../src/http/index.ts';
import { type Actor, createLog, newId, projectRoot, randomSecret, systemClock } from '../src/kernel/index.ts';
import { applyModel, loadPacks } from '../src/model/index.ts';
import { importHandler, objectsSlices } from '../src/objects/index.ts';
import { migrate, prepareEmbedded, runDueBatch, Store, startCluster } from '../src/store/index.ts';

/**
 * A CSV file of 500,000 devices with two references each (by name, by serial number) and 10 % repeated lines: sent, checked, and
 * its good lines written, with rights, history, journal, numbers and row-level security; beside it, as the limit, COPY of
 * the same rows into a table of the same columns without index, history or check, in the same run. Goal: under two minutes, in
 * flat memory.
 *
 *   node bin/socle.mjs bench import      (or, with a number of lines: npx tsx bench/import.ts 500000)
 */
const lines = Number(process.argv[2] ?? 500_000);
const goalSeconds = 120;
const sites = 200;
const parents = 1_000;

function* csv(): Generator<string> {
  yield 'Nom;Numéro de série;Site;Fait partie de;Quantité;Poids;Prix;Acheté le;Grade\r\n';
  const kinds = ['Écran', 'Portable', 'Clavier', 'Station'];
  for (let at = 1; at <= lines; at += 1) {
    // Each tenth line says again what an earlier one says.
    const serial = at % 10 === 0 ? at - 9 : at;
    const day = String(1 + (at % 28)).padStart(2, '0');
    yield `"${kinds[at % 4]} ${at}";SER-${serial};Site ${1 + (at % sites)};PAR-${1 + (at % parents)};${at % 97};${at % 50},${at % 10}25;${at % 900},50 €;${day}/0${1 + (at % 9)}/2025;${['Comme neuf', 'Bon', 'Usé'][at % 3]}\r\n`;
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const secret = randomSecret();
const log = createLog('warn');
const cluster = await startCluster({ dataFolder: join(folder, 'data'), password: randomSecret().toString('hex'), log });
let isWithinGoal = false;
try {
  const path = join(folder, 'devices.csv');
  await pipeline(Readable.from(csv()), createWriteStream(path));
  console.log(`${lines} lines, ${((await stat(path)).size / 1e6).toFixed(1)} MB`);
  const roles = await prepareEmbedded(cluster.adminUrl, secret);
  await migrate(roles.ownerUrl, roles.appRole);
  const store = new Store({ roles, secret, clock: systemClock, log });
  const model = await applyModel(store, await loadPacks([join(projectRoot, 'src/objects/fixtures/workshop')]));
  const org = newId();
  await store.asOwner((client) =>
    client.query("insert into access.organisation (id, slug, name) values ($1, 'bench', 'Bench')", [org]),
  );
  const scope = store.scope(org);
  const actor: Actor = { kind: 'user', id: newId() };
  const who: Who = {
    org,
    organisation: 'Bench',
    user: { id: actor.id, name: 'Bench', email: null },
    actor,
    roles: ['admin'],
    perimeters: null,
    language: null,
    scope,
    csrf: null,
    isReadOnly: false,
    cause: (key) => ({ actor, source: 'api', key }),
  };
  const publicUrl = 'http://socle.bench';
  const server = createServer({
    slices: objectsSlices({ models: { current: () => model } }),
    authenticate: async () => who,
    publicUrl,
    log,
    clock: systemClock,
    key: createSecretKey(randomSecret()),
    version: '0.0.0',
  });
  const handler = importHandler({ current: () => model }, []);
  const work = async (): Promise<void> => {
    while ((await runDueBatch(handler, scope, log)) > 0);
  };
  interface Job {
    readonly id: string;
    readonly proposal: object;
    readonly [name: string]: unknown;
  }
  const send = async (type: string, body: Readable): Promise<Job> => {
    const response = await server.fetch(
      new Request(`${publicUrl}/api/v1/objects/${type}/imports`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: Readable.toWeb(body) as ReadableStream,
        duplex: 'half',
      } as RequestInit),
    );
    if (response.status !== 201) throw new Error(await response.text());
    return (await response.json()) as Job;
  };
  const step = async (job: Job, body: object): Promise<Job> => {
    const asked = await server.fetch(
      new Request(`${publicUrl}/api/v1/imports/${job.id}/steps`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    if (asked.status !== 202) throw new Error(await asked.text());
    await work();
    const seen = await server.fetch(new Request(`${publicUrl}/api/v1/imports/${job.id}`));
    return (await seen.json()) as Job;
  };
  const whole = async (type: string, body: Readable): Promise<void> => {
    const job = await send(type, body);
    await step(job, { step: 'check', options: job.proposal });
    await step(job, { step: 'apply', lines: 'good' });
  };
  const numbered = (count: number, line: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => line(at + 1)).join('\n');
  await whole('site', Readable.from([Buffer.from(`name\n${numbered(sites, (at) => `Site ${at}`)}\n`)]));
  await whole(
    'device',
    Readable.from([Buffer.from(`name,serial,site\n${numbered(parents, (at) => `Rack ${at},PAR-${at},Site 1`)}\n`)]),
  );
  await store.asOwner((client) => client.query('analyze'));

  const rssBefore = process.memoryUsage.rss() / 1e6;
  const begun = performance.now();
  const job = await send('device', createReadStream(path));
  const sent = seconds(begun);
  const checking = performance.now();
  const checked = await step(job, { step: 'check', options: job.proposal });
  const checkSeconds = seconds(checking);
  console.log(`would create ${checked.created}, refuse ${checked.refused} (repeated)`);
  const writing = performance.now();
  const done = await step(job, { step: 'apply', lines: 'good' });
  const writeSeconds = seconds(writing);
  const total = (performance.now() - begun) / 1000;
  console.log(`${done.state}: created ${done.created}, refused ${done.refused}`);
  console.log(
    `sent ${sent} s · checked ${checkSeconds} s · written ${writeSeconds} s · in all ${total.toFixed(1)} s (goal: ${goalSeconds} s)`,
  );
  console.log(
    `memory of this process: ${rssBefore.toFixed(0)} MB before, at most ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`,
  );

  const bare = new pg.Client({ connectionString: roles.ownerUrl });
  await bare.connect();
  await bare.query(
    'create table public.peer (name text, serial text, site text, parent text, quantity text, weight text, price text, bought text, grade text)',
  );
  const copying = performance.now();
  const copy = bare.query(copyFrom("copy public.peer from stdin (format csv, header, delimiter ';')"));
  await pipeline(createReadStream(path), copy);
  console.log(`limit: COPY of the same file into a bare table of texts, ${seconds(copying)} s`);
  await bare.end();
  isWithinGoal = total <= goalSeconds && done.created === lines - Math.floor(lines / 10);
  const undoing = performance.now();
  const undone = await step(job, { step: 'undo' });
  console.log(`${undone.state} in ${seconds(undoing)} s, ${undone.kept} stayed`);
  await store.close();
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(isWithinGoal ? 'within the goal' : 'beyond the goal');
process.exitCode = isWithinGoal ? 0 : 1;
