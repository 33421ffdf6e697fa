import { type EvaluationReport, evaluationReportSchema, GatewayError, type RunDetail } from '@pointsman/contracts';
import type { Repositories, RunHead } from '@pointsman/db';
import { z } from 'zod';
import { isJudgingRun, listedRun, type RunReading } from './list-runs.ts';
import { type Side, sidesOfRun } from './sides-of-run.ts';

/**
 * A run with its stored reports, without examples that this client may not see.
 * @throws {GatewayError} `not_found`.
 */
export async function readRun(
  repositories: RunReading & Pick<Repositories, 'evaluationRuns'>,
  seenBy: string | undefined,
  id: string,
): Promise<RunDetail> {
  const { head, sides } = await findSides(repositories, seenBy, id);
  const [stored, hidden] = await Promise.all([
    repositories.evaluationRuns.report(id),
    repositories.evaluationReading.hiddenCases(seenBy, id),
  ]);
  // One for each side, in their order; a judging run has none.
  const reports = z.array(evaluationReportSchema).parse(stored ?? []);
  const { spec } = head.run;
  return {
    ...listedRun(head),
    judgeIdentity: spec.judge,
    sequential: spec.sequential,
    replicate: spec.replicate,
    minEffect: spec.comparison.minEffect,
    alpha: spec.comparison.alpha,
    sides: sides.map((side, index) => {
      const report = reports[index];
      return { ...side, ...(report !== undefined && { report: withoutExamplesOf(report, hidden) }) };
    }),
  };
}

/** A run and who is compared with whom in it. @throws {GatewayError} `not_found`. */
export async function findSides(
  { evaluationReading }: RunReading,
  seenBy: string | undefined,
  id: string,
): Promise<{ head: RunHead; sides: Side[] }> {
  const head = await evaluationReading.find(seenBy, id);
  if (head === undefined) throw new GatewayError('not_found', `There is no run '${id}'.`);
  if (isJudgingRun(head.run)) return { head, sides: [] };
  const { baselineRunId } = head.run.spec.comparison;
  const other = baselineRunId === undefined ? undefined : await evaluationReading.find(seenBy, baselineRunId);
  return { head, sides: sidesOfRun(head.run, other?.run) };
}

const withoutExamplesOf = (report: EvaluationReport, hidden: ReadonlySet<string>): EvaluationReport => ({
  ...report,
  examples: report.examples.filter(({ caseId }) => !hidden.has(caseId)),
});
