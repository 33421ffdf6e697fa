import { describe, expect, test } from 'vitest';
import { sampleModel } from '../test/sample-models.ts';
import { meterReply } from './meter-reply.ts';

const model = sampleModel({
  contextTokens: 8000,
  prices: [
    {
      from: '2026-01-01',
      inputMicroUsdPerMtok: 1_000_000,
      cachedInputMicroUsdPerMtok: 100_000,
      outputMicroUsdPerMtok: 2_000_000,
      tiers: [],
    },
  ],
});
const metering = { model, isoDate: '2026-11-20', countedInputTokens: 50 };

describe('what a reply cost', () => {
  test("is exact from the provider's own usage, cached tokens at their own price", () => {
    const { cost } = meterReply({ inputTokens: 100, cachedInputTokens: 60, outputTokens: 10 }, 999, metering);
    expect(cost).toEqual({ status: 'exact', nanoUsd: 40 * 1000 + 60 * 100 + 10 * 2000 });
  });

  test('is estimated from a count where a stream carried no usage, never zero', () => {
    const { usage, cost } = meterReply({}, 41, metering);
    expect(usage).toEqual({ inputTokens: 50, outputTokens: 11 });
    expect(cost).toMatchObject({ status: 'estimated', nanoUsd: 50 * 1000 + 11 * 2000 });
  });

  test('keeps what the provider did say and counts only the rest', () => {
    expect(meterReply({ inputTokens: 70 }, 4, metering).usage).toEqual({ inputTokens: 70, outputTokens: 1 });
  });

  test('is estimated where the reported usage cannot be right, from no more than the model holds', () => {
    const absurd = { inputTokens: Number.MAX_SAFE_INTEGER, outputTokens: Number.MAX_SAFE_INTEGER };
    const { usage, cost } = meterReply(absurd, 4, metering);
    expect(usage).toEqual({ inputTokens: 8000, outputTokens: 8000 });
    expect(cost).toEqual({
      status: 'estimated',
      nanoUsd: 8000 * 1000 + 8000 * 2000,
      why: "the provider's usage cannot be right: the cost exceeds 9 million dollars",
    });
  });

  test('a price the provider put on the reply itself is taken as it is', () => {
    expect(meterReply({ inputTokens: 1, outputTokens: 1, reportedCostNanoUsd: 7 }, 4, metering).cost).toEqual({
      status: 'exact',
      nanoUsd: 7,
    });
  });
});
