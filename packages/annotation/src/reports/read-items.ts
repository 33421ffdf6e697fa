import { verifyCases } from '@pointsman/benchmark';
import {
  type BenchmarkCase,
  type ComparedItems,
  type EvaluatedItem,
  GatewayError,
  type ItemDetail,
  type RunItemsQuery,
} from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { shownCase } from '../benchmark/shown-case.ts';
import { compareItems, pageOfItems } from './compare-items.ts';
import type { RunReading } from './list-runs.ts';
import { findSides } from './read-run.ts';
import type { Side } from './sides-of-run.ts';

/**
 * Cases of a run with the scores of both sides.
 * @throws {GatewayError} `not_found` when there is no such run, or nobody at this place in it is compared.
 */
export async function readItems(
  repositories: RunReading,
  { id, seenBy }: { id: string; seenBy: string | undefined },
  query: RunItemsQuery,
): Promise<ComparedItems> {
  const { evaluationReading } = repositories;
  const { sides } = await findSides(repositories, seenBy, id);
  if (sides.length === 0) return pageOfItems([], query);
  const { contestant, baseline } = sideAt(sides, id, query.contestant);
  const [candidate, other] = await Promise.all([
    evaluationReading.scores(seenBy, id, contestant),
    baseline === undefined ? [] : evaluationReading.scores(seenBy, baseline.runId, baseline.contestant),
  ]);
  return pageOfItems(compareItems(candidate, other, query.metric), query);
}

/**
 * Both replies to one case.
 * @throws {GatewayError} `not_found`.
 */
export async function readItem(
  repositories: RunReading & Pick<Repositories, 'benchmarks'>,
  { id, seenBy }: { id: string; seenBy: string | undefined },
  { caseId, contestant }: { caseId: string; contestant?: number | undefined },
): Promise<ItemDetail> {
  const { evaluationReading, benchmarks } = repositories;
  const { head, sides } = await findSides(repositories, seenBy, id);
  const side = sideAt(sides, id, contestant);
  const item = await evaluationReading.item(seenBy, { runId: id, contestant: side.contestant, caseId });
  if (item === undefined) throw new GatewayError('not_found', `The run '${id}' has no finished case '${caseId}'.`);
  const { baseline } = side;
  const other =
    baseline &&
    (await evaluationReading.item(seenBy, { runId: baseline.runId, contestant: baseline.contestant, caseId }));
  const subject = await caseOf(benchmarks, head.run.spec.benchmark, item);
  return {
    runId: id,
    contestant: side.contestant,
    ...(subject !== undefined && { case: shownCase(subject, item.caseHash) }),
    candidate: { contestant: side.candidate, item },
    ...(baseline !== undefined && {
      baseline: {
        contestant: { model: baseline.model, ...(baseline.prompt && { prompt: baseline.prompt }) },
        runId: baseline.runId,
        ...(other?.caseHash === item.caseHash && { item: other }),
      },
    }),
  };
}

function sideAt(sides: readonly Side[], runId: string, contestant: number | undefined): Side {
  const found = contestant === undefined ? sides[0] : sides.find((side) => side.contestant === contestant);
  if (found !== undefined) return found;
  throw new GatewayError('not_found', `The run '${runId}' compares nobody at the place ${contestant ?? 0}.`);
}

async function caseOf(
  benchmarks: Repositories['benchmarks'],
  { name, version }: { name: string; version: number },
  { caseId, caseHash }: EvaluatedItem,
): Promise<BenchmarkCase | undefined> {
  const bodies = await benchmarks.cases([caseHash]);
  if (bodies.size === 0) return undefined;
  return verifyCases({ name, version, cases: [{ id: caseId, hash: caseHash }] }, bodies)[0];
}
