import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testStore } from '../../test/support/store.ts';
import { newId, parseId, publicId, systemCause } from '../kernel/index.ts';
import { type Scope, write } from '../store/index.ts';
import { latestCheckpoint, readEntries, recordAll, sequence } from './index.ts';
import { inclusionProof, tileReader } from './proof.ts';

const { organisation, asOwner } = await testStore();
const cause = systemCause('test');
const subject = publicId('req', newId());
const entries = 20_000;

async function fill(scope: Scope, about: string, count: number): Promise<void> {
  const some = Array.from({ length: count }, () => ({ kind: 'order.sent', subject: about }));
  await write(scope, cause, (writing) => recordAll(writing, some));
  await sequence(scope);
}

/** Runs `work`, and returns the plan of every query it made, as the application role gets it. */
async function plansOf(scope: Scope, work: (scope: Scope) => Promise<unknown>): Promise<readonly string[]> {
  const nodes: RootOperationNode[] = [];
  const listener: KyselyPlugin = {
    transformQuery: ({ node }) => {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await work({ ...scope, db: scope.db.withPlugin(listener) });
  const plans: string[] = [];
  for (const node of nodes) {
    const { sql, parameters } = scope.db.getExecutor().compileQuery(node, { queryId: 'explained' });
    if (!/^\s*(select|insert|update|delete|with)/i.test(sql)) continue;
    const explained = CompiledQuery.raw(`explain (costs off) ${sql}`, [...parameters]);
    const { rows } = await scope.db.executeQuery<{ 'QUERY PLAN': string }>(explained);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  return plans;
}

function expectIndexed(plans: readonly string[]): void {
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (entry|tile|checkpoint|pending)/);
}

describe('under the application role, on a journal that has grown, no query reads a whole table', () => {
  let scope: Scope;
  beforeAll(async () => {
    scope = await organisation();
    const other = await organisation();
    await fill(scope, publicId('req', newId()), entries);
    for (let at = 0; at < 20; at += 1) await fill(scope, subject, 1);
    for (let at = 0; at < 200; at += 1) await fill(other, publicId('req', newId()), 1);
    await asOwner('analyze journal.entry');
    await asOwner('analyze journal.tile');
    await asOwner('analyze journal.checkpoint');
    await asOwner('analyze journal.pending');
  });

  test('to list entries, newest or oldest first, and from any number', async () => {
    expectIndexed(await plansOf(scope, (watched) => readEntries(watched, { newestFirst: true, limit: 26 })));
    expectIndexed(await plansOf(scope, (watched) => readEntries(watched, { after: 9_000, limit: 26 })));
    expectIndexed(
      await plansOf(scope, (watched) => readEntries(watched, { before: 9_000, newestFirst: true, limit: 26 })),
    );
  });

  test('to find the entries of a request or of given ids', async () => {
    expectIndexed(await plansOf(scope, (watched) => readEntries(watched, { subjects: [subject] })));
    const [first] = await readEntries(scope, { limit: 1 });
    const id = parseId('ent', first?.body.id ?? '') ?? '';
    expectIndexed(await plansOf(scope, (watched) => readEntries(watched, { ids: [id] })));
  });

  test('to find the head and to prove an entry', async () => {
    expectIndexed(await plansOf(scope, latestCheckpoint));
    const head = await latestCheckpoint(scope);
    expectIndexed(await plansOf(scope, (watched) => inclusionProof(tileReader(watched.db), 5_000, head?.size ?? 0)));
  });

  test('to number what waits', async () => {
    await write(scope, cause, (writing) =>
      recordAll(
        writing,
        Array.from({ length: 9_000 }, () => ({ kind: 'order.sent', subject })),
      ),
    );
    const backlog = "insert into journal.pending (org, body) select $1, '{}' from generate_series(1, 100000)";
    await asOwner(backlog, [newId()]);
    await asOwner('analyze journal.pending');
    expectIndexed(await plansOf(scope, sequence));
  });
});
