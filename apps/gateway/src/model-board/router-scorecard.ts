import type { BoardCell, CatalogModel, ScoreEstimate } from '@pointsman/contracts';
import { expectedCost, priceOn } from '@pointsman/model-catalog';
import { type Manifest, routerNamesOf } from '@pointsman/router-model';
import { overallScore } from '@pointsman/router-model/floor';
import { normalQuantile } from '@pointsman/statistics';
import type { ReferenceEstimates } from './reference-estimates.ts';
import type { Scorecard, StandingOf } from './scorecard.ts';

type Weights = Parameters<typeof overallScore>[1];

export type RouterScorecardInput = {
  models: readonly CatalogModel[];
  references: ReferenceEstimates;
  manifest: Manifest | undefined;
  /** Of the policy that is looked at; empty: all dimensions alike. */
  weights: Weights;
  reference: NonNullable<Scorecard['origin']['reference']>;
  /** The UTC day whose prices hold. */
  day: string;
  slice: Parameters<Scorecard['score']>[1];
};

const Z = normalQuantile(0.975);

/** What the router in use says of every model that is served, without any traffic. */
export function routerScorecard(input: RouterScorecardInput): Scorecard {
  const { references, manifest, weights, reference, day } = input;
  const served = new Map(input.models.map((model) => [model.id, model]));
  const rows = new Map(manifest?.models.map((known) => [known.name, known.rows]));
  const answersOf = (model: CatalogModel): number => {
    const name = routerNamesOf(model).find((each) => rows.has(each));
    return name === undefined ? 0 : (rows.get(name) ?? 0);
  };
  return {
    origin: { router: { version: references.version, prompts: references.promptsOf(input.slice) }, reference },
    models: [],
    score(modelId, slice, metric): BoardCell | undefined {
      const model = served.get(modelId);
      const estimate = references.estimateOf(modelId, slice);
      if (model === undefined || estimate === undefined) return undefined;
      const isPrior = metric !== 'overall' && manifest?.dimensions[metric].basis === 'prior';
      const score = metric === 'overall' ? overallScore(estimate.scores, weights) : estimate.scores[metric];
      if (isPrior) return { ...within(score), count: 0, standing: 'prior' };
      return { ...within(score), count: answersOf(model), standing: estimate.basis };
    },
    cost(modelId, slice) {
      const model = served.get(modelId);
      const estimate = references.estimateOf(modelId, slice);
      const price = model && priceOn(model, day);
      if (estimate === undefined || price === undefined) return undefined;
      const { inputTokens } = reference;
      return { nanoUsd: expectedCost(price, { inputTokens, outputTokens: estimate.outputTokens }), isEstimated: true };
    },
  };
}

function within({ mean, spread }: ScoreEstimate): Pick<BoardCell, 'value' | 'interval'> {
  const margin = Z * spread;
  return { value: mean, interval: { low: Math.max(0, mean - margin), high: Math.min(1, mean + margin) } };
}

/** What the router's estimates of a served model stand on; `prior` where it knows none of its names. */
export function routerStandings(references: ReferenceEstimates): StandingOf {
  return (modelId) => references.estimateOf(modelId, {})?.basis ?? 'prior';
}
