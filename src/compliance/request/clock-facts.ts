import { day, dayOf } from '../../kernel/index.ts';
import type { Scope, Tx } from '../../store/index.ts';
import { type IdentityRequest, type RequestClock, requestClock } from '../clock/clock.ts';
import type { RequestRow } from './row.ts';

type Facts = Pick<RequestRow, 'received_on' | 'extension_on' | 'extension_reason' | 'answered_at'>;

/** The legal clock of a request, computed anew from the facts that are stored: nothing else is kept of it. */
export function clockOf(request: Facts, identityRequests: readonly IdentityRequest[], now: Date): RequestClock {
  return requestClock(
    {
      receivedAt: day(request.received_on),
      identityRequests,
      extension:
        request.extension_on === null
          ? null
          : { notifiedAt: day(request.extension_on), hasReasons: request.extension_reason !== null },
      answeredAt: request.answered_at === null ? null : dayOf(request.answered_at),
    },
    now,
  );
}

/** The identity information asked for these requests, by request. */
export async function identityRequestsOf(
  db: Tx | Scope['db'],
  requests: readonly string[],
): Promise<ReadonlyMap<string, readonly IdentityRequest[]>> {
  if (requests.length === 0) return new Map();
  const rows = await db
    .selectFrom('compliance.identity_request')
    .select(['request_id', 'requested_at', 'received_at'])
    .where('request_id', 'in', requests)
    .orderBy('requested_at')
    .execute();
  const found = new Map<string, IdentityRequest[]>();
  for (const row of rows) {
    const one = { requestedAt: row.requested_at, receivedAt: row.received_at };
    found.set(row.request_id, [...(found.get(row.request_id) ?? []), one]);
  }
  return found;
}

export async function clockOfRequest(db: Tx | Scope['db'], request: RequestRow, now: Date): Promise<RequestClock> {
  const asked = await identityRequestsOf(db, [request.id]);
  return clockOf(request, asked.get(request.id) ?? [], now);
}
