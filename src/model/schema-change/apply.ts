import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { type Clock, Refusal, type Uuid } from '../../kernel/index.ts';
import type { Store } from '../../store/index.ts';
import { compileModel, fingerprintOf } from '../compile.ts';
import type { Model } from '../model.ts';
import type { PackSource } from '../pack/pack-schema.ts';
import { readActual } from './actual.ts';
import { desiredTables } from './desired.ts';
import { planSteps } from './differ.ts';
import {
  assignNames,
  type NamesAssigned,
  type NamesKept,
  namesOf,
  readNames,
  type TypeChange,
} from './name-registry.ts';
import { offendingRows } from './narrowing.ts';
import type { Step } from './shapes.ts';
import { type Statement, statementsOf } from './statements.ts';
import { type CompiledVersion, type Version, versionInForce } from './versions.ts';

export interface ApplyOptions {
  /** How long a statement may keep trying for its lock, in all. */
  readonly patienceMs?: number;
  /** Called after each statement: progress, and where tests cut the power. */
  readonly onStatement?: (statement: string) => void;
}

const changeLock = 7_305_804_402;
const lockTimeoutMs = 100;

/** What the one whose turn it is decides, from what is in force at that moment and stays so until they are done. */
export interface Change {
  readonly packs: readonly PackSource[];
  /** What the files of packs say, by pack; none for those that come with the product. */
  readonly texts: Version['texts'];
  /** The proposal it comes from; null for what the product itself brings. */
  readonly proposal: Uuid | null;
  /** The names of a former version that is taken back: what was archived since is there again. */
  readonly former: NamesKept | null;
}

export type Decide = (client: pg.Client, inForce: Version | null) => Promise<Change>;

/** The packs as they are given, whatever is in force. */
export async function applyModel(
  store: Pick<Store, 'asOwner' | 'clock'>,
  sources: readonly PackSource[],
  options: ApplyOptions = {},
): Promise<Model> {
  const decide = async (): Promise<Change> => ({ packs: sources, texts: {}, proposal: null, former: null });
  return (await changeModel(store, decide, options)).model;
}

/**
 * The one path that changes the schema, one change at a time, whichever process asks. From the packs to a compiled model whose
 * tables are there: plans the difference between what is and what should be, and runs it step by step as the owner. Cut at any
 * point, a new run finishes; run again, it does nothing. Live readers and writers are never held for more than 100 ms by a
 * waiting statement.
 */
export async function changeModel(
  store: Pick<Store, 'asOwner' | 'clock'>,
  decide: Decide,
  options: ApplyOptions = {},
): Promise<CompiledVersion> {
  return store.asOwner(async (client) => {
    await takeTurn(client);
    const change = await decide(client, await versionInForce(client));
    const { packs, texts, proposal } = change;
    const assigned = assignNames(compileModel(packs), await readNames(client), change.former);
    if (assigned.typeChanges.length > 0) throw refuseTypeChanges(assigned.typeChanges);
    const { names } = assigned;
    const model = compileModel(packs, namesOf(names));
    const steps = planSteps(desiredTables(model), await readActual(client));
    const last = await lastVersion(client);
    if (steps.length === 0 && last?.fingerprint === model.fingerprint && last.is_finished) {
      return { number: last.number, packs, texts, names, proposal: last.proposal, model };
    }
    const problems = await offendingRows(client, model, steps);
    if (problems.length > 0) throw refuseNarrowing(problems);
    const number = await begin(client, store.clock, change, assigned, last);
    for (const step of steps) await run(client, store.clock, number, step, options);
    await client.query('update public.socle_model_version set finished_at = $2 where number = $1', [
      number,
      store.clock.now(),
    ]);
    return { number, packs, texts, names, proposal, model };
  });
}

/**
 * Asks again rather than waits: a session that waits inside a statement holds a snapshot, and an index built
 * concurrently by the one whose turn it is would wait for it, each for the other.
 */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ isMine: boolean }>('select pg_try_advisory_lock($1) as "isMine"', [
      changeLock,
    ]);
    if (rows[0]?.isMine === true) return;
    await wait(50 + Math.random() * 50);
  }
}

interface LastVersion {
  readonly number: number;
  readonly fingerprint: string;
  readonly is_finished: boolean;
  readonly proposal: Uuid | null;
}

async function lastVersion(client: pg.Client): Promise<LastVersion | null> {
  const { rows } = await client.query<LastVersion>(
    'select number, fingerprint, finished_at is not null as is_finished, proposal from public.socle_model_version order by number desc limit 1',
  );
  return rows[0] ?? null;
}

