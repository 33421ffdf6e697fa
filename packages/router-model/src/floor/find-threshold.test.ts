import { describe, expect, it } from 'vitest';
import { findThreshold } from './find-threshold.ts';
import type { Floor } from './floor.ts';
import { groupRequests } from './group-requests.ts';
import type { FloorRule } from './pick-for-floor.ts';
import { deliveredOf } from './prove-floor.ts';
import { replayFloor } from './replay-floor.ts';
import { wholePart } from './split-parts.ts';
import { drawReplay, expectedReplay, simulateTraffic } from './test/simulated-replay.ts';

const traffic = simulateTraffic({ seed: 'traffic', groups: 600 });
const everyGroup = groupRequests(expectedReplay(traffic));
const BASE: Omit<FloorRule, 'thresholds'> = {
  kind: 'share-of-strongest',
  strongest: 'large',
  models: new Set(['tiny', 'small', 'middle', 'large']),
  leastFamiliarity: 0,
};
const DOMAINS = ['research', 'software', 'finance', 'travel'];
const floorOf = (share: number): Floor => ({ kind: 'share-of-strongest', share, confidence: 0.95 });

function trueShare(threshold: number): number {
  const rule = { ...BASE, thresholds: new Map(DOMAINS.map((domain) => [domain, threshold] as const)) };
  return deliveredOf(floorOf(0.95), replayFloor(everyGroup, rule, floorOf(0.95)));
}

function search(seed: string, floor: Floor, thresholds?: number[]) {
  const [part] = wholePart(drawReplay(traffic, 200, seed), floor);
  if (part === undefined) throw new Error('no requests');
  return findThreshold(part, { floor, rule: BASE, thresholds });
}

describe('findThreshold', () => {
  // The hardest case: a promise that is broken by a hair, tested at the first threshold.
  it('passes a threshold that just breaks the promise in at most 5 % of samples', () => {
    const floor = floorOf(trueShare(0.9) + 1e-6);
    const found = Array.from({ length: 500 }, (_, n) => search(`edge ${n}`, floor, [0.9]).kind).filter(
      (k) => k === 'found',
    );
    expect(found.length / 500).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 500));
    expect(found.length).toBeGreaterThan(0);
  });

  it('finds one that keeps the promise with room to spare', () => {
    const floor = floorOf(trueShare(0.9) - 0.08);
    const found = Array.from({ length: 100 }, (_, n) => search(`room ${n}`, floor, [0.9]).kind).filter(
      (k) => k === 'found',
    );
    expect(found.length).toBeGreaterThan(60);
  });

  it('never goes past a threshold that failed, however good the bolder ones look', () => {
    expect(search('order', floorOf(0.9), [0.95])).toMatchObject({ kind: 'found', attempt: { threshold: 0.95 } });
    // 0: always the cheapest, far below the promise.
    const result = search('order', floorOf(0.9), [0, 0.95]);
    expect(result).toMatchObject({ kind: 'none', why: 'not-met', best: { threshold: 0 } });
  });

  it('takes the cheapest of the passed, not the last', () => {
    const result = search('cheapest', floorOf(0.8), [0.9, 0.99]);
    expect(result).toMatchObject({ kind: 'found', attempt: { threshold: 0.9 } });
  });
});
