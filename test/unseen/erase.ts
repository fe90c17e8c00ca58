import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { connect, execute, type Identity, type PersonOutcome, readCatalogue } from '../../src/channels/index.ts';
import { newId, systemCause } from '../../src/kernel/index.ts';
import { type Acting, systemAsker } from '../../src/objects/index.ts';
import { addApplication, harvest, planFor } from '../../src/repository/index.ts';
import type { Scope } from '../../src/store/index.ts';
import { testModel } from '../support/model.ts';
import { scratchDatabase, testStore } from '../support/store.ts';
import type { Row, Snapshot } from './cells.ts';
import type { Truth } from './truth.ts';

/** Socle as it is installed: applications are added, harvested and planned through its own dictionary. */
export interface Socle {
  readonly acting: Acting;
  /** One organisation for all: a connection of its own for each truth would be more than a server has. */
  readonly scope: Scope;
}

export async function openSocle(): Promise<Socle> {
  const store = await testStore();
  const model = await testModel(store);
  return { acting: { model, asker: systemAsker }, scope: await store.organisation() };
}

export interface Erasure {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly person: PersonOutcome;
  /** What the plan says it can't do, as `code table.column`. */
  readonly problems: readonly string[];
  readonly planMs: number;
  readonly executeMs: number;
}

/** Loads the application, lets Socle read it and erase the person, and reads every row before and after. */
export async function eraseFrom(socle: Socle, name: string, statements: string, truth: Truth): Promise<Erasure> {
  const url = await scratchDatabase('unseen');
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`${statements};\nanalyze`);
    return await eraseOn(client, socle, name, url, truth);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function eraseOn(client: pg.Client, socle: Socle, name: string, url: string, truth: Truth): Promise<Erasure> {
  const { scope } = socle;
  const cause = systemCause('test');
  const application = await addApplication(scope, cause, socle.acting, {
    ...{ name: `${name} ${newId()}`, channel: 'sql', url, map: null, identities: truth.identities },
  });
  await harvest(scope, cause, application);
  const startedAt = performance.now();
  const { plan } = await planFor(scope, application);
  const plannedAt = performance.now();
  const before = await readAll(client, url, truth);
  const person = await order(url, plan, truth.person);
  const executeMs = performance.now() - plannedAt;
  const problems = plan.problems.map(({ code, table, column }) => `${code} ${table}.${column ?? '*'}`);
  return {
    before,
    after: await readAll(client, url, truth),
    person,
    problems,
    planMs: plannedAt - startedAt,
    executeMs,
  };
}

async function order(
  url: string,
  plan: Awaited<ReturnType<typeof planFor>>['plan'],
  identities: readonly Identity[],
): Promise<PersonOutcome> {
  const connection = await connect(url);
  try {
    const persist = async (): Promise<void> => undefined;
    const { persons } = await execute(connection, plan, [{ ref: 'p_1', identities }], { persist });
    const [person] = persons;
    if (person === undefined) throw new Error('no outcome for the person');
    return person;
  } finally {
    await connection.close();
  }
}

async function readAll(client: pg.Client, url: string, truth: Truth): Promise<Snapshot> {
  const connection = await connect(url);
  const catalogue = await readCatalogue(connection).finally(() => connection.close());
  const tables = new Map<string, ReadonlyMap<string, Row>>();
  for (const { schema, table, kind, primaryKey } of catalogue.tables) {
    if (kind !== 'table' && kind !== 'partitioned') continue;
    const path = schema === 'public' ? table : `${schema}.${table}`;
    const key = primaryKey.length > 0 ? primaryKey : truth.keys[path];
    if (key === undefined) throw new Error(`the truth must say what tells the rows of ${path} apart`);
    tables.set(path, await readRows(client, `"${schema}"."${table}"`, key));
  }
  return tables;
}

async function readRows(client: pg.Client, table: string, key: readonly string[]): Promise<ReadonlyMap<string, Row>> {
  const order = key.map((column) => `"${column}"`).join(', ');
  const { rows } = await client.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${table} t order by ${order}`,
  );
  const read = new Map<string, Row>();
  for (const { row } of rows) {
    const cells = new Map(Object.entries(row).map(([column, value]) => [column, asText(value)]));
    const name = key.map((column) => cells.get(column)).join('|');
    // Without a declared key nothing keeps two rows from being alike once they are blank.
    const alike = [...read.keys()].filter((other) => other === name || other.startsWith(`${name}#`)).length;
    read.set(alike === 0 ? name : `${name}#${alike + 1}`, cells);
  }
  return read;
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
