import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { journalBeat, record, recordAll, sequence, verifyJournal } from '../src/journal/index.ts';
import { createLog, type Id, newId, publicId, randomSecret, systemCause, systemClock } from '../src/kernel/index.ts';
import {
  migrate,
  Pump,
  prepareEmbedded,
  type Scope,
  Store,
  startCluster,
  type Writing,
  write,
} from '../src/store/index.ts';

/**
 * What journalling costs a decision, against the same decision without a journal, interleaved in the same run on a
 * durable server: one decision a transaction, and batches of 2,000 rows under one entry. Then how fast entries are
 * numbered and a whole journal verified, with the memory that takes; and how long a decision waits for its number, by the hint
 * and by the beat alone.
 *
 *   node bin/socle.mjs bench journal        (or, with a number of entries: npx tsx bench/journal.ts 1000000)
 */
const cause = systemCause('bench');
const rounds = 5;
const singles = 400;
const batchRows = 2_000;
const batches = 20;
const entries = Number(process.argv[2] ?? 100_000);
const subject = publicId('req', newId());

const decide = (writing: Writing, rows: number): Promise<unknown> =>
  sql`insert into bench.decision (id, state, at)
      select gen_random_uuid(), 'decided', ${writing.now} from generate_series(1, ${rows}::int)`.execute(writing.tx);

const enter = (writing: Writing, rows: number): Promise<unknown> =>
  record(writing, { kind: 'bench.decided', subject, data: { rows, right: 'erasure', state: 'decided' } });

/** Milliseconds for `times` transactions of `rows` rows. */
async function timed(scope: Scope, times: number, rows: number, isJournalled: boolean): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < times; at += 1) {
    await write(scope, cause, async (writing) => {
      await decide(writing, rows);
      if (isJournalled) await enter(writing, rows);
    });
  }
  return performance.now() - start;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(scope: Scope, name: string, times: number, rows: number): Promise<void> {
  await timed(scope, times, rows, true);
  const without: number[] = [];
  const journalled: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    without.push(await timed(scope, times, rows, false));
    journalled.push(await timed(scope, times, rows, true));
    await sequence(scope);
  }
  const [plain, cost] = [median(without) / times, median(journalled) / times];
  console.log(
    `${name}: ${plain.toFixed(3)} ms without, ${cost.toFixed(3)} ms journalled: ${(cost / plain).toFixed(2)}× (median of ${rounds})`,
  );
}

async function fill(scope: Scope): Promise<void> {
  const chunk = 10_000;
  for (let done = 0; done < entries; done += chunk) {
    const some = Array.from({ length: Math.min(chunk, entries - done) }, (_, at) => ({
      kind: 'bench.decided',
      subject,
      data: { row: done + at },
    }));
    await write(scope, cause, (writing) => recordAll(writing, some));
  }
}

/** How long a committed decision waits for its number while a pump runs: milliseconds, 20 decisions at odd moments. */
async function waits(store: Store, scope: Scope, beat: typeof journalBeat): Promise<readonly number[]> {
  const pump = new Pump({ store, log, handlers: [], beats: [beat] });
  pump.start();
  await wait(1_500);
  const times: number[] = [];
  for (let at = 0; at < 20; at += 1) {
    await wait(137 + 53 * at);
    await write(scope, cause, (writing) => enter(writing, at));
    const start = performance.now();
    const isWaiting = scope.db.selectFrom('journal.pending').select('position').limit(1);
    while ((await isWaiting.executeTakeFirst()) !== undefined) await wait(1);
    times.push(performance.now() - start);
  }
  await pump.stop();
  return times;
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const secret = randomSecret();
const log = createLog('silent');
const cluster = await startCluster({
  dataFolder: folder,
  password: randomSecret().toString('hex'),
  log,
  isDurable: true,
});
try {
  const roles = await prepareEmbedded(cluster.adminUrl, secret);
  await migrate(roles.ownerUrl, roles.appRole);
  const store = new Store({ roles, secret, clock: systemClock, log });
  const org: Id<'organisation'> = newId();
  await store.asOwner(async (client) => {
    await client.query("insert into access.organisation (id, slug, name) values ($1, 'bench', 'bench')", [org]);
    await client.query('create schema bench');
    await client.query(
      'create table bench.decision (org uuid not null default store.current_org(), id uuid not null, state text not null, at timestamptz not null, primary key (org, id))',
    );
    await client.query("select store.protect('bench.decision')");
  });
  const scope = store.scope(org);
  await compare(scope, 'one decision a transaction', singles, 1);
  await compare(scope, `batch of ${batchRows} rows, one entry`, batches, batchRows);
  await sequence(scope);
  const { hint: _hint, ...beatAlone } = journalBeat;
  for (const [name, beat] of Object.entries({ 'the beat alone': beatAlone, 'the hint': journalBeat })) {
    const times = await waits(store, scope, beat);
    console.log(
      `a decision waits for its number, by ${name}: ${median(times).toFixed(0)} ms (median of ${times.length}), at most ${Math.max(...times).toFixed(0)} ms`,
    );
  }
  await fill(scope);
  let start = performance.now();
  const numbered = await sequence(scope);
  console.log(
    `numbering: ${Math.round(numbered / ((performance.now() - start) / 1_000)).toLocaleString('en')} entries a second`,
  );
  start = performance.now();
  let peak = 0;
  const report = await verifyJournal(scope, {
    onProgress: () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  const seconds = (performance.now() - start) / 1_000;
  console.log(
    `verifying: ${report.size.toLocaleString('en')} entries in ${seconds.toFixed(1)} s, ${report.isWhole ? 'whole' : report.text.en}, resident memory at most ${Math.round(peak / 1e6)} MB`,
  );
  await store.close();
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
