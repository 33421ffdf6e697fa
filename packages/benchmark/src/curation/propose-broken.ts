import type { EvaluatedResult } from './evaluated-result.ts';
import type { Retirement } from './proposal.ts';
import type { CaseResults } from './results-by-case.ts';

export type BrokenRule = {
  /** Overall score below which a reply fails. */
  pass: number;
  leastModels: number;
  /** Range of a judge's samples, or gap between judge and checks, that is no agreement any more. */
  disagreement: number;
  /** Share of replies whose checks could not run. */
  couldNotRun: number;
};
export const BROKEN_RULE: BrokenRule = { pass: 0.5, leastModels: 3, disagreement: 0.4, couldNotRun: 0.5 };

/** Cases that seem to be wrong themselves: no model passes while the scorers disagree, or checks that could not run. */
export function proposeBroken(cases: readonly CaseResults[], rule: BrokenRule = BROKEN_RULE): Retirement[] {
  return cases.flatMap((one) => {
    const broken = checksBroken(one, rule) ?? nobodyPasses(one, rule);
    return broken === undefined ? [] : [broken];
  });
}

function checksBroken({ id, results }: CaseResults, rule: BrokenRule): Retirement | undefined {
  const checked = results.filter(({ verdicts }) => verdictsOf(verdicts).some(isCheck));
  const failed = checked.filter(({ verdicts }) => verdictsOf(verdicts).some(couldNotRun));
  const models = new Set(failed.map(({ model }) => model)).size;
  if (failed.length < 2 || failed.length < rule.couldNotRun * checked.length) return undefined;
  const reason = `broken: its checks could not run on ${failed.length} of ${checked.length} replies`;
  const evidence = { replies: checked.length, couldNotRun: failed.length, models };
  return { action: 'retire', why: 'broken', caseId: id, reason, evidence };
}

function nobodyPasses({ id, scored }: CaseResults, rule: BrokenRule): Retirement | undefined {
  const models = new Set(scored.map(({ model }) => model)).size;
  const best = Math.max(...scored.map(({ overall }) => overall));
  if (models < rule.leastModels || best >= rule.pass) return undefined;
  const range = meanOf(scored.flatMap(sampleRanges)) ?? 0;
  const gap = meanOf(scored.flatMap(scorerGap)) ?? 0;
  if (Math.max(range, gap) < rule.disagreement) return undefined;
  const how = range >= gap ? "a judge's samples differ" : 'judge and checks differ';
  const reason = `broken: none of ${models} models passes (best ${best.toFixed(2)}) and ${how} by ${Math.max(range, gap).toFixed(2)}`;
  const evidence = { models, replies: scored.length, best, sampleRange: range, judgeCheckGap: gap };
  return { action: 'retire', why: 'broken', caseId: id, reason, evidence };
}

type Verdicts = EvaluatedResult['verdicts'];
type Verdict = Verdicts[keyof Verdicts];

const verdictsOf = (verdicts: Verdicts): Verdict[] => Object.values(verdicts);
const couldNotRun = (verdict: Verdict): boolean =>
  verdict.status === 'unscored' && verdict.why === 'check-could-not-run';
const isCheck = (verdict: Verdict): boolean =>
  couldNotRun(verdict) || (verdict.status === 'scored' && verdict.scorer === 'checks');

const sampleRanges = ({ verdicts }: EvaluatedResult): number[] =>
  verdictsOf(verdicts).flatMap((verdict) =>
    verdict.status === 'scored' && verdict.scorer === 'judge'
      ? [Math.max(...verdict.samples) - Math.min(...verdict.samples)]
      : [],
  );

/** How far the judge's mean lies from that of the checks; none where a reply has only one of them. */
function scorerGap({ verdicts }: EvaluatedResult): number[] {
  const scoresOf = (scorer: 'judge' | 'checks') =>
    meanOf(
      verdictsOf(verdicts).flatMap((verdict) =>
        verdict.status === 'scored' && verdict.scorer === scorer ? [verdict.score] : [],
      ),
    );
  const judged = scoresOf('judge');
  const checked = scoresOf('checks');
  return judged === undefined || checked === undefined ? [] : [Math.abs(judged - checked)];
}

const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
