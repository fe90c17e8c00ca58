import { writeCsv } from '../../channels/index.ts';
import { publicId } from '../../kernel/index.ts';
import type { Parcel } from '../order/delivery/channel.ts';

const columns = ['order', 'digest', 'key', 'action', 'due', 'ref', 'kind', 'value'] as const;

/** An order as its file says it: the CloudEvent on one line, or a line of CSV for each identifier of each person. */
export function dropContent(
  { order, body, digest, recipients }: Pick<Parcel, 'order' | 'body' | 'digest' | 'recipients'>,
  format: 'ndjson' | 'csv',
): Buffer {
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
