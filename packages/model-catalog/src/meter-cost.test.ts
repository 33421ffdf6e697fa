import type { Cost, Price, Usage } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleModel, samplePrice } from '../test/sample-models.ts';
import { expectedCost, meterCost } from './index.ts';

const DAY = '2026-07-02';
const meter = (usage: Usage, price: Partial<Price> = {}) =>
  meterCost(usage, sampleModel({ prices: [samplePrice(price)] }), DAY);

function nanoUsd(cost: Cost): number {
  if (cost.status !== 'exact') throw new Error(`not exact: ${cost.status}`);
  return cost.nanoUsd;
}

const rate = fc.integer({ min: 0, max: 600_000_000 });
const rates = fc.record({
  inputMicroUsdPerMtok: rate,
  outputMicroUsdPerMtok: rate,
  cachedInputMicroUsdPerMtok: fc.option(rate, { nil: undefined }),
  cacheWriteMicroUsdPerMtok: fc.option(rate, { nil: undefined }),
});
const count = fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 2 ** 40 }));
const usage = fc.record({ plain: count, cached: count, cacheWrite: count, output: count }).map(
  ({
    plain,
    cached,
    cacheWrite,
    output,
  }): Required<Pick<Usage, 'inputTokens' | 'cachedInputTokens' | 'cacheWriteTokens' | 'outputTokens'>> => ({
    inputTokens: plain + cached + cacheWrite,
    cachedInputTokens: cached,
    cacheWriteTokens: cacheWrite,
    outputTokens: output,
  }),
);

/** 1e-12 dollars, exactly, as the definition of the units has it. */
function exactPicoUsd(tokens: Usage, price: Price): bigint {
  const [input, cached, cacheWrite, output] = [
    tokens.inputTokens,
    tokens.cachedInputTokens,
    tokens.cacheWriteTokens,
    tokens.outputTokens,
  ].map((value) => BigInt(value ?? 0)) as [bigint, bigint, bigint, bigint];
  const inputRate = BigInt(price.inputMicroUsdPerMtok);
  return (
    (input - cached - cacheWrite) * inputRate +
    cached * BigInt(price.cachedInputMicroUsdPerMtok ?? price.inputMicroUsdPerMtok) +
    cacheWrite * BigInt(price.cacheWriteMicroUsdPerMtok ?? price.inputMicroUsdPerMtok) +
    output * BigInt(price.outputMicroUsdPerMtok)
  );
}

