import { createPublicKey, verify } from 'node:crypto';
import { canonicalJson, type Id, type Json, Refusal } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import type { OrderRow } from './move.ts';

/** A signature that an application put under its answer. `key`: the one of its registered keys that it holds by; null: none is known. */
export interface Signed {
  /** Base64 of 64 bytes. */
  readonly signature: string;
  readonly key: Id<'application_credential'> | null;
}

/**
 * Holds the signature of an answer against the keys that the application registered: over the canonical JSON of the answer
 * without it (RFC 8785). A false one is refused. Without a registered key it is kept as it is, and proves nothing yet.
 */
export async function expectSigned(
  writing: Writing,
  order: OrderRow,
  document: { readonly [name: string]: Json },
  text: string | undefined,
): Promise<Signed | null> {
  if (text === undefined) return null;
  const bytes = Buffer.from(/^ed25519:([\w+/-]{86}={0,2})$/.exec(text)?.[1] ?? '', 'base64');
  if (bytes.length !== 64) throw malformed();
  const signature = bytes.toString('base64');
  const keys = await answerKeys(writing, order);
  if (keys.length === 0) return { signature, key: null };
  const content = Buffer.from(canonicalJson(document));
  const holder = keys.find(({ publicKey }) => isSignedBy(publicKey, content, bytes));
  if (holder === undefined) throw falseSignature();
  return { signature, key: holder.id };
}

async function answerKeys(writing: Writing, order: OrderRow) {
  if (order.application_id === null) return [];
  const rows = await writing.tx
    .selectFrom('compliance.application_credential')
    .select(['id', 'public_key'])
    .where('application_id', '=', order.application_id)
    .where('kind', '=', 'answers')
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', writing.now)]))
    .execute();
  return rows.flatMap(({ id, public_key: publicKey }) => (publicKey === null ? [] : [{ id, publicKey }]));
}

function isSignedBy(publicKey: Buffer, content: Buffer, signature: Buffer): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') };
  return verify(null, content, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

function malformed(): Refusal {
  return new Refusal('order.malformed_signature', 422, {
    fr: 'La signature d’une réponse s’écrit « ed25519: » puis 64 octets en base64.',
    en: 'The signature of an answer is written “ed25519:” then 64 bytes in base64.',
  });
}

function falseSignature(): Refusal {
  return new Refusal('order.false_signature', 422, {
    fr: 'La signature de cette réponse ne correspond à aucune des clés publiques déclarées pour l’application. Elle porte sur le JSON canonique (RFC 8785) de la réponse sans elle.',
    en: 'The signature of this answer matches none of the public keys registered for the application. It is made over the canonical JSON (RFC 8785) of the answer without it.',
  });
}
