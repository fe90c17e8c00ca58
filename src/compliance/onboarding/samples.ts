import { writeCsv } from '../../channels/index.ts';
import { canonicalJson, publicId, sha256 } from '../../kernel/index.ts';
import { dropContent } from '../drop/content.ts';
import { orderBody, type Recipient } from '../order/body.ts';

/** Ids that name nothing: the first of their kind. */
const id = '00000000-0000-7000-8000-000000000001';
const ref = 'p_7Qm3cXk9TnYv2LsRb5WdHg';
const values: Readonly<Record<string, string>> = {
  email: 'marie.exemple@example.org',
  phone: '+33199000001',
  last_name: 'Exemple',
  first_name: 'Marie',
  birth_date: '1980-05-01',
  postcode: '75001',
};

export interface Sample {
  readonly name: string;
  readonly content: string;
}

/** What an order file would hold for this application, written by what writes the real ones, about a made-up person. */
export function sampleOrder(
  application: { readonly name: string; readonly identityKinds: readonly string[] },
  source: string,
  format: 'ndjson' | 'csv',
): Sample & { readonly digest: string } {
  const kinds = application.identityKinds.length === 0 ? ['email'] : application.identityKinds;
  const recipient: Recipient = {
    person: id,
    ref,
    identities: kinds.map((kind) => ({ kind, value: values[kind] ?? 'EXEMPLE-0001' })),
    salt: Buffer.alloc(32),
  };
  const order = {
    id,
    key: `${publicId('req', id)}/${application.name}/erase/1`,
    action: 'erase' as const,
    due_at: new Date('2026-12-07T22:59:59Z'),
  };
  const facts = {
    ...order,
    applicationName: application.name,
    cause: { kind: 'request', id } as const,
    plannedAt: new Date('2026-11-23T09:00:00Z'),
    dueAt: order.due_at,
    source,
  };
  const body = Buffer.from(canonicalJson(orderBody(facts, [recipient])));
  const digest = sha256(body);
  const content = dropContent({ order, body, digest, recipients: [recipient] }, format).toString('utf8');
  return { name: `orders/${publicId('ord', id)}.${format}`, content, digest: `sha256:${digest.toString('hex')}` };
}

/** What the application would answer to it: erased; a line for each person, or one for the whole order. */
export function sampleAnswer(
  { order, digest }: { readonly order: string; readonly digest: string },
  format: 'ndjson' | 'csv',
): Sample {
  const answer = { order, digest, outcome: 'executed', at: '2026-11-23T09:30:00Z', by: 'purge 1.0' };
  const content =
    format === 'ndjson' ? `${JSON.stringify(answer)}\n` : writeCsv([Object.keys(answer), Object.values(answer)]);
  return { name: `answers/2026-11-23.${format}`, content };
}

/** The order that the samples are about. */
export const sampleOrderId = publicId('ord', id);
