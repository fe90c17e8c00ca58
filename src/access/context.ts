import type { KeyObject } from 'node:crypto';
import type { Json, Log, Uuid } from '../kernel/index.ts';
import type { Scope, Store, Writing } from '../store/index.ts';

/** A decision worth proving: `main.ts` ties it to the journal, which stands on the same floor. No personal value in `data`. */
export type RecordDecision = (
  writing: Writing,
  decision: { readonly kind: string; readonly subject: string; readonly data: { readonly [name: string]: Json } },
) => Promise<void>;

export interface AccessOptions {
  readonly store: Store;
  /** Derived from the installation's root key: hashes the addresses and accounts that attempts are counted by. */
  readonly key: KeyObject;
  readonly log: Log;
  readonly record?: RecordDecision;
  /** The SHA-256 of the operator's token; null when the command line has none. */
  readonly operatorTokenHash?: Buffer | null;
  /** Recognises the key of an application: the room that knows applications gives it, with the prefix of such keys. */
  readonly applications?: {
    readonly keyPrefix: string;
    find(secret: string): Promise<{ readonly application: Uuid; readonly scope: Scope } | null>;
  };
  /** What a perimeter can be made of, for the user's page: the higher room that knows controllers gives it. */
  readonly controllers?: (org: string) => Promise<readonly { readonly id: string; readonly name: string }[]>;
}

/** Writes the decision down where a journal is tied. */
export async function recordDecision(
  options: AccessOptions,
  writing: Writing,
  decision: { readonly kind: string; readonly subject: string; readonly data: { readonly [name: string]: Json } },
): Promise<void> {
  await options.record?.(writing, decision);
}
