import { featurise } from '../../src/features/featurise.ts';
import type { ReplayRequest } from '../../src/floor/replay-request.ts';
import { estimateModels, prepareModels } from '../../src/model/estimate-models.ts';
import { encodeRequest, readRequest } from '../../src/model/read-request.ts';
import { DOMAIN_LABELS } from '../../src/taxonomy/labels.ts';
import { likeliestLabel } from '../../src/taxonomy/likeliest-label.ts';
import { trainRouter } from '../../src/training/train-router.ts';
import type { TrainingOptions } from '../../src/training/training-settings.ts';
import type { Pool, PoolRow } from '../data/pool.ts';
import { fitCosts } from '../measures/expected-costs.ts';

export type ReplayTraining = Pick<TrainingOptions, 'buckets' | 'latent' | 'folds' | 'taxonomy' | 'seed'>;

/** Trains our router for a pool and gives what it says of other rows, as a gateway would have met them. */
export async function replayPool(
  { models }: Pool,
  train: readonly PoolRow[],
  training: ReplayTraining,
): Promise<(rows: readonly PoolRow[]) => ReplayRequest[]> {
  const options = { ...training, split: 'all', minModelRows: 1, excludeModels: /^$/ } as const;
  const { request, models: fitted } = await trainRouter(
    train.map(({ row }) => row),
    options,
  );
  const prepared = prepareModels(fitted);
  const columns = models.map((model) => prepared.names.indexOf(model));
  const expectedCosts = fitCosts(train, models.length);
  const replay = (row: PoolRow): ReplayRequest => {
    const { prompt } = row.row;
    const reading = readRequest(request, encodeRequest(request.encoder, featurise(prompt, request.encoder.buckets)));
    const { means, spreads } = estimateModels(prepared, reading);
    const costs = expectedCosts(row);
    return {
      group: String(row.group),
      domain: likeliestLabel(reading.domains, DOMAIN_LABELS),
      familiarity: reading.familiarity,
      candidates: models.map((model, m) => ({
        model,
        mean: means[0]?.[columns[m] ?? -1] ?? Number.NaN,
        spread: spreads[0]?.[columns[m] ?? -1] ?? Number.NaN,
        costNanoUsd: Math.round((costs[m] ?? Number.NaN) * 1e9),
        paidNanoUsd: Math.round((row.costUsd[m] ?? Number.NaN) * 1e9),
        score: row.quality[m] ?? Number.NaN,
      })),
    };
  };
  return (rows) => rows.map(replay);
}
