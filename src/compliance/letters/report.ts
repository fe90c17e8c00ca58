import type { Day, Language, Text } from '../../kernel/index.ts';
import type { ClockStep } from '../clock/explanation.ts';

/**
 * What the report of an evidence file says: all in words, numbers and digests. It has no field for a value of the
 * person, so that none can get in: identifiers are told by their kinds.
 */
export interface EvidenceReport {
  readonly language: Language;
  readonly organisation: string;
  /** When the evidence was made. */
  readonly madeAt: Date;
  readonly request: ReportedRequest;
  readonly clock: { readonly state: Text; readonly deadline: Day | null; readonly steps: readonly ClockStep[] };
  readonly plan: ReportedPlan | null;
  /** What was kept by a hold, or still is: a sentence each. */
  readonly holds: readonly Text[];
  readonly orders: readonly ReportedOrder[];
  readonly proofs: ReportedProofs;
  readonly verification: ReportedVerification;
}

export interface ReportedRequest {
  readonly number: string;
  /** The public id: `req_01J…`. */
  readonly id: string;
  readonly right: Text;
  readonly controller: string;
  readonly intake: Text;
  readonly receivedOn: Day;
  readonly answeredOn: Day | null;
  readonly closedOn: Day | null;
  readonly state: Text;
  /** Kinds of the identifiers that were searched with. */
  readonly identifiers: readonly Text[];
  readonly identityEstablishedBy: Text | null;
  /** Hexadecimal commitment to the person, which only the person’s receipt can open. */
  readonly personCommitment: string | null;
  /** Why it was refused, when it was. */
  readonly refusal: Text | null;
}

export interface ReportedPlan {
  readonly frozenAt: Date;
  readonly digest: string;
  readonly applications: readonly {
    readonly name: string;
    /** Tables, fields and rows in words: `6 tables, 31 fields to blank, 52 rows`. */
    readonly summary: Text;
    /** What stays, and why. */
    readonly kept: readonly { readonly what: string; readonly why: Text }[];
  }[];
}

export interface ReportedOrder {
  readonly id: string;
  readonly application: string;
  readonly action: Text;
  readonly generation: number;
  readonly sentAt: Date | null;
  readonly answeredAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly outcome: Text;
  /** What the application counted, by category in words. */
  readonly counts: readonly { readonly what: Text; readonly count: number }[];
  /** What Socle looked through by itself, and saw. */
  readonly proof: Text | null;
  readonly digest: string;
  /** Who can be held to the answer: an Ed25519 signature, or why there is none. */
  readonly signature: Text;
}

export interface ReportedProofs {
  readonly entries: readonly {
    readonly number: number;
    readonly kind: Text;
    readonly at: Date;
    /** Hexadecimal leaf hash. */
    readonly leaf: string;
  }[];
  readonly checkpoint: {
    readonly origin: string;
    readonly size: number;
    readonly root: string;
    readonly keyFingerprint: string;
  } | null;
  readonly timestamps: readonly Text[];
}

export interface ReportedVerification {
  /** The command that checks the file: `node verify.mjs DR-2026-00012.zip --key …`. */
  readonly command: string;
  /** What this report can't prove, said plainly. */
  readonly limits: readonly Text[];
}
