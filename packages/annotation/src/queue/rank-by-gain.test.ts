import { mean, ppiMean, seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { type Cell, gainOfLabel, rankByGain, shuffled } from './rank-by-gain.ts';

type Reply = { cells: string[]; truth: number; predicted: number };

const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Four systems of 600 replies; the judge follows people closely on some, loosely on others. */
const SPREADS = { a: 0.2, b: 0.3, c: 0.8, d: 2 };
function world(seed: string): { replies: Reply[]; cells: Map<string, Cell> } {
  const random = seededRandom(seed);
  const replies = Object.entries(SPREADS).flatMap(([system, spread]) =>
    Array.from({ length: 600 }, () => {
      const predicted = 3 + normal(random);
      return { cells: [system], predicted, truth: predicted + spread * normal(random) };
    }),
  );
  const cells = new Map(
    Object.entries(SPREADS).map(([system, spread]) => [system, { labelled: 0, residualVariance: spread ** 2 }]),
  );
  return { replies, cells };
}

/** The mean width of the PPI++ intervals of all systems once the first `budget` replies are labelled. */
function meanWidth(ordered: readonly Reply[], budget: number): number {
  const widths = Object.keys(SPREADS).map((system) => {
    const isOf = ({ cells }: Reply) => cells.includes(system);
    const estimate = ppiMean({
      labelled: ordered.slice(0, budget).filter(isOf),
      unlabelled: ordered.slice(budget).filter(isOf),
      fewest: 2,
    });
    return 'tooFew' in estimate ? Number.POSITIVE_INFINITY : estimate.high - estimate.low;
  });
  return widths.reduce((sum, width) => sum + width, 0) / widths.length;
}

describe('rankByGain', () => {
  it('narrows the intervals of simulated systems more than random order does', () => {
    const ratios = Array.from({ length: 40 }, (_, draw) => {
      const { replies, cells } = world(`draw ${draw}`);
      const ranked = rankByGain(replies, cells, seededRandom(draw));
      return meanWidth(ranked, 200) / meanWidth(shuffled(replies, seededRandom(draw)), 200);
    });
    expect(mean(ratios)).toBeLessThan(0.95);
    expect(ratios.filter((ratio) => ratio < 1).length).toBeGreaterThan(30);
  });

  it('takes first what was labelled least, and lets a cell that is well known wait', () => {
    const cells = new Map([
      ['new', { labelled: 0, residualVariance: 1 }],
      ['known', { labelled: 400, residualVariance: 1 }],
    ]);
    const items = ['known', 'new', 'known', 'new'].map((cell, index) => ({ index, cells: [cell] }));
    const ranked = rankByGain(items, cells, seededRandom(1));
    expect(ranked.map((item) => item.cells[0])).toEqual(['new', 'new', 'known', 'known']);
  });

  it('draws at random within a cell, so that labels stay a random draw', () => {
    const cells = new Map([['one', { labelled: 0, residualVariance: 1 }]]);
    const items = Array.from({ length: 50 }, (_, index) => ({ index, cells: ['one'] }));
    const first = rankByGain(items, cells, seededRandom('x')).map(({ index }) => index);
    expect(first).not.toEqual(items.map(({ index }) => index));
    expect(first.toSorted((a, b) => a - b)).toEqual(items.map(({ index }) => index));
    expect(rankByGain(items, cells, seededRandom('y')).map(({ index }) => index)).not.toEqual(first);
  });

  it('values a label less the more there are', () => {
    const gains = [0, 1, 5, 50].map((labelled) => gainOfLabel({ labelled, residualVariance: 1 }));
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
  });
});
