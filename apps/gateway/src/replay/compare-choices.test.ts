import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { type ComparedRequest, compareChoices } from './compare-choices.ts';
import type { MeasuredChoice } from './measure-choices.ts';

const measured = (over: Partial<MeasuredChoice>): MeasuredChoice => ({
  modelId: 'a',
  costNanoUsd: 100,
  costSpreadNanoUsd: 0,
  refused: 0,
  quality: 0.8,
  qualitySpread: 0,
  belowMinimum: 0.1,
  latencyP95Ms: 500,
  ...over,
});

const pause = () => Promise.resolve();

/** Costs drawn around 100 before and 80 after, requests of one session alike. */
function traffic(count: number, seed: number, perSession = 1): ComparedRequest[] {
  const random = seededRandom(seed);
  let shared = 0;
  return Array.from({ length: count }, (_, index) => {
    if (index % perSession === 0) shared = random() * 200;
    return {
      group: String(Math.floor(index / perSession)),
      now: measured({ costNanoUsd: shared }),
      next: measured({ modelId: random() < 0.5 ? 'a' : 'b', costNanoUsd: shared * 0.8 }),
    };
  });
}

describe('comparing two policies', () => {
  it('gives means, differences of the same requests, shares of models, and a month by the requests of one', async () => {
    const { now, next, change } = await compareChoices(traffic(400, 1), 1_000_000, pause);
    const cost = now.costPerRequestNanoUsd;
    expect(next.costPerRequestNanoUsd.value).toBeCloseTo(0.8 * (cost.value ?? 0), 6);
    expect(change.costPerRequestNanoUsd.value).toBeCloseTo(-0.2 * (cost.value ?? 0), 6);
    expect(now.costPerMonthNanoUsd.value).toBeCloseTo(1_000_000 * (cost.value ?? 0), 0);
    const width = ({ interval }: typeof cost) => (interval?.high ?? 0) - (interval?.low ?? 0);
    // Paired: far narrower than either side.
    expect(width(change.costPerRequestNanoUsd)).toBeLessThan(0.3 * width(cost));
    expect(next.models.map(({ modelId }) => modelId).sort()).toEqual(['a', 'b']);
    expect(next.models.reduce((sum, { share }) => sum + (share.value ?? 0), 0)).toBeCloseTo(1);
    expect(change.otherModel.value).toBeCloseTo(0.5, 1);
    expect(change.quality).toEqual({ value: 0, interval: { low: 0, high: 0 }, count: 400 });
  });

  it('covers the truth in about 95 of 100 samples', async () => {
    let covered = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const { now } = await compareChoices(traffic(60, seed), 1, pause);
      const { low = 0, high = 0 } = now.costPerRequestNanoUsd.interval ?? {};
      if (low <= 100 && high >= 100) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(53);
  });

  it('is less sure of the same number of requests in fewer sessions', async () => {
    const width = async (perSession: number) => {
      const { now } = await compareChoices(traffic(300, 5, perSession), 1, pause);
      const { low = 0, high = 0 } = now.costPerRequestNanoUsd.interval ?? {};
      return high - low;
    };
    expect(await width(10)).toBeGreaterThan(2 * (await width(1)));
  });

  it('widens by what estimates may be off, except where the same model answers both', async () => {
    const requests = traffic(400, 2).map(({ now, next, group }) => ({
      group,
      now: { ...now, qualitySpread: 0.1 },
      next: { ...next, qualitySpread: 0.1 },
    }));
    const { now, change } = await compareChoices(requests, 1, pause);
    // 1.96 x 0.1 / sqrt(400), on either side of the mean.
    expect((now.quality.interval?.high ?? 0) - 0.8).toBeCloseTo(0.0098, 4);
    expect(change.quality.interval?.high).toBeGreaterThan(0.005);
    const same = requests.map(({ group, now: side }) => ({ group, now: side, next: side }));
    expect((await compareChoices(same, 1, pause)).change.quality.interval).toEqual({ low: 0, high: 0 });
  });

  it('counts a refused request as free and without quality, and never says that something unseen cannot be', async () => {
    const requests = traffic(100, 3).map((request, index) =>
      index >= 20
        ? request
        : {
            ...request,
            next: measured({
              modelId: undefined,
              refused: 1,
              costNanoUsd: 0,
              quality: undefined,
              latencyP95Ms: undefined,
            }),
          },
    );
    const { now, next, change } = await compareChoices(requests, 1, pause);
    expect(next.refused.value).toBe(0.2);
    expect(next.quality.count).toBe(80);
    expect(change.quality.count).toBe(80);
    expect(now.refused.value).toBe(0);
    expect(now.refused.interval?.high).toBeGreaterThan(0.02);
  });

  it('gives no interval of too few requests, or of too few sessions', async () => {
    const few = await compareChoices(traffic(29, 4), 1, pause);
    expect(few.tooFew).toBe(true);
    expect(few.now.costPerRequestNanoUsd.interval).toBeUndefined();
    const oneSession = await compareChoices(traffic(90, 4, 90), 1, pause);
    expect(oneSession.now.costPerRequestNanoUsd.interval).toBeUndefined();
    expect((await compareChoices([], 1, pause)).now.quality).toEqual({ count: 0 });
  });
});
