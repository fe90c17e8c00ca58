import type { Id } from '../../src/kernel/index.ts';

/** What an operator does to an application of the example, to see what Socle notices. */
export const deeds = [
  'start',
  'stop',
  'copy',
  'restore',
  'lie',
  'slow',
  'fail',
  'gone',
  'mend',
  'ask',
  'import',
  'by_hand',
  'by_itself',
] as const;
export type Deed = (typeof deeds)[number];

export type LiveState = 'stopped' | 'starting' | 'running';

/** What an application last said that it did, and how many. */
export interface Did {
  readonly did: 'mailing' | 'import' | 'restoration';
  readonly facts: Readonly<Record<string, number>>;
  readonly at: Date;
}

/** What is wrong with it, or unusual. */
export type Fault =
  | { readonly kind: 'lies' | 'failures'; readonly times: number }
  | { readonly kind: 'slow' | 'gone' | 'ignores' | 'by_hand' };

/** How an application is now. */
export interface LiveStatus {
  readonly state: LiveState;
  /** The moments of its copies, the oldest first. */
  readonly copies: readonly Date[];
  readonly lastDid: Did | null;
  /** How it misbehaves now. */
  readonly faults: readonly Fault[];
  /** What may be done to it now. */
  readonly deeds: readonly Deed[];
}

/** One application of the example, in the operator's hands. */
export interface LiveApplication {
  readonly id: Id<'application'>;
  readonly name: string;
  readonly channel: 'sql' | 'webhook' | 'pull' | 'email';
  status(): Promise<LiveStatus>;
  perform(deed: Deed, now: Date): Promise<void>;
  /** Ends with Socle. */
  stop(): Promise<void>;
}
