import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptFor } from '../../test/synthetic-rows.ts';
import { promptOf } from '../prompt.ts';
import { featurise } from './featurise.ts';
import { SIDE_FEATURES } from './side-features.ts';

const BUCKETS = 16_384;

describe('featurise', () => {
  // A change here is a change of the model's input: every artefact must then be trained again.
  it('gives the same buckets as when the shipped artefact was trained', () => {
    const { indices, weights } = featurise(promptFor('Why is the sky blue? It scatters 42 % more.'), BUCKETS);
    expect(Array.from(indices.slice(0, 6))).toMatchInlineSnapshot(`
      [
        600,
        723,
        1339,
        1359,
        1701,
        1722,
      ]
    `);
    expect(indices.length).toMatchInlineSnapshot(`44`);
    expect(weights[0]).toBeCloseTo(Math.LN2, 6);
  });

  it('is deterministic and well-formed on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const prompt = promptFor(text);
        const features = featurise(prompt, BUCKETS);
        expect(featurise(prompt, BUCKETS)).toEqual(features);
        expect(features.side).toHaveLength(SIDE_FEATURES.length);
        expect(features.side.every(Number.isFinite)).toBe(true);
        expect(features.weights.every((weight) => weight > 0)).toBe(true);
        features.indices.forEach((bucket, n) => {
          expect(bucket).toBeLessThan(BUCKETS);
          expect(bucket).toBeGreaterThan(n === 0 ? -1 : (features.indices[n - 1] ?? 0));
        });
      }),
    );
  });

  it('ignores case of letters and the values of numbers', () => {
    const a = featurise(promptFor('Add 1234 and 77'), BUCKETS);
    const b = featurise(promptFor('ADD 9876 AND 11'), BUCKETS);
    expect(a.indices).toEqual(b.indices);
  });

  it('counts system text half', () => {
    const alone = featurise(promptOf({ model: 'auto', messages: [{ role: 'user', content: 'zebra' }] }), BUCKETS);
    const system = featurise(
      promptOf({
        model: 'auto',
        messages: [
          { role: 'system', content: 'zebra' },
          { role: 'user', content: '' },
        ],
      }),
      BUCKETS,
    );
    expect(system.indices).toEqual(alone.indices);
    expect(system.weights[0]).toBeCloseTo(Math.log(1.5), 6);
  });

  it('does bounded work on a megabyte of text', () => {
    const huge = promptFor('lorem ipsum dolor '.repeat(60_000));
    const started = performance.now();
    featurise(huge, BUCKETS);
    // Unbounded, this takes seconds; bounded, about a millisecond.
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('refuses a number of buckets that is no power of two', () => {
    expect(() => featurise(promptFor('x'), 1_000)).toThrow(/power of two/);
  });
});
