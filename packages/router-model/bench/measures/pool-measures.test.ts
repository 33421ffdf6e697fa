import { describe, expect, it } from 'vitest';
import type { HeldOutFold } from '../splits/hold-out.ts';
import { poolRow } from '../test-rows.ts';
import { measurePool } from './pool-measures.ts';
import { fixedPicks } from './trade-offs.ts';

/** The cheap model answers three requests of four, the strong one all but the first of them. */
const ROWS = [
  poolRow({ quality: [1, 0], costUsd: [1, 4], group: 1 }),
  poolRow({ quality: [1, 1], costUsd: [1, 4], group: 2 }),
  poolRow({ quality: [1, 1], costUsd: [1, 4], group: 3 }),
  poolRow({ quality: [0, 1], costUsd: [1, 4], group: 4 }),
  poolRow({ quality: [0, 1], costUsd: [1, 4], group: 5 }),
];

const always = (setting: number) => ({ low: setting, high: setting, share: 1 });
const FOLD: HeldOutFold = {
  name: 'all',
  rows: ROWS,
  strongest: 1,
  cheapest: 0,
  ours: [],
  methods: new Map([
    [
      'zero router',
      { quality: [], picks: fixedPicks(5, 2), fixed: [always(1), { low: 0, high: 1, share: 0.5 }, always(0)] },
    ],
    // Knows the fourth request to be hard and nothing else.
    [
      'router',
      {
        quality: [],
        picks: { settings: 1, data: Uint8Array.of(0, 0, 0, 1, 0) },
        fixed: [always(1), always(0), always(2)],
      },
    ],
  ]),
};

describe('measurePool', () => {
  const measured = measurePool([FOLD], 'router', { resamples: 20, seed: 1 });
  const methodCalled = (name: string) => measured.methods.find((method) => method.name === name);

  it('sums up single models', () => {
    expect(measured.models).toEqual([
      { cost: 1, quality: 0.6 },
      { cost: 4, quality: 0.8 },
    ]);
  });

  it('measures what a trade-off fixed beforehand delivered, saved and misjudged', () => {
    // Setting 1 is beyond the only trade-off: always the cheapest.
    const [cheapest, routed] = methodCalled('router')?.fixed ?? [];
    expect(cheapest?.delivered.value).toBeCloseTo(0.75);
    expect(cheapest?.saved.value).toBeCloseTo(0.75);
    expect(cheapest?.undersized.value).toBeCloseTo(0.4);
    expect(routed?.delivered.value).toBeCloseTo(1);
    expect(routed?.saved.value).toBeCloseTo(1 - 8 / 20);
    expect(routed?.undersized.value).toBeCloseTo(0.2);
    expect(routed?.oversized.value).toBeCloseTo(0);
  });

  it('mixes settings as the trade-off says', () => {
    const mixed = methodCalled('zero router')?.fixed[1];
    expect(mixed?.delivered.value).toBeCloseTo(0.7 / 0.8);
    expect(mixed?.saved.value).toBeCloseTo(1 - 2.5 / 4);
    // The strong model, half of the time, where a cheaper one did as well: requests 1 to 3.
    expect(mixed?.oversized.value).toBeCloseTo(0.5 * 0.6);
  });

  it('measures hulls between the zero router and the oracle', () => {
    expect(methodCalled('zero router')?.gapClosed.value).toBeCloseTo(0);
    // From 1 to 4: the zero router 2.1; the oracle 0.6 to 1 at a cost of 2.2, then level: 0.96 + 1.8; the router
    // 0.6 to 0.8 at 1.6, then level: 0.42 + 1.92.
    expect(methodCalled('router')?.gapClosed.value).toBeCloseTo((2.34 - 2.1) / (2.76 - 2.1));
    expect(methodCalled('router')?.averageQuality.value).toBeCloseTo(2.34 / 3);
    expect(methodCalled('router')?.hullSavings[0]?.value).toBeCloseTo(1 - 1.6 / 4);
  });

  it('deals the same choices out to all requests when shuffled', () => {
    // The strong model for one request in five: 0.6 + 0.2 x 0.2 of quality at the same cost.
    const [point] = methodCalled('router, shuffled')?.curve ?? [];
    expect(point?.quality).toBeCloseTo(0.64);
    expect(point?.cost).toBeCloseTo(1.6);
  });
});
