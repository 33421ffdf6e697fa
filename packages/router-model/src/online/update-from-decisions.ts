import type { ModelStanding, ModelTable } from '../model/model-standing.ts';
import type { Normal } from '../model/normal.ts';
import { applyDecisionFit, isUnobserved, kindsLabelled } from './apply-decision-fit.ts';
import { type Believe, countDecisions } from './count-decisions.ts';
import { describeUpdate, type UpdateReport } from './describe-update.ts';
import { fitDecisions } from './fit-decisions.ts';
import type { ScoredDecision } from './scored-decision.ts';

export type UpdateOptions = {
  /** The artefact's kinds, `source|label`: which of them a decision's kind means. */
  kinds: readonly string[];
  /** What to believe of the ability of a model the table does not know; how models vary when absent. */
  priorOf?: ((model: string) => Normal | undefined) | undefined;
};

/** Between the benchmarks' sources a model's ability varies by 0.27; a deployment may differ twice as much. */
const DEPLOYMENT_VARIANCE = 0.5 ** 2;
/** Of a model between kinds of one source; what sets a client apart is taken to be of the same size. */
const KIND_VARIANCE = 0.3 ** 2;
const CLIENT_VARIANCE = 0.3 ** 2;
/** What may have changed since the last update: models are replaced behind their names. */
const DRIFT_VARIANCE = 0.1 ** 2;
/** Two of three deployments score within an odds ratio of 7 of the benchmarks, with a slope within a quarter of 1. */
const INTERCEPT_PRIOR: Normal = { mean: 0, variance: 2 ** 2 };
const SLOPE_PRIOR: Normal = { mean: 1, variance: 0.25 ** 2 };

/**
 * Learns from scored decisions of one deployment: recalibrates dimensions with 100 scores, shifts models, models on
 * kinds of request with 20 decisions and at clients with 50. All of them must have been predicted by this very table,
 * for what is learned is how far off it was; a later update goes on from the table this one returns. A model it does not
 * know is taken up, its ability being all that decisions tell of it.
 */
export function updateFromDecisions(
  table: ModelTable,
  decisions: readonly ScoredDecision[],
  options: UpdateOptions,
): { table: ModelTable; report: UpdateReport } {
  const slopes = new Map(table.heads.map(({ dimension, calibration }) => [dimension, calibration.slope]));
  const told = decisions.filter(({ dimension }) => slopes.has(dimension));
  const complete = { ...table, models: [...table.models, ...newModels(table, told, options)] };
  const counts = countDecisions(told);
  const fit = fitDecisions(told, counts, {
    servedSlope: (dimension) => slopes.get(dimension) ?? 1,
    believe: beliefsOf(complete, options.kinds),
  });
  const updated = applyDecisionFit(complete, fit, options.kinds);
  return { table: updated, report: describeUpdate({ before: table, after: updated, decisions, told, counts, fit }) };
}

function newModels(
  { models, abilityPrior }: ModelTable,
  decisions: readonly ScoredDecision[],
  { priorOf }: UpdateOptions,
): ModelStanding[] {
  const known = new Set(models.map(({ name }) => name));
  const names = new Set(decisions.map(({ model }) => model));
  return [...names]
    .filter((name) => !known.has(name))
    .map((name) => {
      const prior = priorOf?.(name) ?? abilityPrior;
      return { name, rows: 0, ability: prior.mean, abilityVariance: prior.variance, prior, scores: {} };
    });
}

/** What a table believes of deviations from its own predictions: none, as surely as it was told before. */
function beliefsOf({ models, clients }: ModelTable, kinds: readonly string[]): Believe {
  const byName = new Map(models.map((model) => [model.name, model]));
  const drifted = (variance: number | undefined): number | undefined => variance && variance + DRIFT_VARIANCE;
  return (unknown) => {
    if ('dimension' in unknown) return unknown.of === 'slope' ? SLOPE_PRIOR : INTERCEPT_PRIOR;
    const model = byName.get(unknown.model);
    if (unknown.of === 'client') {
      const told = clients?.[unknown.clientId]?.[unknown.model];
      return { mean: 0, variance: drifted(told?.variance) ?? CLIENT_VARIANCE };
    }
    if (unknown.of === 'kind') {
      const [kind] = kindsLabelled(kinds, unknown.kind);
      const told = model?.shift?.kinds.find(([index]) => index === kind);
      return { mean: 0, variance: drifted(told?.[2]) ?? KIND_VARIANCE };
    }
    const told = model !== undefined && isUnobserved(model) ? model.abilityVariance : model?.shift?.variance;
    return { mean: 0, variance: drifted(told) ?? DEPLOYMENT_VARIANCE };
  };
}
