export type { DisputedItem } from './annotation-queue/adjudicate-items.ts';
export type { BatchAnswer, RatedItem } from './annotation-queue/batch-answers.ts';
export type { CountedBatch } from './annotation-queue/batches.ts';
export type { BatchProgress, Submission } from './annotation-queue/held-items.ts';
export type { ImportedAnswer } from './annotation-queue/import-answers.ts';
export type { KnownRating } from './annotation-queue/known-ratings.ts';
export type {
  BatchOrigin,
  BatchSettings,
  Candidate,
  Candidates,
  GoldRatings,
  HeldItem,
  NewBatch,
  NewQueueItem,
  QueueContent,
  SavedAnswers,
  StoredBatch,
} from './annotation-queue/queue-types.ts';
export type { AuditEnding, AuditFilter, AuditRecord } from './audit-log.ts';
export type { CaseCount, CaseFilter, CaseQuery, DraftHead, StoredCase, VersionHead } from './benchmark-reading.ts';
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
export type { DecisionFilter } from './decisions/decision-conditions.ts';
export type { InsertResult, RejectedDecision } from './decisions/insert-batch.ts';
export type { DecisionPage } from './decisions/list-decisions.ts';
export type { UsageKey, UsageQuery, UsageRow } from './decisions/usage-report.ts';
export { findEmbeddedPostgres } from './embedded/find-embedded-postgres.ts';
export { DataDirectoryInUse } from './embedded/owner-lock.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start-embedded-postgres.ts';
export type { CallClaim, CallRecord, ClaimOutcome } from './evaluations/calls.ts';
export type { RunFilter, RunHead, ScoredItem } from './evaluations/evaluation-reading.ts';
export type { RunItem, RunProgress } from './evaluations/items.ts';
export type { FinishedRun } from './evaluations/model-scores.ts';
export type { BaselineQuery, NewRun, StoredRun } from './evaluations/runs.ts';
export type { StoredFeedback } from './feedback.ts';
export type { AnchorScoring, AnchorSet, ScoredBy } from './judging/anchors.ts';
export type { AnnotatedReply, RatedOn, RecordedAnnotations, ReplyKey } from './judging/annotations.ts';
export type { NewCalibration, StoredCalibration } from './judging/calibrations.ts';
export type { ScoringVerdict } from './judging/judge-reading.ts';
export { replyHash, storableText } from './judging/reply-hash.ts';
export { hashKey, type KeyHolder } from './keys.ts';
export { migrate } from './migrate.ts';
export { type Database, type DatabaseOptions, openDatabase } from './open-database.ts';
export type { NodeBeat, StoredNode } from './operations/nodes.ts';
export type { DecisionPartition } from './partitions.ts';
export { hashPassword, verifyPassword } from './passwords.ts';
export type { EffectivePolicy } from './policies.ts';
export { type Repositories, repositories } from './repositories.ts';
export { type LatencyHistogram, latencyBucket, latencyQuantile } from './rollups/latency-histogram.ts';
export type { Approval } from './rollups/read-approval.ts';
export { type LatencyQuery, type LatencyRow, mergeLatencies } from './rollups/read-latencies.ts';
export type { ModelSums, ModelSumsQuery } from './rollups/read-model-sums.ts';
export type { RollupQuery, RollupRow } from './rollups/read-sums.ts';
export type { Recount } from './rollups/recount-day.ts';
export type { RollupKey } from './rollups/rollup-source.ts';
export { addSums, type RollupSums } from './rollups/rollup-sums.ts';
export type { NewSample, RequestSample, SampleFilter, SampleMessage } from './sampling/request-samples.ts';
export type { ShadowDecision } from './shadow-decisions.ts';
export type { Acceptance, InvitationRecord, OpenInvitation } from './sign-in/invitations.ts';
export { signInTables } from './sign-in/sign-in-tables.ts';
export { StorageUnavailable } from './storage-unavailable.ts';
export type { PersonRecord, Session, User, UserInput, UserPatch } from './users.ts';
