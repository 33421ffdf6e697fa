import type { Database } from '../open-database.ts';
import { batchInserter } from './insert-batch.ts';
import { type DecisionReaderOptions, decisionReader } from './list-decisions.ts';
import { modelDictionary } from './model-dictionary.ts';
import { type DecisionSample, sampleDecisions } from './sample-decisions.ts';
import { reportUsage, type UsageQuery, type UsageRow } from './usage-report.ts';

/** Decisions: written in batches, read one by one, by page, or summed. */
export function decisionsRepository(database: Database, options?: DecisionReaderOptions) {
  const dictionary = modelDictionary(database);
  return {
    /**
     * Stores decisions that are not there yet, adds them to the usage rollups and to their clients' budget windows, and
     * shrinks the leases of `nodeId`: one transaction, harmless to repeat. Makes the partition of any day on the way.
     * A decision older than the partitions that were dropped would count again: replay within the retention time.
     * @throws StorageUnavailable when nothing is known to have been written; keep the batch and try again.
     */
    insertBatch: batchInserter(database, dictionary),
    ...decisionReader(database, dictionary, options),
    /** A sample of what a client asked under a policy; ask for a day at a time. */
    sample: (sample: DecisionSample) => sampleDecisions(database, dictionary, sample),
    /** Requests, tokens and costs, summed by any of the keys. */
    usage: (query: UsageQuery): Promise<UsageRow[]> => reportUsage(database, query),
  };
}
