import { canonicalJson, publicId, type Uuid } from '../../kernel/index.ts';
import { receiptFormat } from './contents.ts';

/** Opens one commitment of an entry: SHA-256(nonce ‖ value) is what the entry holds under this name. */
export interface Opening {
  readonly name: string;
  /** 32 bytes: `PersonKeys.nonce(entry)`. */
  readonly nonce: Uint8Array;
  /** The value in clear, exactly as committed. */
  readonly value: string;
}

/**
 * The person's own receipt, handed to them alone: with it, and an evidence file, they can prove that the request was
 * about them. Socle keeps no copy; the nonces die with the person's secret.
 */
export function buildReceipt(receipt: { subject: string; entry: Uuid; openings: readonly Opening[] }): Buffer {
  return Buffer.from(
    canonicalJson({
      format: receiptFormat,
      version: 1,
      subject: receipt.subject,
      entry: publicId('ent', receipt.entry),
      openings: receipt.openings.map(({ name, nonce, value }) => ({
        name,
        nonce: Buffer.from(nonce).toString('hex'),
        value,
      })),
    }),
  );
}