/** What is decided is written first, in one transaction: a later run after a crash finds the same names. */
async function begin(
  client: pg.Client,
  clock: Clock,
  { packs, texts, proposal }: Change,
  assigned: NamesAssigned,
  last: LastVersion | null,
): Promise<number> {
  const fingerprint = fingerprintOf(packs);
  const isResumed = last !== null && last.fingerprint === fingerprint && !last.is_finished;
  const number = isResumed ? last.number : (last?.number ?? 0) + 1;
  const now = clock.now();
  await client.query('begin');
  try {
    await client.query(
      `insert into public.socle_model_version (number, fingerprint, packs, texts, names, proposal, started_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (number) do update set texts = excluded.texts, names = excluded.names, proposal = excluded.proposal`,
      [
        number,
        fingerprint,
        JSON.stringify(packs),
        JSON.stringify(texts),
        JSON.stringify(assigned.names),
        proposal,
        now,
      ],
    );
    for (const name of assigned.registry) {
      await client.query(
        `insert into public.socle_model_name (table_name, column_name, type, attribute, meaning, retired_at)
         values ($1, $2, $3, $4, $5, case when $6 then $7::timestamptz end)
         on conflict (table_name, column_name) do update set type = excluded.type, attribute = excluded.attribute,
           meaning = excluded.meaning, retired_at = case when $6 then coalesce(socle_model_name.retired_at, $7::timestamptz) end`,
        [name.table, name.column, name.type, name.attribute, name.meaning, name.isRetired, now],
      );
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return number;
}

async function run(client: pg.Client, clock: Clock, version: number, step: Step, options: ApplyOptions): Promise<void> {
  for (const statement of statementsOf(step)) {
    await execute(client, statement, options.patienceMs ?? 60_000);
    await client.query('insert into public.socle_model_step (version, statement, done_at) values ($1, $2, $3)', [
      version,
      statement.sql,
      clock.now(),
    ]);
    options.onStatement?.(statement.sql);
  }
}

async function execute(client: pg.Client, statement: Statement, patienceMs: number): Promise<void> {
  let waitedMs = 0;
  await client.query(`set lock_timeout = ${statement.manner === 'quick' ? lockTimeoutMs : 0}`);
  for (;;) {
    try {
      const { rowCount } = await client.query(statement.sql);
      if (statement.isRepeated === true && (rowCount ?? 0) > 0) continue;
      return;
    } catch (error) {
      if (isRowInTheWay(error)) throw refuseNarrowing([]);
      if (!isLockTimeout(error)) throw error;
      if (waitedMs > patienceMs) throw refuseBusy();
      const pauseMs = 50 + Math.random() * 250;
      await wait(pauseMs);
      waitedMs += lockTimeoutMs + pauseMs;
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

/** Unique, check and foreign-key violations: a row that came after they were counted. */
function isRowInTheWay(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['23505', '23514', '23503'].includes(String(error.code));
}

function refuseBusy(): Refusal {
  return new Refusal('model.busy', 503, {
    fr: 'Une transaction longue tient une table du modèle : rien n’est perdu, relancez l’application du modèle plus tard.',
    en: 'A long transaction holds a table of the model: nothing is lost, apply the model again later.',
  });
}

function refuseTypeChanges(changes: readonly TypeChange[]): Refusal {
  return new Refusal(
    'model.type_change',
    422,
    {
      fr: 'Un attribut ne peut pas encore changer de type : donnez un autre nom à celui du nouveau type.',
      en: 'An attribute can’t change its type yet: give the one with the new type another name.',
    },
    changes.map(({ type, attribute, from, to }) => ({
      pointer: `/types/${type}/attributes/${attribute}/type`,
      code: 'model.type_change',
      text: { fr: `${type}.${attribute} : de ${from} à ${to}.`, en: `${type}.${attribute}: from ${from} to ${to}.` },
    })),
  );
}

function refuseNarrowing(problems: Refusal['problems']): Refusal {
  return new Refusal(
    'model.rows_in_the_way',
    409,
    {
      fr: `Des objets existants ne respectent pas le nouveau modèle : corrigez-les, puis recommencez.\n${problems.map((one) => one.text.fr).join('\n')}`,
      en: `Existing objects don’t fit the new model: correct them, then try again.\n${problems.map((one) => one.text.en).join('\n')}`,
    },
    problems,
  );
}
