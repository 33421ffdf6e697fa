import type { ScoredOutput } from '@pointsman/benchmark';
import type { BenchmarkCase, EvaluatedItem } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { loadCases, loadVersion } from '../benchmarks/load-benchmark.ts';
import { scoresOf } from './scores-of.ts';

/** The replies of a run that were scored on at least one dimension, contestant by contestant. */
export async function scoredReplies(
  run: StoredRun,
  { evaluationRuns, benchmarks }: Pick<Repositories, 'evaluationRuns' | 'benchmarks'>,
  now: () => number,
): Promise<ScoredOutput[]> {
  const { benchmark, contestants } = run.spec;
  const { version } = await loadVersion(benchmarks, benchmark, now);
  const cases = new Map((await loadCases(benchmarks, version)).map((one) => [one.id, one]));
  const source = `${benchmark.name}@${benchmark.version}`;
  const all = await Promise.all(
    contestants.map(async ({ model }, place) =>
      (await evaluationRuns.items(run.id, place)).flatMap((item) => {
        const subject = cases.get(item.caseId);
        const reply = subject && scoredReply(item, subject, { model, source });
        return reply === undefined ? [] : [reply];
      }),
    ),
  );
  return all.flat();
}

function scoredReply(
  item: EvaluatedItem,
  { messages }: BenchmarkCase,
  { model, source }: { model: string; source: string },
): ScoredOutput | undefined {
  const { caseId, domain, reply } = item;
  const scores = scoresOf(item);
  if (reply.status === 'missing' || Object.keys(scores).length === 0) return undefined;
  return { id: caseId, source, domain, messages, model, scores, output_tokens: reply.outputTokens };
}
