import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { benchmarkJudges, type JudgeMeasure } from './benchmark-judges.ts';
import { formatJudgeBenchmark } from './format-judge-benchmark.ts';
import type { JudgePair, JudgeScores } from './judge-scores.ts';

const OPTIONS = { scale: [1, 5] as [number, number], resamples: 100 };

/** Two judges of the same replies: a fair one, and one that is mild, likes length and its own family. */
function scoresOf(): JudgeScores[] {
  const random = seededRandom(1);
  const noise = () => 2 * random() - 1;
  return Array.from({ length: 240 }, (_, index) => {
    const quality = 3 + 1.5 * noise();
    const length = noise();
    const isOwnFamily = index % 6 === 0;
    const reply = {
      dimension: 'relevance',
      group: `question ${Math.floor(index / 6)}`,
      system: `system ${index % 6}`,
      ratings: [quality + 0.5 * noise(), quality + 0.5 * noise()],
      features: { length },
      isOwnFamily,
    };
    const mild = quality + 0.5 + 0.6 * length + (isOwnFamily ? 0.8 : 0) + 0.5 * noise();
    return [
      { ...reply, judge: 'fair', samples: [quality + 0.5 * noise()], costUsd: 0.002, latencyMs: 100 + index },
      { ...reply, judge: 'mild', samples: [mild, mild] },
    ];
  }).flat();
}

function pairsOf(): JudgePair[] {
  return Array.from({ length: 100 }, (_, index) => ({
    judge: 'fair',
    dimension: 'relevance',
    group: `question ${index % 40}`,
    aFirst: 'a',
    bFirst: index % 4 === 0 ? 'b' : 'a',
    human: index % 4 === 0 ? 'tie' : 'a',
  }));
}

const measures = benchmarkJudges(scoresOf(), pairsOf(), OPTIONS);
const [fair, mild] = measures as [JudgeMeasure, JudgeMeasure];
const estimate = (interval: unknown) => (interval as { estimate: number }).estimate;
const low = (interval: unknown) => (interval as { low: number }).low;

describe('benchmarkJudges', () => {
  it('has a row for each judge and dimension', () => {
    expect(measures.map(({ judge, dimension, replies, groups }) => [judge, dimension, replies, groups])).toEqual([
      ['fair', 'relevance', 240, 40],
      ['mild', 'relevance', 240, 40],
    ]);
  });

  it('measures correlation against the ceiling that noisy raters set', () => {
    expect(estimate(fair.shareOfCeiling)).toBeGreaterThan(estimate(fair.spearman));
    expect(estimate(fair.shareOfCeiling)).toBeGreaterThan(estimate(mild.shareOfCeiling));
    expect(estimate(fair.withinGroup)).toBeGreaterThan(0.6);
  });

  it('finds planted mildness, love of length and of its own family, and none in the fair judge', () => {
    expect(estimate(mild.bias)).toBeCloseTo(0.63, 1);
    expect(mild.features[0]?.feature).toBe('length');
    expect(low(mild.features[0]?.partialCorrelation)).toBeGreaterThan(0.2);
    expect(low(mild.features[0]?.slope)).toBeGreaterThan(0.2);
    expect(Math.abs(estimate(fair.features[0]?.partialCorrelation))).toBeLessThan(0.15);
    expect(low(mild.ownFamily)).toBeGreaterThan(0.4);
    expect(low(fair.ownFamily)).toBeLessThan(0);
  });

  it('measures pairs in both orders, a change of mind counting as a tie', () => {
    expect(estimate(fair.pairs?.orderConsistency)).toBeCloseTo(0.75, 10);
    expect(estimate(fair.pairs?.firstPlaceBias)).toBeCloseTo(0.25, 10);
    expect(estimate(fair.pairs?.kappa)).toBeCloseTo(1, 10);
    expect(mild.pairs).toBeUndefined();
  });

  it('says too few where cost and latency are not known, never 0', () => {
    expect(estimate(fair.costUsdPer1000)).toBeCloseTo(2, 10);
    expect(estimate(fair.latencyMs.median)).toBeCloseTo(219.5, 10);
    expect(mild.costUsdPer1000).toMatchObject({ tooFew: true });
    expect(mild.latencyMs.p95).toMatchObject({ tooFew: true });
  });

  it('stretches a judge of 0 to 1 to the scale of people', () => {
    const scores = scoresOf().filter(({ judge }) => judge === 'fair');
    const unit = scores.map((one) => ({ ...one, samples: one.samples.map((sample) => (sample - 1) / 4) }));
    const [stretched] = benchmarkJudges(unit, [], { ...OPTIONS, rawScale: [0, 1] });
    expect(estimate(stretched?.bias)).toBeCloseTo(estimate(fair.bias), 10);
  });
});

describe('formatJudgeBenchmark', () => {
  const text = formatJudgeBenchmark(measures);

  it('is a Markdown table for each dimension, the best judge first, every cell with its interval', () => {
    const lines = text.split('\n');
    expect(lines[0]).toBe('### relevance');
    expect(lines[4]).toMatch(/^\| fair \| 240 \| 0\.\d\d \(0\.\d\d to \d\.\d\d\)/);
    expect(lines[5]).toMatch(/^\| mild \|.* too few \|/);
    expect(new Set(lines.slice(2).map((line) => line.split('|').length)).size).toBe(1);
  });

  it('leaves out columns that no judge has a figure for', () => {
    const bare = formatJudgeBenchmark(measures.map(({ pairs: _pairs, ...measure }) => measure));
    expect(text).toContain('same in both orders');
    expect(bare).not.toContain('same in both orders');
  });
});
