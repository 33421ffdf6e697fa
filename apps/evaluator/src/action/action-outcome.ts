import { type EvaluationReport, type EvaluationVerdict, formatUsd } from '@pointsman/contracts';
import type { Evaluated } from './evaluate-change.ts';
import type { FailOn } from './read-inputs.ts';

/** What a job came to: a verdict, or why there is none. */
export type ActionOutcome =
  | ({ verdict: EvaluationVerdict } & Evaluated)
  | ({ verdict: 'error'; why: string } & Evaluated);

export const errorOutcome = (why: string, evaluated?: Evaluated): ActionOutcome => ({
  reports: [],
  spentNanoUsd: 0,
  notes: [],
  ...evaluated,
  verdict: 'error',
  why,
});

/** The verdict on all candidates: the worst of theirs. Emulated replies prove nothing, so they are none unless allowed. */
export function outcomeOf(evaluated: Evaluated, allowEmulated: boolean): ActionOutcome {
  if (!allowEmulated && evaluated.reports.some(({ emulated }) => emulated)) return errorOutcome(EMULATED, evaluated);
  return { ...evaluated, verdict: leading(evaluated.reports)?.verdict ?? 'inconclusive' };
}

const EMULATED =
  'the replies were emulated, which says nothing about a model. No key of a provider reached this job: set the secrets as environment variables of the step. Pull requests from forks get none. allow-emulated: true accepts this.';

const ERROR_CODE = 2;

/** 0 goes on, 1 fails the step for what was found, 2 because nothing was. */
export function exitCodeOf({ verdict }: ActionOutcome, failOn: FailOn): number {
  if (verdict === 'error') return ERROR_CODE;
  if (failOn === 'never') return 0;
  return verdict === 'regression' || (failOn === 'inconclusive' && verdict === 'inconclusive') ? 1 : 0;
}

/** The step's outputs; numbers are of the overall score of the worst candidate, empty where there are none. */
export function outputsOf(outcome: ActionOutcome, reportDir: string): Record<string, string> {
  const { reports, verdict, spentNanoUsd } = outcome;
  const worst = leading(reports)?.metrics.find(({ metric }) => metric === 'overall');
  const difference = worst?.difference;
  const known = verdict === 'error' || difference === undefined || 'tooFew' in difference ? undefined : difference;
  const number = (value: number | undefined) => (value === undefined ? '' : String(Number(value.toFixed(6))));
  return {
    verdict,
    regressions: verdict === 'error' ? '' : String(reports.flatMap(regressionsOf).length),
    delta: number(known?.estimate),
    'ci-low': number(known?.low),
    'ci-high': number(known?.high),
    p: verdict === 'error' || worst?.p === undefined ? '' : String(Number(worst.p.toPrecision(4))),
    'cost-usd': reports.length === 0 ? '' : formatUsd(spentNanoUsd),
    'report-path': reports.length === 0 ? '' : reportDir,
  };
}

const regressionsOf = ({ metrics }: EvaluationReport) => metrics.filter(({ verdict }) => verdict === 'regression');

const SEVERITY = { regression: 0, inconclusive: 1, pass: 2 } as const;

/** The candidate that decides: the worst verdict, the first of equals. */
function leading(reports: readonly EvaluationReport[]): EvaluationReport | undefined {
  return reports.toSorted((a, b) => SEVERITY[a.verdict] - SEVERITY[b.verdict])[0];
}
