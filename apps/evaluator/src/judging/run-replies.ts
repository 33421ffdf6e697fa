import type { BenchmarkCase, BenchmarkVersion } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { replyHash } from '@pointsman/db';
import { loadCases, loadVersion } from '../benchmarks/load-benchmark.ts';
import type { SheetReply } from './rating-sheet.ts';
import type { KnownReply } from './read-annotations.ts';

export type RunReplies = { version: BenchmarkVersion; replies: SheetReply[] };

/** What all contestants of a run replied, each with its case. */
export async function runReplies(
  run: StoredRun,
  { benchmarks, evaluationRuns }: Pick<Repositories, 'benchmarks' | 'evaluationRuns'>,
  now: () => number,
): Promise<RunReplies> {
  const { version } = await loadVersion(benchmarks, run.spec.benchmark, now);
  const cases = new Map<string, BenchmarkCase>((await loadCases(benchmarks, version)).map((one) => [one.id, one]));
  const replies = await Promise.all(
    run.spec.contestants.map(async ({ model }, place) =>
      (await evaluationRuns.items(run.id, place)).flatMap((item) => {
        const subject = cases.get(item.caseId);
        if (item.reply.status === 'missing' || subject === undefined) return [];
        return [{ item, reply: item.reply.text, model, case: subject }];
      }),
    ),
  );
  return { version, replies: replies.flat() };
}

export const knownReply = ({ item, reply, model }: SheetReply): KnownReply => ({
  caseHash: item.caseHash,
  caseId: item.caseId,
  model,
  replyHash: replyHash(reply),
  reply,
});
