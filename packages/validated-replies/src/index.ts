export { type AskValidatedOptions, askValidated } from './ask-validated.ts';
export { cutMiddle } from './cut-middle.ts';
export { formatValidationReport } from './report/format-validation-report.ts';
export { needsReview, type ValidationRecord, validationRecord } from './report/validation-record.ts';
export { type Outcomes, type Share, type ValidationRow, validationReport } from './report/validation-report.ts';
export type {
  AskModel,
  Attempt,
  JsonSchema,
  ReplyText,
  Rule,
  Stage,
  ValidatedReply,
} from './validated-reply.ts';
