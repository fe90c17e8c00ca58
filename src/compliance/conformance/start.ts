import { type Actor, actorText, type Id, newId, Refusal } from '../../kernel/index.ts';
import type { ApplicationLine } from '../../repository/index.ts';
import { hintDue, type Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import type { TestChannel } from './cases.ts';
import { testMessages } from './message.ts';

/** How many runs of an application are kept. */
const kept = 5;

/** What a made-up person is known by, unless somebody says otherwise: the kinds that the application asked for. */
export function usualKinds({ limits }: ApplicationLine): readonly string[] {
  return limits.identityKinds.length === 0 ? ['email'] : limits.identityKinds;
}

/** Starts a run: its orders are written with it, and the pump carries it on. */
export async function startRun(
  engine: Engine,
  writing: Writing,
  application: ApplicationLine,
  kinds: readonly string[],
): Promise<string> {
  const channel = expectTestable(application);
  const { tx, scope, now } = writing;
  await expectNoneRunning(writing, application.id);
  const run = newId();
  await tx
    .insertInto('compliance.conformance_run')
    .values({
      id: run,
      application_id: application.id,
      channel,
      state: 'running',
      started_at: now,
      started_by: whoStarts(writing.cause.actor),
      step_since: now,
      next_at: now,
    })
    .execute();
  const source = `${engine.publicUrl}/orgs/${scope.org}`;
  const { batchSize } = application.limits;
  const messages = testMessages({ run, application: application.name, channel, kinds, batchSize, source, now });
  await tx
    .insertInto('compliance.conformance_order')
    .values(
      messages.map(({ id, case: name, place, body, digest, persons, hold }) => ({
        id,
        run_id: run,
        case_id: name,
        place,
        body,
        digest,
        persons: JSON.stringify(persons),
        hold,
      })),
    )
    .execute();
  await forgetOld(writing, application.id);
  await hintDue(tx);
  return run;
}

/** Somebody says that they have restarted the application. */
export async function tellRestarted(writing: Writing, run: string): Promise<void> {
  await writing.tx
    .updateTable('compliance.conformance_run')
    .set({ restart: 'told' })
    .where('id', '=', run)
    .where('state', '=', 'running')
    .where('restart', '<>', 'seen')
    .execute();
  await hintDue(writing.tx);
}

function whoStarts(actor: Actor): string {
  return actorText(actor);
}

function expectTestable({ channel }: ApplicationLine): TestChannel {
  if (channel === 'webhook' || channel === 'pull') return channel;
  throw new Refusal('conformance.channel', 409, {
    fr: 'L’essai de conformité pilote les applications qui reçoivent leurs ordres par webhook ou viennent les chercher. Pour SQL, Socle exécute et vérifie lui-même : voyez le plan d’effacement.',
    en: 'The conformance test drives applications that get their orders by webhook or come for them. With SQL, Socle itself carries out and verifies: see the erasure plan.',
  });
}

async function expectNoneRunning({ tx }: Writing, application: Id<'application'>): Promise<void> {
  const running = await tx
    .selectFrom('compliance.conformance_run')
    .select('id')
    .where('application_id', '=', application)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (running === undefined) return;
  throw new Refusal('conformance.running', 409, {
    fr: 'Un essai de cette application est en cours : attendez sa fin.',
    en: 'A test of this application is under way: wait until it ends.',
  });
}

async function forgetOld({ tx }: Writing, application: Id<'application'>): Promise<void> {
  const old = tx
    .selectFrom('compliance.conformance_run')
    .select('id')
    .where('application_id', '=', application)
    .orderBy('id', 'desc')
    .offset(kept);
  await tx.deleteFrom('compliance.conformance_run').where('id', 'in', old).execute();
}
