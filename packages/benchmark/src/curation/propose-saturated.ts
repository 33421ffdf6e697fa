import type { Retirement } from './proposal.ts';
import type { CaseResults } from './results-by-case.ts';

/** A case that no model has failed lately tells models apart no more. */
export type SaturationRule = {
  /** Lowest overall score that counts as the top. */
  top: number;
  /** Fewer runs, or models, say too little. */
  leastRuns: number;
  leastModels: number;
};
export const SATURATION_RULE: SaturationRule = { top: 0.95, leastRuns: 3, leastModels: 3 };

/** Cases on which every model of every run scored at the top. */
export function proposeSaturated(
  cases: readonly CaseResults[],
  { top, leastRuns, leastModels }: SaturationRule = SATURATION_RULE,
): Retirement[] {
  return cases.flatMap(({ id, scored }) => {
    const runs = new Set(scored.map(({ run }) => run)).size;
    const models = new Set(scored.map(({ model }) => model)).size;
    const lowest = Math.min(...scored.map(({ overall }) => overall));
    if (runs < leastRuns || models < leastModels || lowest < top) return [];
    const reason = `saturated: ${models} models in ${runs} runs scored ${lowest.toFixed(2)} or more`;
    const evidence = { runs, models, replies: scored.length, lowest };
    return [{ action: 'retire', why: 'saturated', caseId: id, reason, evidence }];
  });
}
