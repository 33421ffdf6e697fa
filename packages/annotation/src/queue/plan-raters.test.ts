import type { KnownRating } from '@pointsman/db';
import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ICC, planRaters } from './plan-raters.ts';

const RATING = { caseHash: 'case', model: 'acme/one', dimension: 'tone' as const };

/** Two people on each of so many replies; `noise` is how far each strays from what the reply deserves. */
function ratings(replies: number, noise: number): KnownRating[] {
  const random = seededRandom('raters');
  return Array.from({ length: replies }, (_, reply) => {
    const deserved = 1 + 4 * random();
    return ['ana', 'ben'].map((rater) => ({
      ...RATING,
      replyHash: `reply ${reply}`,
      rater,
      rating: Math.min(5, Math.max(1, Math.round(deserved + noise * (random() - 0.5)))),
    }));
  }).flat();
}
const planning = { dimensions: ['tone', 'safety'] as const, targetCeiling: 0.9, mostRaters: 12 };

describe('planRaters', () => {
  it('gives agreement an interval that covers it in 95 of 100 draws', () => {
    // Reply and rater each of variance 1: an ICC of 0.5.
    const random = seededRandom('coverage');
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const draws = Array.from({ length: 400 }, () => {
      const known = Array.from({ length: 60 }, (_, reply) => {
        const deserved = normal();
        return ['ana', 'ben', 'cy'].map((rater) => ({
          ...RATING,
          replyHash: `${reply}`,
          rater,
          rating: deserved + normal(),
        }));
      }).flat();
      return planRaters(known, planning)[0]?.iccInterval;
    });
    const covering = draws.filter((interval) => interval !== undefined && interval.low < 0.5 && interval.high > 0.5);
    expect(covering.length / draws.length).toBeGreaterThan(0.92);
    expect(covering.length / draws.length).toBeLessThan(0.98);
  });

  it('asks for fewer raters where people agreed so far, and says what it rests on', () => {
    const [close] = planRaters(ratings(200, 0.5), planning);
    const [apart] = planRaters(ratings(200, 6), planning);
    expect(close).toMatchObject({ dimension: 'tone', basis: 'agreement', raters: 1 });
    expect(apart?.raters).toBeGreaterThan(4);
    expect(close?.icc).toBeGreaterThan(apart?.icc ?? 1);
  });

  it('supposes moderate agreement where too little was rated, and of dimensions nobody rated', () => {
    const [tone, safety] = planRaters(ratings(10, 0.5), planning);
    expect(tone).toMatchObject({ dimension: 'tone', basis: 'default', icc: DEFAULT_ICC, raters: 5 });
    expect(safety).toMatchObject({ dimension: 'safety', basis: 'default' });
  });
});
