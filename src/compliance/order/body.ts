import { type Json, publicId, sha256 } from '../../kernel/index.ts';
import type { GivenIdentity } from '../person/kinds.ts';

/** One person of an order, as its application is told. */
export interface Recipient {
  readonly person: string;
  /** Opaque, and per application. */
  readonly ref: string;
  readonly identities: readonly GivenIdentity[];
  /** Random to anyone else: keeps a guessed identifier from being confirmed by the order's digest. */
  readonly salt: Buffer;
}

export interface OrderFacts {
  readonly id: string;
  readonly key: string;
  readonly action: string;
  readonly applicationName: string;
  readonly cause: { readonly kind: 'request' | 'purge'; readonly id: string };
  readonly plannedAt: Date;
  readonly dueAt: Date | null;
  readonly source: string;
}

/**
 * The order as a CloudEvent (connect.md). The same facts always give the same bytes, so that an order delivered again
 * has the digest it had. Kept nowhere: it names the person.
 */
export function orderBody(order: OrderFacts, recipients: readonly Recipient[]): { readonly [name: string]: Json } {
  const id = publicId('ord', order.id);
  const cause = publicId(order.cause.kind === 'request' ? 'req' : 'cmp', order.cause.id);
  const salts = [...recipients].sort((a, b) => (a.ref < b.ref ? -1 : 1)).map((recipient) => recipient.salt);
  return {
    specversion: '1.0',
    id,
    source: order.source,
    type: 'org.socle.order.v1',
    time: order.plannedAt.toISOString(),
    datacontenttype: 'application/json',
    data: {
      order: id,
      key: order.key,
      action: order.action,
      application: order.applicationName,
      cause: { kind: order.cause.kind === 'request' ? 'request' : 'campaign', id: cause, right: 'erasure' },
      ...(order.dueAt === null ? {} : { due: order.dueAt.toISOString() }),
      salt: sha256(Buffer.concat([Buffer.from(order.id), ...salts])).toString('hex'),
      persons: recipients.map(({ ref, identities }) => ({
        ref,
        identities: identities.map(({ kind, value }) => ({ kind, value })),
      })),
    },
  };
}
