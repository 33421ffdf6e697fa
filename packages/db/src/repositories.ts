import { benchmarksRepository } from './benchmarks.ts';
import { budgetsRepository } from './budgets.ts';
import { catalogsRepository } from './catalogs.ts';
import { certificatesRepository } from './certificates.ts';
import { clientsRepository } from './clients.ts';
import { readConfigRevision } from './config-revision.ts';
import { decisionsRepository } from './decisions/decisions.ts';
import { evaluationCallsRepository } from './evaluations/calls.ts';
import { evaluationRunsRepository } from './evaluations/runs.ts';
import { feedbackRepository } from './feedback.ts';
import { anchorsRepository } from './judging/anchors.ts';
import { annotationsRepository } from './judging/annotations.ts';
import { calibrationsRepository } from './judging/calibrations.ts';
import { keysRepository } from './keys.ts';
import type { Database } from './open-database.ts';
import { partitionsRepository } from './partitions.ts';
import { policiesRepository } from './policies.ts';
import { settingsRepository } from './settings.ts';
import { shadowDecisionsRepository } from './shadow-decisions.ts';
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
    decisions: withStorageErrors(decisionsRepository(database)),
    budgets: withStorageErrors(budgetsRepository(database)),
    catalogs: withStorageErrors(catalogsRepository(database)),
    settings: withStorageErrors(settingsRepository(database)),
    benchmarks: withStorageErrors(benchmarksRepository(database)),
    certificates: withStorageErrors(certificatesRepository(database)),
    shadowDecisions: withStorageErrors(shadowDecisionsRepository(database)),
    feedback: withStorageErrors(feedbackRepository(database)),
    evaluationRuns: withStorageErrors(evaluationRunsRepository(database)),
    evaluationCalls: withStorageErrors(evaluationCallsRepository(database)),
    annotations: withStorageErrors(annotationsRepository(database)),
    calibrations: withStorageErrors(calibrationsRepository(database)),
    anchors: withStorageErrors(anchorsRepository(database)),
    partitions: withStorageErrors(partitionsRepository(database)),
    configRevision,
  };
}
export type Repositories = ReturnType<typeof repositories>;
