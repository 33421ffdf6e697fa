import type { Figure, RouterMetrics } from '@pointsman/contracts';
import type { EvaluationTable, Manifest } from '@pointsman/router-model';

type Measured = { value: number; low: number; high: number } | { tooFew: true };

/** As people see it: without a value where there were too few samples. */
export const figureOf = (measured: Measured, count: number): Figure =>
  'tooFew' in measured
    ? { count }
    : { value: measured.value, interval: { low: measured.low, high: measured.high }, count };

/** The part of an evaluation's report that decides whether an artefact should serve in its mode. */
export function metricsOf(report: EvaluationTable, mode: Manifest['mode']): RouterMetrics {
  const skill = report.choices.find(({ source }) => source === 'all');
  return {
    requests: report.requests,
    dataHash: report.data.hash,
    dimensions: report.slices
      .filter(({ source }) => source === 'all')
      .map(({ dimension, requests, router, versusRidge, versusDomain }) => ({
        dimension,
        requests,
        logLoss: figureOf(router.logLoss, requests),
        brier: figureOf(router.brier, requests),
        auc: figureOf(router.auc, requests),
        calibrationError: figureOf(router.calibrationError, requests),
        versusRidge: figureOf(versusRidge.logLoss, requests),
        versusDomain: figureOf(versusDomain.logLoss, requests),
      })),
    coverage: report.coverage
      .filter((coverage) => coverage.mode === mode)
      .map(({ dimension, nominal, requests, overall, worstDomain }) => ({
        dimension,
        nominal,
        overall: figureOf(overall, requests),
        worstDomain: worstDomain && {
          domain: worstDomain.domain,
          coverage: figureOf(worstDomain.coverage, worstDomain.requests),
        },
      })),
    choices: skill && {
      learned: figureOf(skill.learned.quality, skill.requests),
      kindAverages: figureOf(skill.kindAverages.quality, skill.requests),
      learnedVersusKinds: figureOf(skill.learnedVersusKinds, skill.requests),
    },
    savings: report.savings.map(({ source, strongest, target, requests, router }) => ({
      source,
      strongest,
      target,
      saved: figureOf(router.saved, requests),
      quality: figureOf(router.quality, requests),
    })),
  };
}
