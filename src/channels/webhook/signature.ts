import { createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto';

/**
 * What signs a webhook (Standard Webhooks 1.0): a shared secret (`whsec_…`, HMAC-SHA-256, scheme `v1`) or a private key of
 * ours (Ed25519, scheme `v1a`). While a secret is rotated a message carries the signatures of both.
 */
export type Signer =
  | { readonly kind: 'hmac'; readonly secret: Uint8Array }
  | { readonly kind: 'ed25519'; readonly seed: Uint8Array };

export interface SignedHeaders {
  readonly [name: string]: string;
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** The three headers of a message. The timestamp is of this attempt: a receiver refuses one that is too old. */
export function signedHeaders(id: string, at: Date, body: Uint8Array, signers: readonly Signer[]): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signers.map((signer) => signatureOf(signer, content)).join(' '),
  };
}

function signatureOf(signer: Signer, content: Buffer): string {
  if (signer.kind === 'hmac') return `v1,${createHmac('sha256', signer.secret).update(content).digest('base64')}`;
  return `v1a,${sign(null, content, ed25519Key(signer.seed)).toString('base64')}`;
}

/** PKCS #8 around a raw Ed25519 seed of 32 bytes (RFC 8410 §7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

export function ed25519Key(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
}
