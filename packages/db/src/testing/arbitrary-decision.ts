import {
  type Attempt,
  type CandidateRecord,
  type Cost,
  type Decision,
  DIMENSIONS,
  FAILURE_KINDS,
  FLOOR_OUTCOMES,
  FLOOR_WHYS,
  outcomeSchema,
  REASONS,
  REMOVALS,
  type Usage,
} from '@pointsman/contracts';
import fc from 'fast-check';
import { sampleDecisionId } from './sample-decision.ts';

// Scores are stored with four decimals, other estimates and latencies with six significant digits: these fit.
const unit = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000);
const ms = fc.integer({ min: 0, max: 999_999 }).map((n) => n / 10);
const count = fc.integer({ min: 0, max: 1_000_000 });
const nanoUsd = fc.integer({ min: 0, max: 2 ** 40 });
const words = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'é', '"', '\\', '{', ' ', '🙂', ',', "'") });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const usage: fc.Arbitrary<Usage> = fc.record({
  inputTokens: maybe(count),
  cachedInputTokens: maybe(count),
  cacheWriteTokens: maybe(count),
  outputTokens: maybe(count),
  reasoningTokens: maybe(count),
  reportedCostNanoUsd: maybe(nanoUsd),
});

const cost: fc.Arbitrary<Cost> = fc.oneof(
  fc.record({ status: fc.constant('exact' as const), nanoUsd }),
  fc.record({ status: fc.constant('estimated' as const), nanoUsd, why: words }),
  fc.record({ status: fc.constant('unknown' as const), why: words }),
);

const estimate = fc.record({ mean: unit, spread: unit });
const scores = fc
  .tuple(estimate, estimate, estimate, estimate, estimate, estimate)
  .map((six) => Object.fromEntries(DIMENSIONS.map((dimension, index) => [dimension, six[index]])));

const candidate = fc.record({
  modelId: fc.constantFrom('a/one', 'a/two', 'b/three', 'c/four'),
  basis: maybe(fc.constantFrom('learned' as const, 'benchmark-average' as const, 'prior' as const)),
  scores: maybe(scores),
  overall: maybe(estimate),
  risk: maybe(unit),
  expectedCostNanoUsd: maybe(nanoUsd),
  expectedOutputTokens: maybe(ms),
  latencyP95Ms: maybe(ms),
  removedBy: maybe(fc.constantFrom(...REMOVALS)),
  detail: maybe(words),
}) as fc.Arbitrary<CandidateRecord>;

const attempt = (atMs: number): fc.Arbitrary<Attempt> =>
  fc.record({
    modelId: fc.constantFrom('a/one', 'a/two'),
    provider: fc.constantFrom('a', 'b'),
    startedAtMs: fc.integer({ min: -5, max: 60_000 }).map((after) => atMs + after),
    outcome: fc.constantFrom('answered' as const, 'failed' as const, 'abandoned' as const),
    failure: maybe(fc.constantFrom(...FAILURE_KINDS)),
    status: maybe(fc.constantFrom(200, 429, 503)),
    message: maybe(words),
    providerRequestId: maybe(words),
    usage: maybe(usage),
    cost,
    queueMs: maybe(ms),
    firstTokenMs: maybe(ms),
    totalMs: ms,
  });

const bar = fc.record({
  minScores: fc.constantFrom({}, { overall: 0.7 }, { overall: 0, tone: 0.5 }),
  risk: unit,
  minShareOfBest: maybe(unit),
});

/** What the router read in the request, and what became of the policy's floor. */
const reading = {
  domain: maybe(fc.constantFrom('legal', 'travel')),
  task: maybe(fc.constantFrom('answer', 'code')),
  kind: maybe(fc.constantFrom('gsm', 'law')),
  familiarity: maybe(unit),
  floor: maybe(
    fc.record({
      certificateId: maybe(fc.constant('crt_one')),
      outcome: fc.constantFrom(...FLOOR_OUTCOMES),
      why: maybe(fc.constantFrom(...FLOOR_WHYS)),
    }),
  ),
};

/** Decisions of any kind at instants between the two, in milliseconds since 1970. */
export function arbitraryDecision(fromMs: number, toMs: number): fc.Arbitrary<Decision> {
  return fc.integer({ min: fromMs, max: toMs }).chain((atMs) =>
    fc.record({
      id: fc.constant(0).map(() => sampleDecisionId(atMs)),
      at: fc.constant(new Date(atMs).toISOString()),
      clientId: fc.constantFrom('cli_one', 'cli_two', 'cli_three'),
      keyId: fc.constant('key_one'),
      endpoint: fc.constantFrom('chat.completions' as const, 'embeddings' as const),
      outcome: fc.constantFrom(...outcomeSchema.options),
      errorCode: maybe(words),
      requestedModel: words,
      policy: fc.constantFrom('default', 'cheap'),
      arm: fc.constantFrom('router', 'rules'),
      choiceProbability: fc.double({ min: 0, max: 1, noNaN: true }),
      routerVersion: words,
      catalogVersion: words,
      reason: fc.constantFrom(...REASONS),
      modelId: maybe(fc.constantFrom('a/one', 'b/three')),
      provider: maybe(fc.constantFrom('a', 'b')),
      emulated: fc.boolean(),
      stream: fc.boolean(),
      cache: fc.constantFrom('off' as const, 'miss' as const, 'hit' as const),
      bar: maybe(bar),
      candidates: fc.array(candidate, { maxLength: 9 }),
      attempts: fc.array(attempt(atMs), { maxLength: 3 }),
      usage,
      cost,
      latency: fc.record({ totalMs: ms, firstTokenMs: maybe(ms), overheadMs: ms, predictMs: maybe(ms) }),
      ...reading,
      session: maybe(words),
      endUser: maybe(words),
      tags: maybe(fc.dictionary(words, words, { maxKeys: 3, noNullPrototype: true })),
      ignored: fc.array(words, { maxLength: 2 }),
    }),
  );
}
