interface Text {
  readonly fr: string;
  readonly en: string;
}

export interface Verification {
  readonly isProven: boolean;
  /** The first thing that does not hold; null when all does. */
  readonly failure: Text | null;
  /** What held, in order. */
  readonly checked: readonly Text[];
  readonly key: { readonly text: string; readonly name: string; readonly fingerprint: string } | null;
  readonly isKeyConfirmed: boolean;
  readonly orders: readonly {
    readonly id: string;
    readonly action: string;
    readonly generation: number;
    readonly application: string;
    readonly answers: readonly { readonly name: string; readonly outcome: string | null; readonly heldBy: string }[];
  }[];
  /** Orders and answers that the journal vouches for, and that the file leaves out. */
  readonly omitted: readonly string[];
  readonly summary: {
    readonly subject: string;
    readonly kind: string;
    readonly madeAt: string;
    readonly sealedAt: string;
  } | null;
}

export function verifyEvidence(
  bytes: Uint8Array,
  options?: { readonly key?: string | null; readonly receipt?: Uint8Array | null },
): Verification;
