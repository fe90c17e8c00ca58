import { sql } from 'kysely';
import { systemCause } from '../../../kernel/index.ts';
import type { Limits } from '../../../repository/index.ts';
import { type Scope, type Tx, write } from '../../../store/index.ts';
import { opensAt } from '../../application/hours.ts';
import type { OrderRow } from '../move.ts';
import { type Line, lockLine } from './line.ts';

/** An order that may leave now, or later: outside of hours, at its turn in the rate, or when the circuit next lets one try. */
export type Admission = { readonly kind: 'now' } | { readonly kind: 'later'; readonly at: Date };

const now: Admission = { kind: 'now' };

/** A probe that a crash cut off is tried again after that. */
const probeMs = 60_000;

/**
 * Whether an order may leave for its application at this moment. What it reserves (a slot, the probe) is its own. `line`:
 * how the application fared when the order's batch began.
 */
export async function admit(
  scope: Scope,
  order: OrderRow & { readonly application_id: string },
  limits: Limits,
  line: Line,
): Promise<Admission> {
  const opening = opensAt(scope.clock.now(), limits.hours);
  if (opening > scope.clock.now()) return later(opening);
  if (line.openedAt === null && (limits.ordersPerMinute === null || hasSlot(order, scope.clock.now()))) return now;
  return write(scope, systemCause('orders', order.id), ({ tx, now: at }) => admitUnderLock(tx, order, limits, at));
}

async function admitUnderLock(
  tx: Tx,
  order: OrderRow & { readonly application_id: string },
  limits: Limits,
  at: Date,
): Promise<Admission> {
  const application = order.application_id;
  const line = await lockLine(tx, application);
  if (line.probeAt !== null) {
    if (line.probeAt > at) {
      await putOff(tx, application, at, line.probeAt);
      return later(line.probeAt);
    }
    // Half-open: this order alone tries; the others wait for what becomes of it.
    await tx
      .updateTable('compliance.application_line')
      .set({ probe_at: new Date(at.getTime() + probeMs) })
      .where('application_id', '=', application)
      .execute();
    return now;
  }
  if (limits.ordersPerMinute === null || hasSlot(order, at)) return now;
  const slot = line.nextSlotAt === null || line.nextSlotAt < at ? at : line.nextSlotAt;
  const next = new Date(slot.getTime() + 60_000 / limits.ordersPerMinute);
  await tx
    .updateTable('compliance.application_line')
    .set({ next_slot_at: next })
    .where('application_id', '=', application)
    .execute();
  await tx.updateTable('compliance.application_order').set({ slot_at: slot }).where('id', '=', order.id).execute();
  return slot <= at ? now : later(slot);
}

/** The moment that the rate kept for it has come. */
function hasSlot(order: Pick<OrderRow, 'slot_at'>, at: Date): boolean {
  return order.slot_at !== null && order.slot_at <= at;
}

/** Everything else that is due for this application waits with this order, in one statement rather than one by one. */
async function putOff(tx: Tx, application: string, at: Date, until: Date): Promise<void> {
  await sql`update compliance.application_order set next_at = ${until}, slot_at = null
     where application_id = ${application} and delivered_at is null and next_at <= ${at} and leased_until is null
       and state in ('planned', 'sent') and channel not in ('pull', 'sql')`.execute(tx);
}

function later(at: Date): Admission {
  return { kind: 'later', at };
}
