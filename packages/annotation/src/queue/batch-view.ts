import type { Batch } from '@pointsman/contracts';
import type { CountedBatch } from '@pointsman/db';

/** A batch as its operator sees it. */
export function batchView(batch: CountedBatch): Batch {
  const { id, title, state, source, plans, targetCeiling, goldShare, reservationMinutes, disagreement } = batch;
  return {
    id,
    title,
    state,
    source,
    dimensions: plans.map(({ dimension }) => dimension),
    raters: plans,
    targetCeiling,
    goldShare,
    reservationMinutes,
    disagreement,
    createdAt: batch.createdAt,
    createdBy: batch.createdBy,
    counts: { ...batch.counts, ratingsWanted: batch.counts.items * batch.raters },
  };
}
