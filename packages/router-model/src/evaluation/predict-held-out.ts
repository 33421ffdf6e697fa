import { DIMENSIONS, type ScoreEstimate } from '@pointsman/contracts';
import { at } from '../mathematics/matrix.ts';
import { estimateModels, type ModelEstimates, type PreparedModels } from '../model/estimate-models.ts';
import type { TrainingRow } from '../rows.ts';
import { restrictReading } from '../serving/restrict-reading.ts';
import type { RouterSession } from '../serving/router-session.ts';
import type { ServingMode } from '../serving/serving-mode.ts';
import { groupHash } from '../training/prepare-data.ts';
import type { RidgePredict } from './hashed-ridge.ts';
import { domainKey, type HeldOutCell, type HeldOutRequest } from './held-out-cell.ts';
import type { TrainingAverages } from './training-averages.ts';

/** An artefact and the baselines it is set beside. */
export type Contestants = {
  session: Pick<RouterSession, 'manifest' | 'read'>;
  models: PreparedModels;
  averages: TrainingAverages;
  ridge: RidgePredict;
};

/**
 * Everything that is predicted of the held-out rows, whatever mode the artefact serves in; rows without a reply of a
 * model the artefact knows are left out.
 */
export async function predictHeldOut(
  rows: readonly TrainingRow[],
  contestants: Contestants,
): Promise<HeldOutRequest[]> {
  const requests: HeldOutRequest[] = [];
  for (const row of rows) {
    const request = await predictRow(row, contestants);
    if (request.cells.length > 0 || request.tokens.length > 0) requests.push(request);
  }
  return requests;
}

async function predictRow(
  row: TrainingRow,
  { session, models, averages, ridge }: Contestants,
): Promise<HeldOutRequest> {
  const reading = await session.read(row.prompt);
  const inMode = (mode: ServingMode) => estimateModels(models, restrictReading(reading, mode, models.fallbackKinds));
  const estimates = { learned: inMode('learned'), 'kind-averages': inMode('kind-averages'), blind: inMode('blind') };
  const fromWords = ridge(row);
  const cells: HeldOutCell[] = [];
  const tokens: HeldOutRequest['tokens'] = [];
  for (const { model, scores, outputTokens, costNanoUsd } of row.observations) {
    const column = models.names.indexOf(model);
    if (column < 0) continue;
    for (const dimension of DIMENSIONS) {
      const outcome = scores[dimension];
      const head = models.heads.findIndex((own) => own.dimension === dimension);
      if (outcome === undefined || head < 0) continue;
      const globalAverage = averages.overall(model, dimension);
      cells.push({
        model,
        dimension,
        outcome,
        estimates: {
          learned: estimateOf(estimates.learned, head, column),
          'kind-averages': estimateOf(estimates['kind-averages'], head, column),
          blind: estimateOf(estimates.blind, head, column),
        },
        domainAverage: averages.inDomain(model, dimension, row),
        hashedRidge: fromWords(model, dimension) ?? globalAverage,
        globalAverage,
        costNanoUsd,
      });
    }
    const average = averages.tokens(model);
    if (outputTokens !== undefined && average !== undefined)
      tokens.push({ observed: outputTokens, predicted: at(estimates.learned.outputTokens, column), average });
  }
  return { row, group: groupHash(row), domain: domainKey(row), cells, tokens };
}

const estimateOf = ({ means, spreads }: ModelEstimates, head: number, column: number): ScoreEstimate => ({
  mean: at(means[head] ?? [], column),
  spread: at(spreads[head] ?? [], column),
});
