import type { Day, Language, Text } from '../../kernel/index.ts';
import type { RefusalGroundCode } from './grounds.ts';

/** The letters of an erasure request. */
export const letterKinds = [
  'acknowledgement',
  'identity_request',
  'extension',
  'complete_answer',
  'partial_answer',
  'not_found',
  'refusal',
] as const;

export type LetterKind = (typeof letterKinds)[number];

/** Whose letter it is. */
export interface Sender {
  readonly name: string;
  readonly brand: string | null;
  /** Lines of the postal address; empty when unknown. */
  readonly address: readonly string[];
  readonly siren: string | null;
  readonly officer: { readonly name: string | null; readonly email: string | null; readonly phone: string | null };
}

/** To whom it goes: only what is needed to send it. */
export interface Recipient {
  readonly name: string | null;
  /** Lines of the postal address; empty for an answer by e-mail. */
  readonly address: readonly string[];
}

export interface LetterFacts {
  readonly language: Language;
  readonly sender: Sender;
  readonly recipient: Recipient;
  readonly requestNumber: string;
  readonly receivedOn: Day;
  readonly writtenOn: Day;
  /** Where the person follows the request, when there is such a page. */
  readonly statusPage?: string | null;
}

/** Erased in one application. */
export interface Done {
  readonly application: string;
  /** Categories of what was erased, in words; null when of each something is left. */
  readonly what: Text | null;
  /** Categories that were erased but in one respect, each told with where they stay. */
  readonly except?: readonly { readonly what: Text; readonly but: Text }[];
  readonly on: Day;
  /** Socle looked again and found nothing. */
  readonly isVerified: boolean;
  /** Rows that bear the person's name, or a number like theirs, and that somebody looked at by hand. */
  readonly checked?: readonly Checked[];
}

/** What somebody found in such rows: by whom as what, when, and what it means for the person (“they are not yours”). */
export interface Checked {
  readonly by: Text;
  readonly on: Day;
  readonly finding: Text;
}

/** Kept in one application, and why. */
export interface Refused {
  readonly application: string;
  readonly what: Text;
  readonly ground: RefusalGroundCode;
  /** The law or the dispute, as someone wrote it; null when the ground says all. */
  readonly explanation: string | null;
  readonly until: Day | null;
}

/** Not answered yet, or contradicted and sent again. */
export interface Pending {
  readonly application: string;
  readonly reason: Text;
  readonly expectedOn: Day | null;
}

/** What was kept of the request itself, told in every answer that erased something. */
export interface Aftermath {
  /** How long the request's file is kept, in words. */
  readonly fileKept?: Text | null;
  /** When the last backup that may hold the data ends. */
  readonly backupsUntil?: Day | null;
  /** Recipients who were told of the erasure (GDPR art. 19). */
  readonly told?: readonly string[];
}

export type LetterContent =
  | { readonly kind: 'acknowledgement'; readonly deadline: Day }
  | { readonly kind: 'identity_request'; readonly doubt: string; readonly needed: readonly string[] }
  | {
      readonly kind: 'extension';
      readonly deadline: Day;
      readonly newDeadline: Day;
      readonly reasons: readonly string[];
    }
  | ({ readonly kind: 'complete_answer'; readonly done: readonly Done[] } & Aftermath)
  | ({
      readonly kind: 'partial_answer';
      readonly done: readonly Done[];
      readonly refused: readonly Refused[];
      readonly pending: readonly Pending[];
      /** Applications retired before they carried anything out. */
      readonly retired: readonly string[];
    } & Aftermath)
  | {
      readonly kind: 'not_found';
      /** Kinds of identifiers that were searched with, never their values. */
      readonly identifiers: readonly Text[];
      readonly searched: readonly string[];
      /** Applications retired before anybody looked there. */
      readonly retired: readonly string[];
    }
  | {
      readonly kind: 'refusal';
      readonly grounds: readonly { readonly code: RefusalGroundCode; readonly explanation: string | null }[];
    };

/** A letter as it was written: the subject, and paragraphs whose lines that begin with an en dash are items of a list. */
export interface RenderedLetter {
  readonly kind: LetterKind;
  readonly language: Language;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Who signs, a line each. */
  readonly signature: readonly string[];
}

/** The letter as the text of an e-mail. */
export function letterText(letter: RenderedLetter): string {
  return `${[...letter.paragraphs, letter.signature.join('\n')].join('\n\n')}\n`;
}
