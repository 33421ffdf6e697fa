import type { BenchmarkCase, BenchmarkVersion, Contestant, JudgeIdentity, RunSpec } from '@pointsman/contracts';
import type { NewRun } from '@pointsman/db';
import { seededRandom } from '@pointsman/statistics';
import { DEFAULT_MAX_OUTPUT_TOKENS } from './contestant-request.ts';

export type RunRequest = {
  version: BenchmarkVersion;
  cases: readonly BenchmarkCase[];
  contestants: Contestant[];
  judge: JudgeIdentity;
  emulated: boolean;
  maxCostNanoUsd?: number | undefined;
  maxOutputTokens?: number | undefined;
  replicate?: number | undefined;
  sequential?: boolean | undefined;
  comparison: RunSpec['comparison'];
  labels?: Record<string, string> | undefined;
  /** The cases to take, in the order that tells most about the contestant; all of them, shuffled, when absent. */
  order?: readonly string[] | undefined;
};

/**
 * The items of a run in the order in which they are taken: cases shuffled, so that a run that stops early has seen a fair
 * sample, and contestants case by case, so that they are compared on the same ones. The same request has the same order.
 */
export function planRun(request: RunRequest): NewRun {
  const { version, contestants, judge, emulated } = request;
  const hashes = new Map(version.cases.map(({ id, hash }) => [id, hash]));
  const order =
    request.order ??
    shuffled(
      request.cases.map(({ id }) => id),
      `${version.hash} ${request.replicate ?? 0}`,
    );
  const spec: RunSpec = {
    benchmark: { name: version.name, version: version.version, hash: version.hash },
    contestants,
    judge,
    maxCostNanoUsd: request.maxCostNanoUsd,
    maxOutputTokens: request.maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS,
    replicate: request.replicate ?? 0,
    sequential: request.sequential ?? false,
    onboarding: request.order !== undefined,
    comparison: request.comparison,
    labels: request.labels ?? {},
  };
  const items = order.flatMap((caseId, place) => {
    const caseHash = hashes.get(caseId);
    if (caseHash === undefined) throw new Error(`${version.name}@${version.version} has no case '${caseId}'`);
    return contestants.map((_, contestant) => ({
      contestant,
      caseId,
      caseHash,
      position: place * contestants.length + contestant,
    }));
  });
  return { spec, emulated, items };
}

/** Fisher and Yates. */
function shuffled<Value>(values: readonly Value[], seed: string): Value[] {
  const random = seededRandom(seed);
  const drawn = [...values];
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [drawn[last], drawn[other]];
    if (a !== undefined && b !== undefined) [drawn[last], drawn[other]] = [b, a];
  }
  return drawn;
}
