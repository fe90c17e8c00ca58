import type { Cause, Id } from '../../kernel/index.ts';
import { publicId } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { createOrders, freezeCampaign, gatherPlan, wholeDigest } from '../order/campaign.ts';
import { expectNoOpenReview } from './qualify.ts';
import { campaignOf, lockRequest, moveRequest, type RequestRow, readRequestRow } from './row.ts';

/**
 * identity_checked → planned: the plan of every application concerned is frozen with the request, and its digest goes
 * into the journal. The applications are asked first, outside of the transaction.
 */
export async function freezePlan(engine: Engine, scope: Scope, cause: Cause, id: Id<'request'>): Promise<RequestRow> {
  const before = await readRequestRow(scope.db, id);
  const lines = await gatherPlan(engine, scope, before.controller_id);
  return write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    await expectNoOpenReview(writing, request);
    const digest = wholeDigest(lines);
    if (request.state === 'identity_checked') {
      await freezeCampaign(writing, { id: campaignOf(request), kind: 'request', persons: [request.person_id] }, lines);
    }
    return moveRequest(engine, writing, request, {
      transition: 'plan',
      columns: {
        plan_digest: digest,
        planned_at: writing.now,
        next_at: request.answer_mode === 'automatic' ? writing.now : null,
      },
      step: {
        kind: 'planned',
        data: {
          applications: lines.map((line) => line.application.name),
          unready: lines.filter((line) => line.problem !== null).map((line) => line.application.name),
        },
      },
      journal: {
        kind: 'request.planned',
        data: { applications: lines.map((line) => publicId('app', line.application.id)) },
        digests: { plan: digest.toString('hex') },
      },
    });
  });
}

/** planned → in_progress: the orders are made, and the pump sends them. */
export async function startRequest(engine: Engine, scope: Scope, cause: Cause, id: Id<'request'>): Promise<RequestRow> {
  return write(scope, cause, async (writing) => {
    const request = await lockRequest(writing.tx, id);
    const moved = await moveRequest(engine, writing, request, {
      transition: 'start',
      columns: { next_at: writing.now },
      step: { kind: 'started' },
      journal: { kind: 'request.started' },
    });
    await createOrders(writing, campaignOf(request), publicId('req', id));
    return moved;
  });
}
