import type { BenchmarkCase } from '@pointsman/contracts';
import { caseHash } from '../versions/content-hash.ts';
import { type EvaluatedResult, overallScore } from './evaluated-result.ts';

/** What is known of one case: the results of its present content; those of an earlier content are of another question. */
export type CaseResults = {
  id: string;
  case: BenchmarkCase;
  results: readonly EvaluatedResult[];
  /** Those with an overall score. A reply that is missing or unscored says nothing about the case. */
  scored: readonly (EvaluatedResult & { overall: number })[];
};

/** Results by case, in the benchmark's order. */
export function resultsByCase(cases: readonly BenchmarkCase[], results: readonly EvaluatedResult[]): CaseResults[] {
  const byHash = Map.groupBy(results, ({ caseHash: hash }) => hash);
  return cases.map((one) => {
    const own = byHash.get(caseHash(one)) ?? [];
    const scored = own.flatMap((result) => {
      const overall = overallScore(result);
      return overall === undefined ? [] : [{ ...result, overall }];
    });
    return { id: one.id, case: one, results: own, scored };
  });
}
