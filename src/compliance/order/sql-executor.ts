import {
  type Capture,
  connect,
  type ErasurePlan,
  execute,
  keptByDecision,
  readCatalogue,
  type Seen,
  type SqlConnection,
  schemaChanges,
  seePerson,
} from '../../channels/index.ts';
import { type Id, Refusal, systemCause } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { learntOf } from './capture.ts';
import type { Executor } from './executor.ts';
import type { OrderRow } from './move.ts';
import { refreezePlan } from './refreeze.ts';

/** Socle executes the order itself, in the application's database. */
export function sqlExecutor(engine: Engine): Executor {
  return {
    async execute({ scope, order, recipients, earlier, persist }) {
      const plan = await frozenPlan(engine, scope, order);
      const capture: Capture | null = earlier === null ? null : JSON.parse(earlier);
      return withConnection(engine, scope, order, async (connection) => {
        const changes = schemaChanges(plan, await readCatalogue(connection));
        if (changes.some((change) => change.concernsPlan)) throw schemaChanged(changes.map((change) => change.table));
        const persons = recipients.map(({ ref, identities }) => ({ ref, identities }));
        // A later attempt that finds fewer rows must not make the first one's finding be forgotten.
        let best = capture;
        const keep = async (found: Capture): Promise<void> => {
          if (found.plan === best?.plan && rowsOf(found) < rowsOf(best)) return;
          best = found;
          await persist(found);
        };
        const outcome = await execute(connection, plan, persons, { persist: keep, earlier: capture });
        return { ...outcome, kept: keptByDecision(plan, best) };
      });
    },
    async see({ scope, order, recipients, earlier }) {
      const plan = await frozenPlan(engine, scope, order);
      const learnt = learntOf(earlier);
      return withConnection(engine, scope, order, async (connection) => {
        const seen: Seen[] = [];
        for (const { ref, identities } of recipients) {
          seen.push(await seePerson(connection, plan, identities, learnt.get(ref) ?? []));
        }
        return seen;
      });
    },
  };
}

function rowsOf(capture: Capture | null): number {
  return (capture?.steps ?? []).flatMap((step) => step.counts).reduce((sum, [, count]) => sum + count, 0);
}

/** The plan frozen with the campaign; made now when the application could not be read then. */
async function frozenPlan(engine: Engine, scope: Scope, order: OrderRow): Promise<ErasurePlan> {
  const row = await scope.db
    .selectFrom('compliance.campaign_application')
    .select('plan')
    .where('campaign_id', '=', order.campaign_id)
    .where('application_id', '=', applicationOf(order))
    .executeTakeFirstOrThrow();
  if (row.plan === null) {
    return refreezePlan(engine, scope, systemCause('orders', order.id), order.id, applicationOf(order));
  }
  const plan: ErasurePlan = JSON.parse(JSON.stringify(row.plan));
  return plan;
}

async function withConnection<T>(
  engine: Engine,
  scope: Scope,
  order: OrderRow,
  use: (connection: SqlConnection) => Promise<T>,
): Promise<T> {
  const url = await engine.applications.connectionUrl(scope, applicationOf(order));
  const connection = await connect(url);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

function applicationOf(order: OrderRow): Id<'application'> {
  if (order.application_id === null) throw new Error('an SQL order without application');
  return order.application_id;
}

function schemaChanged(tables: readonly string[]): Refusal {
  return new Refusal('order.schema_changed', 409, {
    fr: `Le schéma de l’application a changé depuis que le plan a été arrêté (${tables.join(', ')}). Relevez-le, revoyez le plan, puis refaites-le pour cet ordre.`,
    en: `The application’s schema changed since the plan was frozen (${tables.join(', ')}). Harvest it, review the plan, then make it again for this order.`,
  });
}
