import {
  type CandidateRecord,
  type Decision,
  DIMENSIONS,
  type DimensionScores,
  DOMAINS,
  TASKS,
} from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { sampleDecision } from '@pointsman/db/testing';

const DAY_MS = 86_400_000;

/** Models of the catalogue that the emulator serves, cheapest first, with a quality and a cost that suit their names. */
const MODELS = [
  { modelId: 'openai/gpt-4.1-nano', quality: 0.74, nanoUsd: 60_000, ms: 600 },
  { modelId: 'mistral/mistral-small-latest', quality: 0.79, nanoUsd: 110_000, ms: 750 },
  { modelId: 'openai/gpt-4.1-mini', quality: 0.84, nanoUsd: 300_000, ms: 900 },
  { modelId: 'openai/gpt-4.1', quality: 0.9, nanoUsd: 1_500_000, ms: 1500 },
  { modelId: 'anthropic/claude-sonnet-4-5', quality: 0.93, nanoUsd: 3_200_000, ms: 2100 },
] as const;

/** Numbers in [0, 1) that are the same in every run (mulberry32, Tommy Ettinger, public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const scoresAround = (mean: number): DimensionScores =>
  Object.fromEntries(
    DIMENSIONS.map((dimension, index) => [
      dimension,
      { mean: Math.min(0.99, mean + (index - 2.5) / 60), spread: 0.09 },
    ]),
  ) as DimensionScores;

export type Traffic = { clientId: string; keyId: string; count: number; days: number; nowMs: number; seed?: number };

/** Decisions of a client over the last days, as its gateway would have recorded them; most recent last. */
export function sampleTraffic({ clientId, keyId, count, days, nowMs, seed = 1 }: Traffic): Decision[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, index) => {
    const atMs = Math.floor(nowMs - ((count - index) / count) * days * DAY_MS);
    const difficulty = random() * 0.3 - 0.12;
    const bar = 0.78;
    const candidates = MODELS.map(({ modelId, quality, nanoUsd, ms }): CandidateRecord => {
      const mean = Math.min(0.98, Math.max(0.3, quality - difficulty * (1.2 - quality) * 3));
      const risk = Math.min(0.99, Math.max(0.01, 0.5 - (mean - bar) * 4));
      return {
        modelId,
        basis: 'learned',
        scores: scoresAround(mean),
        overall: { mean, spread: 0.07 },
        risk,
        expectedCostNanoUsd: Math.round(nanoUsd * (0.6 + random())),
        expectedOutputTokens: 300,
        latencyP95Ms: ms * 2,
        ...(risk > 0.15 && { removedBy: 'min-score' as const }),
      };
    });
    const chosen =
      candidates.find(({ removedBy }) => removedBy === undefined) ?? (candidates.at(-1) as CandidateRecord);
    return decisionOf({ atMs, clientId, keyId, candidates, chosen, random, domain: pick(DOMAINS), task: pick(TASKS) });
  });
}

type Drawn = Pick<Decision, 'clientId' | 'keyId' | 'candidates'> & {
  atMs: number;
  chosen: CandidateRecord;
  random(): number;
  domain: string;
  task: string;
};

function decisionOf({ atMs, chosen, random, ...known }: Drawn): Decision {
  const { modelId } = chosen;
  const model = MODELS.find((each) => each.modelId === modelId);
  const totalMs = (model?.ms ?? 1000) * (0.5 + random() * random() * 3);
  const failed = random() < 0.02;
  const nanoUsd = failed ? 0 : Math.round((chosen.expectedCostNanoUsd ?? 0) * (0.7 + random() * 0.6));
  const { id, at, attempts, ...rest } = sampleDecision(atMs);
  const [attempt] = attempts;
  const provider = modelId.slice(0, modelId.indexOf('/'));
  const cost = { status: 'exact' as const, nanoUsd };
  return {
    ...rest,
    ...known,
    id,
    at,
    modelId,
    provider,
    outcome: failed ? 'failed' : 'answered',
    ...(failed && { errorCode: 'provider_failed' }),
    reason: chosen.removedBy === undefined ? 'cheapest-safe' : 'best-worst-case',
    bar: { minScores: { overall: 0.78 }, risk: 0.15 },
    emulated: true,
    cost,
    tags: { team: random() < 0.6 ? 'support' : 'search', release: random() < 0.5 ? 'a' : 'b' },
    attempts:
      attempt === undefined
        ? []
        : [{ ...attempt, modelId, provider, cost, totalMs, outcome: failed ? 'failed' : 'answered' }],
    latency: { totalMs: totalMs + 4, firstTokenMs: totalMs / 4, overheadMs: 4, predictMs: 1 },
  };
}

const BATCH = 500;

/** Writes decisions as a gateway does. */
export async function writeDecisions(repositories: Repositories, decisions: readonly Decision[]): Promise<void> {
  for (let start = 0; start < decisions.length; start += BATCH) {
    await repositories.decisions.insertBatch(decisions.slice(start, start + BATCH), { nodeId: 'seed' });
  }
}
