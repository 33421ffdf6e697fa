import { randomBytes } from 'node:crypto';
import { type CandidateRecord, type Decision, DIMENSIONS, type DimensionScores } from '@pointsman/contracts';

/** A new decision id (`dec_` and a version 7 UUID in hex) of an instant in milliseconds since 1970. */
export function sampleDecisionId(atMs: number): string {
  const random = randomBytes(10);
  random[0] = 0x70 | ((random[0] ?? 0) & 0x0f);
  random[2] = 0x80 | ((random[2] ?? 0) & 0x3f);
  return `dec_${atMs.toString(16).padStart(12, '0')}${random.toString('hex')}`;
}

const sampleScores = (mean: number): DimensionScores =>
  Object.fromEntries(
    DIMENSIONS.map((dimension, index) => [dimension, { mean: mean - index / 100, spread: 0.08 + index / 100 }]),
  ) as DimensionScores;

/** Eight candidates as a routed request has them: five scored and in the running, three removed. */
export const sampleCandidates = (): CandidateRecord[] =>
  Array.from({ length: 8 }, (_, index): CandidateRecord => {
    const modelId = `provider-${index % 3}/some-model-of-the-year-${index}`;
    if (index >= 5) return { modelId, removedBy: 'min-score', scores: sampleScores(0.5), basis: 'learned', risk: 0.6 };
    return {
      modelId,
      basis: 'learned',
      scores: sampleScores(0.75 + index / 50),
      overall: { mean: 0.725 + index / 50, spread: 0.0625 },
      risk: 0.03125 * index,
      expectedCostNanoUsd: 123_456 * (index + 1),
      expectedOutputTokens: 321.5,
      latencyP95Ms: 1234.5,
    };
  });

/** An answered, routed chat completion at `atMs` (milliseconds since 1970), as a gateway records it. */
export function sampleDecision(atMs: number, changes: Partial<Decision> = {}): Decision {
  const usage = { inputTokens: 812, cachedInputTokens: 512, outputTokens: 240 };
  const cost = { status: 'exact', nanoUsd: 265_800 } as const;
  const modelId = 'provider-0/some-model-of-the-year-0';
  return {
    id: sampleDecisionId(atMs),
    at: new Date(atMs).toISOString(),
    clientId: 'cli_0199f3a2b4c57d8e9f0a1b2c3d4e5f60',
    keyId: 'key_0199f3a2b4c57d8e9f0a1b2c3d4e5f61',
    endpoint: 'chat.completions',
    outcome: 'answered',
    requestedModel: 'auto',
    policy: 'default',
    arm: 'router',
    choiceProbability: 1,
    routerVersion: '2026-11-01.a1b2c3',
    catalogVersion: '0a1b2c3d4e5f',
    reason: 'cheapest-safe',
    modelId,
    provider: 'provider-0',
    emulated: false,
    stream: true,
    cache: 'off',
    bar: { minScores: { overall: 0.7 }, risk: 0.15 },
    candidates: sampleCandidates(),
    attempts: [
      {
        modelId,
        provider: 'provider-0',
        startedAtMs: atMs + 3,
        outcome: 'answered',
        status: 200,
        providerRequestId: 'chatcmpl-0123456789abcdef',
        usage,
        cost,
        firstTokenMs: 312.5,
        totalMs: 1890.25,
      },
    ],
    usage,
    cost,
    latency: { totalMs: 1893.5, firstTokenMs: 315.5, overheadMs: 3.25, predictMs: 2.125 },
    domain: 'customer-support',
    ignored: [],
    ...changes,
  };
}
