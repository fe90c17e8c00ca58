import { createHmac, sign } from 'node:crypto';
import { sameBytes } from '../../kernel/index.ts';
import { ed25519Key, type Signer } from '../webhook/signature.ts';

/** What stands in `FILE.sig`: one line a signature over the bytes of the file, `v1,` (HMAC-SHA-256) or `v1a,` (Ed25519). */
export function detachedSignature(content: Uint8Array, signers: readonly Signer[]): string {
  const lines = signers.map((signer) =>
    signer.kind === 'hmac'
      ? `v1,${hmac(content, signer.secret).toString('base64')}`
      : `v1a,${sign(null, content, ed25519Key(signer.seed)).toString('base64')}`,
  );
  return `${lines.join('\n')}\n`;
}

/** Whether a line of a `.sig` file is by one of these secrets, or verifies by the given check of an Ed25519 signature. */
export function isSignedBy(
  content: Uint8Array,
  text: string,
  secrets: readonly Uint8Array[],
  verifies: (signature: Buffer) => boolean,
): boolean {
  return text.split(/\s+/).some((line) => {
    const [scheme, encoded = ''] = line.split(',', 2);
    const given = Buffer.from(encoded, 'base64');
    if (scheme === 'v1') return secrets.some((secret) => sameBytes(given, hmac(content, secret)));
    return scheme === 'v1a' && given.length === 64 && verifies(given);
  });
}

function hmac(content: Uint8Array, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(content).digest();
}
