import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import type { Certificate } from './certificate.ts';
import { checkLive, type ShadowPair } from './check-live.ts';
import type { Floor } from './floor.ts';

const certificateFor = (floor: Floor): Certificate => ({
  format: 1,
  floor,
  scope: 'mixture',
  strongest: 'large',
  models: ['small', 'large'],
  leastFamiliarity: 0.1,
  parts: [],
  groups: 100,
  requests: 100,
  measured: {
    delivered: { tooFew: true, n: 0 },
    quality: { tooFew: true, n: 0 },
    strongestQuality: { tooFew: true, n: 0 },
    saving: { tooFew: true, n: 0 },
    costNanoUsd: 1,
    strongestCostNanoUsd: 2,
  },
  assumptions: [],
  data: { hash: 'sha256:0' },
  routerVersion: '0123456789ab',
  issuedAt: '2026-11-21T00:00:00Z',
});
const SHARE = certificateFor({ kind: 'share-of-strongest', share: 0.9, confidence: 0.95 });
const BELOW = certificateFor({ kind: 'share-below', score: 0.8, share: 0.1, confidence: 0.95 });

/** Both right or wrong together but for a share `lost`, where only the strongest is right. */
function pairs(n: number, lost: number, seed: string): ShadowPair[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const strongest = random() < 0.8 ? 1 : 0;
    return { strongest, routed: random() < lost ? 0 : strongest };
  });
}

describe('checkLive', () => {
  it('finds that a promise holds, or is broken, and says so only when it is sure', () => {
    expect(checkLive(SHARE, pairs(1500, 0, 'good'))).toMatchObject({ kind: 'holds', pairs: 1500 });
    expect(checkLive(SHARE, pairs(1500, 0.3, 'bad'))).toMatchObject({ kind: 'broken' });
    expect(checkLive(SHARE, pairs(1500, 0.1, 'edge'))).toMatchObject({ kind: 'undecided' });
    expect(checkLive(SHARE, pairs(5, 0.3, 'few'))).toMatchObject({ kind: 'undecided' });
    expect(checkLive(SHARE, [])).toEqual({ kind: 'undecided', pairs: 0, excess: { tooFew: true, n: 0 } });
  });

  it('counts replies below the score, whatever the strongest would have got', () => {
    const replies = (every: number) =>
      Array.from({ length: 900 }, (_, n) => ({ strongest: 0, routed: n % every === 0 ? 0.79 : 0.8 }));
    expect(checkLive(BELOW, replies(100)).kind).toBe('holds');
    expect(checkLive(BELOW, replies(4)).kind).toBe('broken');
    expect(checkLive(BELOW, replies(10)).kind).toBe('undecided');
  });

  it('cries broken in at most 5 % of streams in which the promise is just kept, looking again and again', () => {
    let broken = 0;
    for (let trial = 0; trial < 300; trial++) {
      const stream = pairs(240, 0.1, `stream ${trial}`);
      if ([20, 60, 120, 240].some((n) => checkLive(SHARE, stream.slice(0, n)).kind === 'broken')) broken++;
    }
    expect(broken / 300).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 300));
  });

  it('refuses scores outside [0, 1]', () => {
    expect(() => checkLive(BELOW, [{ strongest: 1, routed: Number.NaN }])).toThrow(RangeError);
    expect(() => checkLive(SHARE, [{ strongest: 1.1, routed: 1 }])).toThrow(RangeError);
  });
});
