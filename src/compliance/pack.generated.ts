// Made from pack.yaml by `npx tsx src/model/generate-types.ts`; a test compares. Don’t edit.
import type { Id } from '../kernel/index.ts';

/** The legal entity that decides why and how personal data are processed (GDPR art. 4(7)). */
export interface ControllerValues {
  readonly name: string;
  readonly brand: string | null;
  readonly siren: string | null;
  readonly address: string | null;
  readonly country: string | null;
  readonly dpo_name: string | null;
  readonly dpo_email: string | null;
  readonly dpo_phone: string | null;
}

/** A controller uses an application. An application without any line concerns every controller; with lines, only those that they name. */
export interface ApplicationUseValues {
  readonly application: Id<'application'>;
  readonly controller: Id<'controller'>;
}

/** A line of the register of processing activities (GDPR art. 30). */
export interface ProcessingActivityValues {
  readonly name: string;
  readonly controller: Id<'controller'>;
  readonly description: string | null;
  readonly persons: string | null;
  readonly recipients: string | null;
  readonly transfers: string | null;
  readonly measures: string | null;
  readonly reviewed_on: string | null;
}

export type ProcessingActivityState = 'draft' | 'validated' | 'ended';

export type ProcessingActivityTransition = 'validate' | 'revise' | 'end';

/** Why data are processed, within an activity; retention and consent are decided per purpose. */
export interface PurposeValues {
  readonly name: string;
  readonly processing_activity: Id<'processing_activity'>;
  readonly legal_basis: 'consent' | 'contract' | 'legal_obligation' | 'vital_interests' | 'public_task' | 'legitimate_interests';
  readonly retention: string | null;
  readonly rule_source: string | null;
}

/** A person exercises a right that the GDPR gives them; the organisation answers within a month. */
export interface RequestValues {
  readonly right: 'erasure';
  readonly controller: Id<'controller'>;
  readonly received_on: string;
  readonly due_on: string;
  readonly intake: 'form' | 'email' | 'post' | 'phone' | 'store' | 'api' | 'cli';
  readonly language: 'fr' | 'en';
  readonly assignee: string | null;
  readonly identity_attested: 'operator' | 'contact_channel' | 'signed_in' | 'document' | null;
  readonly answered_on: string | null;
  readonly refusal_ground: string | null;
}

export type RequestState = 'received' | 'qualified' | 'identity_checked' | 'planned' | 'in_progress' | 'answered' | 'verified' | 'closed' | 'refused' | 'withdrawn';

export type RequestTransition = 'qualify' | 'check_identity' | 'plan' | 'start' | 'answer' | 'verify' | 'close' | 'refuse' | 'withdraw';

/** Every type of the pack `compliance`: `readObject<ComplianceTypes['controller']>(…)`. */
export interface ComplianceTypes {
  readonly controller: { readonly values: ControllerValues; readonly state: null; readonly transition: never };
  readonly application_use: { readonly values: ApplicationUseValues; readonly state: null; readonly transition: never };
  readonly processing_activity: { readonly values: ProcessingActivityValues; readonly state: ProcessingActivityState; readonly transition: ProcessingActivityTransition };
  readonly purpose: { readonly values: PurposeValues; readonly state: null; readonly transition: never };
  readonly request: { readonly values: RequestValues; readonly state: RequestState; readonly transition: RequestTransition };
}
