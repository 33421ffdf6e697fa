import type { DimensionScores, MinScores, ScoreEstimate } from '@pointsman/contracts';
import { normalCdf, normalQuantile } from '@pointsman/statistics';

/**
 * Upper bound on the probability that the score falls below any of the minimum scores, in [0, 1].
 * Each score is normal around its mean; the bound is the sum over the minimums (Bonferroni), which holds whatever the
 * dependence between dimensions.
 */
export function riskOfFallingBelow(scores: DimensionScores, overall: ScoreEstimate, minimums: MinScores): number {
  let risk = 0;
  for (const [minimum, estimate] of pairs(scores, overall, minimums)) {
    if (minimum <= 0) continue;
    if (estimate.spread > 0) risk += normalCdf((minimum - estimate.mean) / estimate.spread);
    else if (estimate.mean < minimum) risk += 1;
  }
  return Math.min(1, risk);
}

/** How far above its minimums the score stays in all but `risk` of the cases; negative when it may fall below one. */
export function worstCaseMargin(
  scores: DimensionScores,
  overall: ScoreEstimate,
  rules: { minScores: MinScores; risk: number },
): number {
  const z = normalQuantile(1 - rules.risk);
  let margin = Number.POSITIVE_INFINITY;
  for (const [minimum, estimate] of pairs(scores, overall, rules.minScores)) {
    margin = Math.min(margin, estimate.mean - z * estimate.spread - minimum);
  }
  return margin === Number.POSITIVE_INFINITY ? overall.mean - z * overall.spread : margin;
}

function* pairs(
  scores: DimensionScores,
  overall: ScoreEstimate,
  minimums: MinScores,
): Generator<[minimum: number, estimate: ScoreEstimate]> {
  for (const name of Object.keys(minimums) as (keyof MinScores)[]) {
    const minimum = minimums[name];
    if (minimum !== undefined) yield [minimum, name === 'overall' ? overall : scores[name]];
  }
}
