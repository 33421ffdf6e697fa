import type { BenchmarkCase } from '@pointsman/contracts';
import type { EvaluatedResult } from './evaluated-result.ts';
import type { Proposal } from './proposal.ts';
import { BROKEN_RULE, proposeBroken } from './propose-broken.ts';
import { HARD_RULE, type ProductionRow, proposeHard } from './propose-hard.ts';
import { LEAK_RULE, proposeLeaked } from './propose-leaked.ts';
import { proposeSaturated, SATURATION_RULE } from './propose-saturated.ts';
import { resultsByCase } from './results-by-case.ts';

export type CurationInput = {
  cases: readonly BenchmarkCase[];
  /** Of several runs; those of cases that are not in the benchmark, or have changed since, are passed over. */
  results: readonly EvaluatedResult[];
  production: readonly ProductionRow[];
  canaries?: readonly string[] | undefined;
};

/** Everything that speaks for changing the benchmark; of a case the gravest: leaked, broken, saturated. */
export function propose({ cases, results, production, canaries = [] }: CurationInput): Proposal[] {
  const byCase = resultsByCase(cases, results);
  const retirements = [
    ...proposeLeaked(byCase, { ...LEAK_RULE, canaries }),
    ...proposeBroken(byCase, BROKEN_RULE),
    ...proposeSaturated(byCase, SATURATION_RULE),
  ];
  const gravest = [...Map.groupBy(retirements, ({ caseId }) => caseId).values()].flatMap(([first]) => first ?? []);
  return [...gravest, ...proposeHard(production, cases, HARD_RULE)];
}
