import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  bootstrapInterval,
  isotonicRegression,
  isotonicValue,
  mean,
  pairedDifferenceInterval,
  pearson,
  spearman,
} from '../src/index.ts';

// Reference numbers computed elsewhere with SciPy and scikit-learn on ratings of real summaries. The data may not be
// copied into the project, so the test needs the shared folder beside it.
const folder = process.env.POINTSMAN_SHARED_DIR ?? new URL('../../../../shared', import.meta.url).pathname;
const ratingsFile = `${folder}/data/judge/summeval.ratings.jsonl.gz`;
const available = existsSync(ratingsFile);

type Rating = {
  dimension: string;
  system: string;
  group_id: string;
  human_ratings: number[];
  judges: { judge_model: string; prompt: string; samples: number[] }[];
};
type Golden = {
  summeval: Record<
    string,
    {
      spearman: number;
      pearson: number;
      isotonic_at_1_to_5: number[];
      bootstrap_percentile95_spearman_iid_seed_dependent: [number, number];
    }
  >;
};

describe.skipIf(!available && process.env.POINTSMAN_REQUIRE_ALL !== '1')(
  `golden statistics (needs ${available ? 'nothing more' : 'the shared data: skipped'})`,
  () => {
    const ratings = available
      ? gunzipSync(readFileSync(ratingsFile))
          .toString()
          .trim()
          .split('\n')
          .map((line): Rating => JSON.parse(line))
      : [];
    const golden: Golden = available
      ? JSON.parse(readFileSync(`${folder}/data/judge/golden-stats.json`, 'utf8'))
      : { summeval: {} };

    it('has its data', () => {
      expect(available, `no ratings in ${folder}`).toBe(true);
    });

    it.each(Object.keys(golden.summeval))('agree with SciPy and scikit-learn on %s', (dimension) => {
      const expected = golden.summeval[dimension];
      const pairs = ratings
        .filter((rating) => rating.dimension === dimension)
        .flatMap((rating) => {
          const judge = rating.judges.find(
            ({ judge_model, prompt }) => judge_model === 'gpt-4-0314' && prompt === 'rts',
          );
          return judge === undefined ? [] : [{ x: mean(judge.samples), y: mean(rating.human_ratings) }];
        });
      const [x, y] = [pairs.map((pair) => pair.x), pairs.map((pair) => pair.y)];
      expect(spearman(x, y)).toBeCloseTo(expected?.spearman ?? Number.NaN, 10);
      expect(pearson(x, y)).toBeCloseTo(expected?.pearson ?? Number.NaN, 10);
      const fit = isotonicRegression(pairs);
      for (const [index, value] of (expected?.isotonic_at_1_to_5 ?? []).entries()) {
        expect(isotonicValue(fit, index + 1)).toBeCloseTo(value, 10);
      }
      const interval = bootstrapInterval(
        pairs,
        (rows) =>
          spearman(
            rows.map((row) => row.x),
            rows.map((row) => row.y),
          ),
        { seed: 1, method: 'percentile', resamples: 1000 },
      );
      const [low, high] = expected?.bootstrap_percentile95_spearman_iid_seed_dependent ?? [];
      expect(interval).toMatchObject({ n: 756 });
      expect('low' in interval && Math.abs(interval.low - (low ?? Number.NaN))).toBeLessThan(0.015);
      expect('high' in interval && Math.abs(interval.high - (high ?? Number.NaN))).toBeLessThan(0.015);
    });

    it('find no difference where the paired t test finds none', () => {
      const scores = (system: string) =>
        ratings
          .filter((rating) => rating.system === system && rating.dimension === 'coherence')
          .sort((a, b) => (a.group_id < b.group_id ? -1 : 1))
          .map((rating) => mean(rating.human_ratings));
      // SciPy's p is 0.230: the 77.0 % interval ends at zero, so a narrower one leaves it out and a wider one takes it in.
      const contains = (confidence: number) => {
        const interval = pairedDifferenceInterval(scores('M17'), scores('M22'), confidence);
        return 'low' in interval && interval.low <= 0 && interval.high >= 0;
      };
      expect([contains(0.76), contains(0.78)]).toEqual([false, true]);
    });
  },
);
