import { limitsOf } from '../../repository/index.ts';
import type { Scope } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import type { Recipient } from '../order/body.ts';
import { type OrderRow, readOrderRow } from '../order/move.ts';
import { recipientsOf } from '../order/recipients.ts';
import { contactOf } from './contacts.ts';
import { readTaskToken, type TaskLink } from './link.ts';

interface Known {
  readonly link: TaskLink;
  readonly order: OrderRow;
  readonly contact: string;
}

/** What stands behind a link. Persons are only named while their erasure is awaited, and while the link opens. */
export type Task =
  /** Made by nobody, or its holder is no longer a contact of the application. */
  | { readonly kind: 'lost' }
  | (Known & { readonly kind: 'expired' })
  | (Known & { readonly kind: 'closed' })
  /** A legal hold forbids erasing for now. */
  | (Known & { readonly kind: 'held' })
  | (Known & { readonly kind: 'open'; readonly persons: readonly Recipient[] });

export async function readTask(engine: Engine, scope: Scope, token: string): Promise<Task> {
  const link = readTaskToken(scope, token);
  if (link === null) return { kind: 'lost' };
  const order = await readOrderRow(scope.db, link.order).catch(() => null);
  const application = order?.application_id ?? null;
  const contact = application === null ? null : await contactOf(engine, scope, application, link.contact);
  if (order === null || application === null || contact === null) return { kind: 'lost' };
  const known = { link, order, contact };
  if (order.state === 'held') return { kind: 'held', ...known };
  if (!isAwaited(order)) return { kind: 'closed', ...known };
  if (link.expiresAt <= scope.clock.now()) return { kind: 'expired', ...known };
  const { identityKinds } = await limitsOf(scope.db, application);
  const persons = await recipientsOf(scope.db, scope, order, identityKinds);
  const named = persons.filter((person) => person.identities.length > 0);
  return named.length === 0 ? { kind: 'closed', ...known } : { kind: 'open', ...known, persons: named };
}

/** It was sent, and nobody has answered: failed means that it could not be delivered, or not in time. */
function isAwaited({ state, body_digest: digest }: OrderRow): boolean {
  return digest !== null && (state === 'sent' || state === 'received' || state === 'failed');
}
