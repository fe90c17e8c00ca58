export {
  isRefusalGround,
  type RefusalGround,
  type RefusalGroundCode,
  refusalGround,
  refusalGroundCodes,
} from './grounds.ts';
export {
  type Aftermath,
  type Done,
  type LetterContent,
  type LetterFacts,
  type LetterKind,
  letterKinds,
  letterKindWords,
  letterText,
  type Pending,
  type Recipient,
  type Refused,
  type RenderedLetter,
  type Sender,
} from './letter.ts';
export { letterPdf } from './letter-pdf.ts';
export { allowedPlaceholders, type Placeholder, placeholders, requiredPlaceholders } from './placeholders.ts';
export { renderLetter } from './render.ts';
export type {
  EvidenceReport,
  ReportedOrder,
  ReportedPlan,
  ReportedProofs,
  ReportedRequest,
  ReportedVerification,
} from './report.ts';
export { evidenceReportPdf } from './report-pdf.ts';
export { checkTemplate, defaultTemplate, type LetterTemplate } from './template.ts';
