import {
  type CandidateRecord,
  type Decision,
  DIMENSIONS,
  type DimensionScores,
  DOMAINS,
  TASKS,
} from '@pointsman/contracts';
import { sampleDecision, type TrafficPattern } from '@pointsman/db/testing';

const TEMPLATES_PER_MODEL = 20;
const CANDIDATES = 8;
/** Nano-USD of the cheapest model's usual reply; each model costs a quarter more than the one before. */
const CHEAPEST = 20_000;
const COST_STEP = 1.25;

/** Traffic over `models`, cheapest and weakest first: the cheap ones answer most of it, as the router sees to. */
export function trafficPattern(clients: TrafficPattern['clients'], models: readonly string[]): TrafficPattern {
  const templates = models.flatMap((_, served) =>
    Array.from({ length: TEMPLATES_PER_MODEL }, (_, variant) => template(served, variant, models)),
  );
  return { clients, templates, domains: DOMAINS, tasks: TASKS };
}

/** An answered request whose served model is the cheapest safe one of eight candidates. */
function template(served: number, variant: number, models: readonly string[]): Decision {
  const difficulty = variant / TEMPLATES_PER_MODEL / 10;
  const candidates = Array.from({ length: CANDIDATES }, (_, place): CandidateRecord => {
    const index = (served - 2 + place + models.length) % models.length;
    const mean = 0.98 - 0.25 * (1 - index / models.length) - difficulty;
    const risk = place < 2 ? 0.6 - place / 5 : 0.12 - place / 100;
    return {
      modelId: models[index] ?? '',
      basis: 'learned',
      scores: scoresAround(mean),
      overall: { mean, spread: 0.06 + difficulty / 2 },
      risk,
      expectedCostNanoUsd: Math.round(CHEAPEST * COST_STEP ** index),
      expectedOutputTokens: 250,
      latencyP95Ms: 2500,
      ...(place < 2 && { removedBy: 'min-score' as const }),
    };
  });
  const modelId = models[served] ?? '';
  const provider = modelId.slice(0, modelId.indexOf('/'));
  const cost = { status: 'exact', nanoUsd: Math.round(CHEAPEST * COST_STEP ** served) } as const;
  const sample = sampleDecision(0);
  return sampleDecision(0, {
    modelId,
    provider,
    candidates,
    cost,
    attempts: sample.attempts.map((attempt) => ({ ...attempt, modelId, provider, cost })),
  });
}

const scoresAround = (mean: number): DimensionScores =>
  Object.fromEntries(
    DIMENSIONS.map((dimension, index) => [dimension, { mean: Math.min(1, mean + (index - 2) / 100), spread: 0.08 }]),
  ) as DimensionScores;
