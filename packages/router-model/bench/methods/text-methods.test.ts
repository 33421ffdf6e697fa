import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { zeros } from '../../src/mathematics/matrix.ts';
import { sparseFrom } from '../../src/mathematics/sparse.ts';
import { poolRow } from '../test-rows.ts';
import { nearestNeighbours } from './nearest-neighbours.ts';
import { promptLength } from './prompt-length.ts';
import type { RoutingMethod } from './routing-method.ts';
import { solveRidge, tfidfRidge } from './tfidf-ridge.ts';

const WORDS = {
  cooking: ['simmer', 'onion', 'recipe', 'oven', 'butter', 'garlic'],
  stars: ['galaxy', 'orbit', 'comet', 'nebula', 'planet', 'moon'],
} as const;

/** Cooking is easy, the stars are hard, and long prompts are about the stars. */
function topicalRows(count: number) {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, n) => {
    const topic = n % 2 === 0 ? 'cooking' : 'stars';
    const words = Array.from({ length: topic === 'stars' ? 12 : 6 }, () => WORDS[topic][Math.floor(random() * 6)]);
    const chance = topic === 'stars' ? 0.2 : 0.9;
    return poolRow({ quality: [random() < chance ? 1 : 0, 1], costUsd: [1, 2], text: words.join(' '), group: n });
  });
}

const ROWS = topicalRows(240);
const POOL = { name: 'made up', models: ['small', 'large'], rows: ROWS };
const TRAIN = ROWS.slice(0, 200);
const TEST = ROWS.slice(200);

describe('methods that read the text', () => {
  it.each<[string, RoutingMethod]>([
    ['prompt length', promptLength],
    ['TF-IDF ridge', tfidfRidge],
    ['nearest neighbours', nearestNeighbours(1)],
  ])('tell hard requests from easy ones: %s', async (_, method) => {
    const predict = await method.fit(TRAIN, POOL);
    const predicted = await Promise.all(TEST.map(predict));
    const meanOf = (offset: number) => {
      const own = predicted.filter((__, n) => n % 2 === offset);
      return own.reduce((sum, [small = 0]) => sum + small, 0) / own.length;
    };
    expect(meanOf(0)).toBeGreaterThan(0.7);
    expect(meanOf(1)).toBeLessThan(0.4);
    for (const [, large = 0] of predicted) expect(large).toBeGreaterThan(0.9);
  });
});

describe('solveRidge', () => {
  it('solves every column', () => {
    const x = sparseFrom(
      [
        { indices: [0], values: [1] },
        { indices: [1], values: [2] },
      ],
      2,
    );
    const targets = { ...zeros(2, 2), data: Float64Array.of(1, 0, 3, 5) };
    // (1 + 1) w = 1 and 0; (4 + 1) w = 6 and 10.
    const solved = [...solveRidge(x, targets, 1).data];
    [0.5, 0, 1.2, 2].forEach((value, n) => {
      expect(solved[n]).toBeCloseTo(value);
    });
  });
});
