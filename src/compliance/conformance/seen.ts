import type { Text } from '../../kernel/index.ts';

/** How a message of the test was signed; only the first is to be believed. `offered`: the application comes for it. */
export type Signing = 'well' | 'offered' | 'expired' | 'wrongly' | 'altered' | 'unsigned';

/** One delivery, and what the application answered to it. Status null: nobody answered. */
export interface Sent {
  readonly signing: Signing;
  readonly status: number | null;
  readonly latencyMs: number;
  /** Why nobody answered. */
  readonly problem: Text | null;
}

export type TestOutcome = 'executed' | 'partly' | 'refused' | 'not_found' | 'failed';

/** One outcome that came in, and what Socle said to it. */
export interface Answered {
  /** `held`: Socle feigned to be down. `not_this_one` and `conflict` are what a real order would have been told. */
  readonly verdict: 'taken' | 'repeat' | 'held' | 'not_this_one' | 'conflict';
  /** When it was done, as the application says: it changes when an order is done again. */
  readonly at: string;
  readonly outcome: TestOutcome;
  readonly default: TestOutcome | null;
  readonly persons: readonly {
    readonly ref: string;
    readonly outcome: TestOutcome;
    readonly counts: number;
    readonly hasReason: boolean;
  }[];
  readonly hasBy: boolean;
  readonly isSigned: boolean;
}

export type Kind = 'present' | 'absent';

/** One order of the test with all that happened to it. */
export interface SeenOrder {
  readonly persons: readonly { readonly ref: string; readonly kind: Kind }[];
  readonly sent: readonly Sent[];
  readonly receipts: number;
  /** How often the application came for it. */
  readonly fetched: number;
  readonly answers: readonly Answered[];
}

/** `told`: somebody said that they did it, and nothing contradicts them. */
export type Restart = 'seen' | 'told' | 'never';

/** `mend`: the application is wrong. `untried`: it could not be tried. `advice` doesn't keep from passing. */
export interface Finding {
  readonly verdict: 'good' | 'advice' | 'mend' | 'untried';
  readonly text: Text;
}

export type CaseVerdict = 'passed' | 'mend' | 'untried';

/** One case as it ended. */
export interface CaseResult {
  readonly case: string;
  readonly verdict: CaseVerdict;
  readonly findings: readonly Finding[];
}

export function verdictOf(findings: readonly Finding[]): CaseVerdict {
  if (findings.some((finding) => finding.verdict === 'mend')) return 'mend';
  return findings.some((finding) => finding.verdict === 'untried') ? 'untried' : 'passed';
}