describe('meterCost', () => {
  it('bills input and output at their rates', () => {
    expect(meter({ inputTokens: 1000, outputTokens: 500 })).toEqual({ status: 'exact', nanoUsd: 7_500_000 });
  });

  it('bills cached tokens and cache writes at their own rates, never as plain input too', () => {
    const price = { cachedInputMicroUsdPerMtok: 250_000, cacheWriteMicroUsdPerMtok: 3_125_000 };
    const tokens = { inputTokens: 1000, cachedInputTokens: 600, cacheWriteTokens: 300, outputTokens: 0 };
    expect(nanoUsd(meter(tokens, price))).toBe(100 * 2500 + 600 * 250 + 300 * 3125);
  });

  it('bills cached tokens and cache writes as input where they have no rate of their own', () => {
    const tokens = { inputTokens: 1000, cachedInputTokens: 600, cacheWriteTokens: 300, outputTokens: 0 };
    expect(nanoUsd(meter(tokens))).toBe(1000 * 2500);
  });

  it('bills reasoning once, as the output it is part of', () => {
    const answer = { inputTokens: 10, outputTokens: 500 };
    expect(meter({ ...answer, reasoningTokens: 400 })).toEqual(meter(answer));
  });

  it('bills the whole request at a tier once its input exceeds the threshold, not before', () => {
    const tier = { aboveInputTokens: 200_000, inputMicroUsdPerMtok: 5_000_000, outputMicroUsdPerMtok: 20_000_000 };
    const higher = { ...tier, aboveInputTokens: 500_000, inputMicroUsdPerMtok: 7_000_000 };
    const cost = (inputTokens: number) => nanoUsd(meter({ inputTokens, outputTokens: 1 }, { tiers: [tier, higher] }));
    expect(cost(200_000)).toBe(200_000 * 2500 + 10_000);
    expect(cost(200_001)).toBe(200_001 * 5000 + 20_000);
    expect(cost(500_001)).toBe(500_001 * 7000 + 20_000);
  });

  it('rounds a fraction of a nano-dollar up once, not once for each kind of token', () => {
    const price = { inputMicroUsdPerMtok: 300, outputMicroUsdPerMtok: 300 };
    expect(meter({ inputTokens: 1, outputTokens: 1 }, price)).toEqual({ status: 'exact', nanoUsd: 1 });
    expect(meter({ inputTokens: 2, outputTokens: 2 }, price)).toEqual({ status: 'exact', nanoUsd: 2 });
  });

  it('takes the cost that the provider itself put on the reply', () => {
    expect(meter({ reportedCostNanoUsd: 42 })).toEqual({ status: 'exact', nanoUsd: 42 });
    expect(meter({ inputTokens: 1000, outputTokens: 1000, reportedCostNanoUsd: 0 })).toEqual({
      status: 'exact',
      nanoUsd: 0,
    });
  });

  it('never bills unknown usage as zero', () => {
    for (const tokens of [
      {},
      { inputTokens: 10 },
      { outputTokens: 10 },
      { cachedInputTokens: 3, reasoningTokens: 2 },
    ]) {
      expect(meter(tokens).status).toBe('unknown');
    }
  });

  it('needs no output tokens of an embedding, which has none', () => {
    const model = sampleModel({ kind: 'embedding', prices: [samplePrice({ outputMicroUsdPerMtok: 0 })] });
    expect(meterCost({ inputTokens: 1000 }, model, DAY)).toEqual({ status: 'exact', nanoUsd: 2_500_000 });
    expect(meterCost({}, model, DAY).status).toBe('unknown');
  });

  it.each<[string, Usage]>([
    ['more cached than input', { inputTokens: 10, cachedInputTokens: 11, outputTokens: 1 }],
    [
      'more cached and written than input',
      { inputTokens: 10, cachedInputTokens: 6, cacheWriteTokens: 5, outputTokens: 1 },
    ],
    ['more reasoning than output', { inputTokens: 10, outputTokens: 1, reasoningTokens: 2 }],
    ['a fraction of a token', { inputTokens: 10.5, outputTokens: 1 }],
    ['fewer than no tokens', { inputTokens: -1, outputTokens: 1 }],
    ['no number', { inputTokens: Number.NaN, outputTokens: 1 }],
  ])('calls the cost unknown when the provider reports %s', (_, tokens) => {
    const cost = meter(tokens);
    expect(cost).toMatchObject({ status: 'unknown', why: expect.stringContaining('the provider reported') });
  });

  it('calls the cost unknown on a day before the first price, and beyond what a number holds', () => {
    const model = sampleModel({ prices: [samplePrice({ from: '2026-07-03' })] });
    expect(meterCost({ inputTokens: 1, outputTokens: 1 }, model, DAY)).toEqual({
      status: 'unknown',
      why: 'no price of acme/alpha is known for 2026-07-02',
    });
    expect(meter({ inputTokens: 2 ** 53 - 1, outputTokens: 1 }).status).toBe('unknown');
  });

  it('is the exact rational cost rounded up, by less than a nano-dollar', () => {
    fc.assert(
      fc.property(usage, rates, (tokens, rated) => {
        const price = samplePrice(rated as Partial<Price>);
        const pico = exactPicoUsd(tokens, price);
        const cost = meter(tokens, price);
        if (pico > 1000n * BigInt(Number.MAX_SAFE_INTEGER)) {
          expect(cost.status).toBe('unknown');
        } else {
          const excess = BigInt(nanoUsd(cost)) * 1000n - pico;
          expect(excess >= 0n && excess < 1000n).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never falls when any kind of token grows by itself', () => {
    const small = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(small, small, small, rates, (input, output, more, rated) => {
        const cost = (inputTokens: number, outputTokens: number) =>
          nanoUsd(meter({ inputTokens, outputTokens }, rated as Partial<Price>));
        expect(cost(input + more, output)).toBeGreaterThanOrEqual(cost(input, output));
        expect(cost(input, output + more)).toBeGreaterThanOrEqual(cost(input, output));
      }),
    );
  });

  it('is never dearer with a cache than without where the cached rate is the lower one', () => {
    const small = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(small, small, rate, rate, (plain, cached, one, other) => {
        const price = { inputMicroUsdPerMtok: Math.max(one, other), cachedInputMicroUsdPerMtok: Math.min(one, other) };
        const cost = (cachedInputTokens: number) =>
          nanoUsd(meter({ inputTokens: plain + cached, cachedInputTokens, outputTokens: 7 }, price));
        expect(cost(cached)).toBeLessThanOrEqual(cost(0));
      }),
    );
  });
});

describe('expectedCost', () => {
  const price = samplePrice({ cachedInputMicroUsdPerMtok: 250_000 });

  it('is what metering says once the expectation has come true', () => {
    const small = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(small, small, small, (plain, cachedInputTokens, outputTokens) => {
        const tokens = { inputTokens: plain + cachedInputTokens, cachedInputTokens, outputTokens };
        expect(expectedCost(price, tokens)).toBe(nanoUsd(meter(tokens, price)));
      }),
    );
  });

  it('takes expected fractions of a token as whole ones, and no more cached than there is input', () => {
    expect(expectedCost(price, { inputTokens: 10, outputTokens: 99.2 })).toBe(
      expectedCost(price, { inputTokens: 10, outputTokens: 100 }),
    );
    expect(expectedCost(price, { inputTokens: 10, cachedInputTokens: 99, outputTokens: 0 })).toBe(10 * 250);
  });

  it('refuses what cannot be a number of tokens', () => {
    for (const outputTokens of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53 - 1]) {
      expect(() => expectedCost(price, { inputTokens: 1, outputTokens })).toThrow(RangeError);
    }
  });
});
