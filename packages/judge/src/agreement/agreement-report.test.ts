import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { agreementReport, type RatedReply } from './agreement-report.ts';

const OPTIONS = { scale: [1, 5] as [number, number], resamples: 100 };

type World = { systemWeight: number; replyWeight: number };

/** Replies of six systems to forty questions, rated by three people, one of whom is a point too mild. */
function repliesOf({ systemWeight, replyWeight }: World): RatedReply[] {
  const random = seededRandom('raters');
  const noise = () => 2 * random() - 1;
  return Array.from({ length: 240 }, (_, index) => {
    const quality = 3 + systemWeight * ((index % 6) / 5 - 0.5) + replyWeight * noise();
    return {
      dimension: 'relevance',
      group: `question ${Math.floor(index / 6)}`,
      system: `system ${index % 6}`,
      ratings: ['ada', 'bo', 'cy'].map((rater) => ({
        rater,
        rating: Math.min(5, Math.max(1, Math.round(quality + noise() + (rater === 'cy' ? 1 : 0)))),
      })),
    };
  });
}

const estimate = (interval: unknown) => (interval as { estimate: number }).estimate;
const low = (interval: unknown) => (interval as { low: number }).low;

describe('agreementReport', () => {
  it('finds agreement on replies, its ceiling, and no fault', () => {
    const [report] = agreementReport(repliesOf({ systemWeight: 0, replyWeight: 2 }), OPTIONS);
    expect(report).toMatchObject({ dimension: 'relevance', replies: 240, groups: 40, warnings: [] });
    expect(estimate(report?.reliability?.icc)).toBeGreaterThan(0.3);
    expect(estimate(report?.reliability?.ceiling)).toBeCloseTo(Math.sqrt(estimate(report?.reliability?.iccMean)), 10);
    expect(estimate(report?.alphaInterval)).toBeCloseTo(estimate(report?.reliability?.icc), 1);
  });

  it('warns that labels tell systems apart but not replies, though people seem to agree', () => {
    const [report] = agreementReport(repliesOf({ systemWeight: 4, replyWeight: 0 }), OPTIONS);
    expect(estimate(report?.reliability?.icc)).toBeGreaterThan(0.3);
    expect(estimate(report?.withinSystemIcc)).toBeLessThan(0.05);
    expect(report?.warnings).toEqual([expect.stringContaining('The labels tell systems apart, not single replies')]);
  });

  it('names the rater who is too mild first, with an interval that leaves 0 out', () => {
    const [report] = agreementReport(repliesOf({ systemWeight: 0, replyWeight: 1 }), OPTIONS);
    expect(report?.raterBiases.map(({ rater }) => rater).at(-1)).toBe('cy');
    expect(low(report?.raterBiases.at(-1)?.bias)).toBeGreaterThan(0.5);
  });

  it('says that agreement is not known where every reply has one rating', () => {
    const replies = repliesOf({ systemWeight: 0, replyWeight: 1 }).map((reply) => ({
      ...reply,
      ratings: reply.ratings.slice(0, 1),
    }));
    const [report] = agreementReport(replies, OPTIONS);
    expect(report?.reliability).toBeUndefined();
    expect(report?.alphaOrdinal).toMatchObject({ tooFew: true });
    expect(report?.warnings).toEqual([expect.stringContaining('No reply has two ratings')]);
  });

  it('takes unequal numbers of ratings, without the kappa that needs equal ones', () => {
    const replies = repliesOf({ systemWeight: 0, replyWeight: 2 }).map((reply, index) => ({
      ...reply,
      ratings: reply.ratings.slice(0, 1 + (index % 3)),
    }));
    const [report] = agreementReport(replies, OPTIONS);
    expect(report?.fleissKappa).toBeUndefined();
    expect(estimate(report?.weightedKappa)).toBeGreaterThan(0.2);
  });
});
