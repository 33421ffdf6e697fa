export { type CoverageDetails, coverageDetails } from './checks/coverage-details.ts';
export type { CodeLanguage, CodeOutcome, CodeProgram, RunCode } from './checks/run-code.ts';
export { scoreChecks } from './checks/score-checks.ts';
export { type CaseValidation, validateCase } from './checks/validate-case.ts';
export {
  type Comparison,
  type ComparisonInput,
  compareResults,
  type ScoreMap,
  sequentialState,
} from './comparison/compare-results.ts';
export { FEWEST_CASES } from './comparison/estimate-mean.ts';
export { applyProposals } from './curation/apply-proposals.ts';
export { type Count, type Coverage, coverage } from './curation/coverage.ts';
export { type EvaluatedResult, evaluatedResultSchema, overallScore } from './curation/evaluated-result.ts';
export { type Addition, type Proposal, proposalSchema, type Retirement } from './curation/proposal.ts';
export { type CurationInput, propose } from './curation/propose.ts';
export { type BrokenRule, proposeBroken } from './curation/propose-broken.ts';
export { type HardRule, type ProductionRow, productionRowSchema, proposeHard } from './curation/propose-hard.ts';
export { type LeakRule, proposeLeaked } from './curation/propose-leaked.ts';
export { proposeSaturated, type SaturationRule } from './curation/propose-saturated.ts';
export { type CaseResults, resultsByCase } from './curation/results-by-case.ts';
export { CASE_FORMAT_NAMES, CASE_FORMATS, type CaseFormat, type CaseFormatName } from './formats/case-formats.ts';
export { csvRecords } from './formats/csv-records.ts';
export { type Import, importCases, type Warning } from './formats/import-cases.ts';
export { jsonLines } from './formats/json-lines.ts';
export { readJsonl, writeJsonl } from './formats/jsonl.ts';
export type { CaseDefaults, Content, ReadOptions } from './formats/read-options.ts';
export type { BadRow, GoodRow, Row } from './formats/row.ts';
export {
  SCORE_FORMAT_NAMES,
  SCORE_FORMATS,
  type ScoredOutput,
  type ScoreFormat,
  type ScoreFormatName,
  scoredOutputSchema,
  writeScoredOutputs,
} from './formats/scored-outputs.ts';
export { caseFromTemplate } from './generation/case-from-template.ts';
export { type GenerateOptions, generateCases } from './generation/generate-cases.ts';
export {
  type BenchmarkDraft,
  benchmarkDraftSchema,
  type DraftEdit,
  editedCaseId,
  type Review,
  type Signature,
} from './versions/benchmark-draft.ts';
export { type BenchmarkReference, parseBenchmarkReference, referenceText } from './versions/benchmark-reference.ts';
export { caseHash, versionHash } from './versions/content-hash.ts';
export { diffVersions, type FieldChange, type VersionDiff } from './versions/diff-versions.ts';
export { putCases, retireCases, startDraft } from './versions/edit-draft.ts';
export { type Publication, pendingChanges, publish, versionAfter } from './versions/publish-version.ts';
export { reviewDraft, statusText, submitDraft } from './versions/review-draft.ts';
export { starterFolder } from './versions/starter-folder.ts';
export { ContentMismatch, verifyCases, verifyVersion } from './versions/verify-version.ts';
