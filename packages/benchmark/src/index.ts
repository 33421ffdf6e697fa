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
export { ContentMismatch, verifyCases, verifyVersion } from './versions/verify-version.ts';
