export { isRefusalGround, type RefusalGroundCode, refusalGround, refusalGroundCodes } from './grounds.ts';
export {
  type Aftermath,
  type Checked,
  type Done,
  type LetterContent,
  type LetterFacts,
  type LetterKind,
  letterKinds,
  letterText,
  type Pending,
  type Refused,
  type RenderedLetter,
  type Sender,
} from './letter.ts';
export { letterPdf } from './letter-pdf.ts';
export { allowedPlaceholders, placeholders, requiredPlaceholders } from './placeholders.ts';
export { renderLetter } from './render.ts';
export type { EvidenceReport, ReportedOrder, ReportedPlan } from './report.ts';
export { evidenceReportPdf } from './report-pdf.ts';
export { sampleContents, sampleFacts } from './samples.ts';
export { checkTemplate, defaultTemplate, type LetterTemplate } from './template.ts';
