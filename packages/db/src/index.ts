export type { BenchmarkSummary, PublishInput, StoredDraft, StoredVersion } from './benchmarks.ts';
export type { BudgetWindow, Lease, LeaseGrant, LeaseRequest, ReleaseRequest, WindowStatus } from './budgets.ts';
export type { SavedCatalog } from './catalogs.ts';
export type {
  CertificateInput,
  CertificateStatus,
  ServedReading,
  ServedWindow,
  StoredCertificate,
} from './certificates.ts';
export type { InsertResult, RejectedDecision } from './decisions/insert-batch.ts';
export type { DecisionFilter, DecisionPage } from './decisions/list-decisions.ts';
export type { UsageKey, UsageQuery, UsageRow } from './decisions/usage-report.ts';
export { findEmbeddedPostgres } from './embedded/find-embedded-postgres.ts';
export { DataDirectoryInUse } from './embedded/owner-lock.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start-embedded-postgres.ts';
export type { CallClaim, CallRecord, ClaimOutcome } from './evaluations/calls.ts';
export type { RunItem, RunProgress } from './evaluations/items.ts';
export type { BaselineQuery, NewRun, StoredRun } from './evaluations/runs.ts';
export type { StoredFeedback } from './feedback.ts';
export type { AnchorScoring, AnchorSet, ScoredBy } from './judging/anchors.ts';
export type { AnnotatedReply, RatedOn, RecordedAnnotations, ReplyKey } from './judging/annotations.ts';
export type { NewCalibration, StoredCalibration } from './judging/calibrations.ts';
export { hashKey, type KeyHolder } from './keys.ts';
export { migrate } from './migrate.ts';
export { type Database, type DatabaseOptions, openDatabase } from './open-database.ts';
export type { DecisionPartition } from './partitions.ts';
export { type Repositories, repositories } from './repositories.ts';
export type { ShadowDecision } from './shadow-decisions.ts';
export { StorageUnavailable } from './storage-unavailable.ts';
export type { Session, User, UserInput } from './users.ts';
