import type { KnownRating } from '@pointsman/db';
import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ICC, planRaters } from './plan-raters.ts';

/** Two people on each of so many replies; `noise` is how far each strays from what the reply deserves. */
function ratings(replies: number, noise: number): KnownRating[] {
  const random = seededRandom('raters');
  return Array.from({ length: replies }, (_, reply) => {
    const deserved = 1 + 4 * random();
    return ['ana', 'ben'].map((rater) => ({
      caseHash: `case ${reply}`,
      replyHash: `reply ${reply}`,
      model: 'acme/one',
      dimension: 'tone' as const,
      rater,
      rating: Math.min(5, Math.max(1, Math.round(deserved + noise * (random() - 0.5)))),
    }));
  }).flat();
}
const planning = { dimensions: ['tone', 'safety'] as const, targetCeiling: 0.9, mostRaters: 12 };

describe('planRaters', () => {
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
