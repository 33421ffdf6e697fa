import { annotationQueueRepository } from './annotation-queue/annotation-queue.ts';
import { auditLogRepository } from './audit-log.ts';
import { benchmarkReadingRepository } from './benchmark-reading.ts';
import { benchmarksRepository } from './benchmarks.ts';
import { budgetsRepository } from './budgets.ts';
import { catalogsRepository } from './catalogs.ts';
import { certificatesRepository } from './certificates.ts';
import { clientsRepository } from './clients.ts';
import { readConfigRevision } from './config-revision.ts';
import { decisionsRepository } from './decisions/decisions.ts';
import { evaluationCallsRepository } from './evaluations/calls.ts';
import { evaluationReadingRepository } from './evaluations/evaluation-reading.ts';
import { modelScoresRepository } from './evaluations/model-scores.ts';
import { evaluationRunsRepository } from './evaluations/runs.ts';
import { feedbackRepository } from './feedback.ts';
import { anchorsRepository } from './judging/anchors.ts';
import { annotationsRepository } from './judging/annotations.ts';
import { calibrationsRepository } from './judging/calibrations.ts';
import { judgeReadingRepository } from './judging/judge-reading.ts';
import { keysRepository } from './keys.ts';
import type { Database } from './open-database.ts';
import { nodesRepository } from './operations/nodes.ts';
import { queuesRepository } from './operations/queues.ts';
import { partitionsRepository } from './partitions.ts';
import { policiesRepository } from './policies.ts';
import { rollupsRepository } from './rollups.ts';
import { requestSamplesRepository } from './sampling/request-samples.ts';
import { settingsRepository } from './settings.ts';
import { shadowDecisionsRepository } from './shadow-decisions.ts';
import { invitationsRepository } from './sign-in/invitations.ts';
import { withStorageErrors } from './storage-unavailable.ts';
import { usersRepository } from './users.ts';

/** Everything that is stored, by subject. Every function rejects with `StorageUnavailable` when the database cannot answer. */
export function repositories(database: Database) {
  const { configRevision } = withStorageErrors({ configRevision: () => readConfigRevision(database) });
  return {
    clients: withStorageErrors(clientsRepository(database)),
    keys: withStorageErrors(keysRepository(database)),
    policies: withStorageErrors(policiesRepository(database)),
    users: withStorageErrors(usersRepository(database)),
    invitations: withStorageErrors(invitationsRepository(database)),
    auditLog: withStorageErrors(auditLogRepository(database)),
    decisions: withStorageErrors(decisionsRepository(database)),
    budgets: withStorageErrors(budgetsRepository(database)),
    catalogs: withStorageErrors(catalogsRepository(database)),
    settings: withStorageErrors(settingsRepository(database)),
    benchmarks: withStorageErrors(benchmarksRepository(database)),
    benchmarkReading: withStorageErrors(benchmarkReadingRepository(database)),
    certificates: withStorageErrors(certificatesRepository(database)),
    rollups: withStorageErrors(rollupsRepository(database)),
    shadowDecisions: withStorageErrors(shadowDecisionsRepository(database)),
    feedback: withStorageErrors(feedbackRepository(database)),
    evaluationRuns: withStorageErrors(evaluationRunsRepository(database)),
    evaluationReading: withStorageErrors(evaluationReadingRepository(database)),
    modelScores: withStorageErrors(modelScoresRepository(database)),
    evaluationCalls: withStorageErrors(evaluationCallsRepository(database)),
    annotationQueue: withStorageErrors(annotationQueueRepository(database)),
    annotations: withStorageErrors(annotationsRepository(database)),
    calibrations: withStorageErrors(calibrationsRepository(database)),
    judgeReading: withStorageErrors(judgeReadingRepository(database)),
    anchors: withStorageErrors(anchorsRepository(database)),
    requestSamples: withStorageErrors(requestSamplesRepository(database)),
    partitions: withStorageErrors(partitionsRepository(database)),
    nodes: withStorageErrors(nodesRepository(database)),
    queues: withStorageErrors(queuesRepository(database)),
    configRevision,
  };
}
export type Repositories = ReturnType<typeof repositories>;
