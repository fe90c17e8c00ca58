import { writeCsv } from '../../channels/index.ts';
import { publicId } from '../../kernel/index.ts';
import type { Recipient } from '../order/body.ts';
import type { OrderRow } from '../order/move.ts';

const columns = ['order', 'digest', 'key', 'action', 'due', 'ref', 'kind', 'value'] as const;

interface DropOrder {
  readonly order: Pick<OrderRow, 'id' | 'key' | 'action' | 'due_at'>;
  /** The bytes that the digest is of. */
  readonly body: Buffer;
  readonly digest: Buffer;
  readonly recipients: readonly Recipient[];
}

/** An order as its file says it: the CloudEvent on one line, or a line of CSV for each identifier of each person. */
export function dropContent({ order, body, digest, recipients }: DropOrder, format: 'ndjson' | 'csv'): Buffer {
  if (format === 'ndjson') return Buffer.concat([body, Buffer.from('\n')]);
  const head = [
    publicId('ord', order.id),
    `sha256:${digest.toString('hex')}`,
    order.key,
    order.action,
    order.due_at?.toISOString() ?? '',
  ];
  const rows = recipients.flatMap(({ ref, identities }) =>
    identities.map(({ kind, value }) => [...head, ref, kind, value]),
  );
  return Buffer.from(writeCsv([columns, ...rows]));
}
