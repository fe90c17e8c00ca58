import { sql } from 'kysely';
import { describeError, type Log, newId, systemCause, type Text, type Uuid } from '../../kernel/index.ts';
import {
  type DueHandler,
  type DueRow,
  hintDue,
  type Lease,
  type Scope,
  type Writing,
  write,
} from '../../store/index.ts';
import type { AccessOptions } from '../context.ts';
import { createUser, type UserInput } from '../users/users.ts';

/** An account that comes with an example. */
export interface ExampleAccount extends UserInput {
  readonly language: 'fr' | 'en';
  /** The controllers it is limited to. */
  readonly perimeters: readonly Uuid[];
}

/** The example that an empty installation may start with; or why it may not. */
export type ExampleOffer =
  | {
      readonly kind: 'offered';
      readonly name: string;
      readonly organisation: { readonly slug: string; readonly name: string };
      readonly accounts: (scope: Scope) => readonly ExampleAccount[];
    }
  | { readonly kind: 'withheld'; readonly why: Text };

export const exampleSteps = ['waiting', 'databases', 'register', 'applications', 'requests', 'finished'] as const;
export type ExampleStep = (typeof exampleSteps)[number];

export interface ExampleProgress {
  readonly step: ExampleStep;
  readonly done: number;
  readonly total: number;
}

/** Where the loading of an example stands. */
export interface ExampleLoad extends ExampleProgress {
  readonly isFinished: boolean;
  /** A code, when the last try failed; it is tried again. */
  readonly lastError: string | null;
}

/**
 * Gives the example's people their accounts, with the password at hand, and asks for the rest of the example: in one
 * transaction, so that a password is never kept for later.
 */
export async function askForExample(
  options: AccessOptions,
  writing: Writing,
  example: { readonly name: string; readonly accounts: readonly ExampleAccount[] },
  password: string,
): Promise<void> {
  for (const { perimeters, ...account } of example.accounts) {
    const id = await createUser(options, writing, { ...account, password });
    const rows = perimeters.map((controller) => ({ user_id: id, controller_id: controller }));
    if (rows.length > 0) await writing.tx.insertInto('access.perimeter').values(rows).execute();
  }
  await writing.tx
    .insertInto('access.example_load')
    .values({ id: newId(), example: example.name, step: 'waiting', asked_at: writing.now, next_at: writing.now })
    .execute();
  await hintDue(writing.tx);
}

/** Null where no example was asked for. */
export async function exampleLoad(scope: Scope): Promise<ExampleLoad | null> {
  const row = await scope.db
    .selectFrom('access.example_load')
    .select(['step', 'done', 'total', 'finished_at', 'last_error'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { done, total } = row;
  const step = exampleSteps.find((known) => known === row.step) ?? 'waiting';
  return { step, done, total, isFinished: row.finished_at !== null, lastError: row.last_error };
}

/** The example that this installation chose on its welcome page, if it did. */
export async function chosenExample(options: AccessOptions): Promise<string | null> {
  const { rows } = await sql<{ example: string | null }>`select access.chosen_example() as example`.execute(
    options.store.unbound,
  );
  return rows[0]?.example ?? null;
}

/** Makes what is missing of the example of that name, and says how far it is. */
export type LoadExample = (name: string, progress: (progress: ExampleProgress) => Promise<void>) => Promise<void>;

/** Puts the example that was asked for into its organisation. Cut anywhere, it goes on from what is there. */
export function exampleHandler(load: LoadExample, log: Log): DueHandler {
  return {
    table: 'access.example_load',
    batch: 1,
    leaseMs: 30_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) await loadOne(scope, row, lease, { load, log });
    },
  };
}

async function loadOne(
  scope: Scope,
  row: DueRow,
  lease: Lease,
  { load, log }: { readonly load: LoadExample; readonly log: Log },
): Promise<void> {
  const mine = scope.db.updateTable('access.example_load').where('id', '=', row.id);
  const { example } = await scope.db
    .selectFrom('access.example_load')
    .select('example')
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow();
  try {
    await load(example, async (progress) => {
      await mine.set({ ...progress, last_error: null }).execute();
    });
  } catch (error) {
    // Left unsettled, the row is tried again later.
    const { code, name } = describeError(error);
    await mine.set({ last_error: code ?? name }).execute();
    throw error;
  }
  await write(scope, systemCause('example'), async ({ tx, now }) => {
    await tx
      .updateTable('access.example_load')
      .set((eb) => ({ step: 'finished', done: eb.ref('total'), last_error: null, finished_at: now }))
      .where('id', '=', row.id)
      .execute();
    await lease.settle(tx, row.id, null);
  });
  log.info({ example }, 'example.loaded');
}
