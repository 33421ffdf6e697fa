import { describe, expect, it } from 'vitest';
import type { ReplayRequest } from '../../src/floor/replay-request.ts';
import { drawReplay, simulateTraffic } from '../../src/floor/test/simulated-replay.ts';
import { deliver, deliveredShare, savedShare, weighByGroup } from './delivery.ts';
import { describePromise, resamplePromises } from './resample-promises.ts';

const requests = drawReplay(simulateTraffic({ seed: 'promises', groups: 800 }), 800, 'held out');
const SHARE = { kind: 'share-of-strongest', share: 0.9, confidence: 0.95 } as const;
const OPTIONS = { resamples: 40, seed: 1 };

describe('delivery', () => {
  const [one, other]: ReplayRequest[] = [
    { ...requests[0], group: 'one' } as ReplayRequest,
    { ...requests[1], group: 'other' } as ReplayRequest,
  ];
  const scoreOf = (request: ReplayRequest | undefined) =>
    request?.candidates.find(({ model }) => model === 'large')?.score ?? Number.NaN;

  it('counts each group once, however often it is asked', () => {
    const asked = weighByGroup([one, one, one, other].filter((request) => request !== undefined));
    const delivery = deliver(asked, () => 'large', 0.5);
    expect(delivery.requests).toBeCloseTo(2, 12);
    expect(delivery.routed).toBeCloseTo(scoreOf(one) + scoreOf(other), 12);
    expect(delivery.below).toBeCloseTo(2 - delivery.routed, 12);
    expect([deliveredShare({ ...delivery, routed: 1, strongest: 2 }), savedShare(delivery)]).toEqual([0.5, 0]);
  });
});

describe('resampling promises', () => {
  it('finds few false ones, the same for the same seed', () => {
    const trial = { floor: SHARE, calibration: 300, perDomain: false } as const;
    const result = resamplePromises(requests, trial, OPTIONS);
    expect(resamplePromises(requests, trial, { ...OPTIONS, resamples: 4 })).toEqual(
      resamplePromises(requests, trial, { ...OPTIONS, resamples: 4 }),
    );
    expect(result.certified).toBeGreaterThan(30);
    // 0.05 x 40 and three standard deviations.
    expect(result.broken).toBeLessThanOrEqual(6);
    expect(result.delivered).toBeGreaterThan(0.9);
    expect(describePromise(result).slice(0, 2)).toEqual(['>= 90.0', '300 groups']);
  });

  it('counts why nothing was certified', () => {
    const trial = { floor: { ...SHARE, share: 0.99 }, calibration: 50, perDomain: false } as const;
    expect(resamplePromises(requests, trial, { resamples: 3, seed: 1 })).toMatchObject({
      certified: 0,
      refusals: { 'too-few': 3 },
      delivered: undefined,
    });
  });

  it('checks a share below a score, per domain, on the half that was not calibrated on', () => {
    const floor = { kind: 'share-below', score: 0.5, share: 0.5, confidence: 0.95 } as const;
    const half = resamplePromises(
      requests,
      { floor, calibration: 'half', perDomain: true },
      { resamples: 10, seed: 2 },
    );
    expect(half.certified).toBeGreaterThan(0);
    expect(half.broken).toBeLessThanOrEqual(2);
  });
});
