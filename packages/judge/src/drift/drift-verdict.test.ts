import { type Random, seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import type { AnchorScores } from './anchor-scores.ts';
import { dealPValues } from './deal-p-values.ts';
import { type DriftVerdict, driftVerdict } from './drift-verdict.ts';

type Change = (quality: number, index: number) => number;

/** Anchors of every quality, scored five times before and five times now by a judge that errs by up to a point. */
function anchorsOf(random: Random, change: Change = (quality) => quality, samples = 5): AnchorScores[] {
  const score = (quality: number) => Math.min(5, Math.max(1, Math.round(quality + 2 * random() - 1)));
  return Array.from({ length: 60 }, (_, index) => {
    const quality = 1 + (4 * index) / 59;
    return {
      group: `question ${index % 30}`,
      human: quality + random() - 0.5,
      pinned: Array.from({ length: samples }, () => score(quality)),
      tonight: Array.from({ length: samples }, () => score(change(quality, index))),
    };
  });
}

function tested(verdict: DriftVerdict) {
  if (verdict.verdict === 'too-few-anchors') throw new Error('too few anchors');
  const alarms = verdict.tests.filter(({ alarm }) => alarm).map(({ test }) => test);
  return { ...verdict, alarms };
}

const FAST = { deals: 199, resamples: 20 };

describe('driftVerdict', () => {
  it('alarms in at most its share of nights in which nothing changed', () => {
    const random = seededRandom('steady');
    const nights = Array.from({ length: 300 }, (_, seed) =>
      tested(driftVerdict(anchorsOf(random), { ...FAST, deals: 99, seed })),
    );
    expect(nights.filter(({ verdict }) => verdict === 'drift').length / 300).toBeLessThan(0.08);
    expect(nights.filter(({ overallP }) => overallP <= 0.2).length / 300).toBeLessThan(0.27);
    expect(nights.filter(({ overallP }) => overallP <= 0.2).length / 300).toBeGreaterThan(0.1);
  });

  it('sees a judge that has become milder by its mean', () => {
    const verdict = tested(
      driftVerdict(
        anchorsOf(seededRandom(1), (quality) => quality + 0.5),
        FAST,
      ),
    );
    expect(verdict.alarms).toContain('mean-shift');
    expect(verdict.tests.find(({ test }) => test === 'mean-shift')?.effect).toMatchObject({ low: expect.any(Number) });
  });

  it('sees a swap that leaves the mean where it was, which the mean alone does not', () => {
    const reversed: Change = (quality, index) => (index % 3 === 0 ? 6 - quality : quality);
    const verdict = tested(driftVerdict(anchorsOf(seededRandom(2), reversed), FAST));
    expect(verdict.alarms).toEqual(expect.arrayContaining(['item-surprise', 'agreement']));
    expect(verdict.alarms).not.toContain('mean-shift');
    const agreement = verdict.tests.find(({ test }) => test === 'agreement');
    expect(agreement?.observed).toBeLessThan(agreement?.unchanged.low ?? 0);
  });

  it('says which tests single samples do not allow, and takes a known noise instead', () => {
    const anchors = anchorsOf(seededRandom(3), undefined, 1);
    expect(tested(driftVerdict(anchors, FAST)).untested).toEqual([
      { test: 'item-surprise', why: expect.stringContaining('pin with several samples') },
    ]);
    const calm = tested(driftVerdict(anchors, { ...FAST, sampleSd: 0.65 }));
    expect(calm).toMatchObject({ verdict: 'steady', untested: [] });
    const swapped = anchorsOf(seededRandom(3), (_quality, index) => 1 + ((index * 7) % 5), 1);
    expect(tested(driftVerdict(swapped, { ...FAST, sampleSd: 0.65 })).alarms).toContain('item-surprise');
  });

  it('leaves agreement untested where people rated too few anchors', () => {
    const anchors = anchorsOf(seededRandom(4)).map(({ human, ...anchor }, index) =>
      index < 5 ? { ...anchor, human } : anchor,
    );
    expect(tested(driftVerdict(anchors, FAST)).untested).toEqual([
      { test: 'agreement', why: expect.stringContaining('5 anchors were rated') },
    ]);
  });

  it('does not judge on a handful of anchors, those without scores left out', () => {
    const anchors = anchorsOf(seededRandom(5)).map((anchor, index) =>
      index < 45 ? { ...anchor, tonight: [] } : anchor,
    );
    expect(driftVerdict(anchors, FAST)).toEqual({ verdict: 'too-few-anchors', anchors: 15, needed: 20 });
  });

  it('has nothing to say against a judge that never wavers', () => {
    const anchors = anchorsOf(seededRandom(6)).map((anchor) => ({ ...anchor, pinned: [3, 3], tonight: [3, 3] }));
    expect(driftVerdict(anchors, FAST)).toMatchObject({ verdict: 'steady', overallP: 1 });
  });
});

describe('dealPValues', () => {
  it('ranks the first deal by distance from the mean, or by size', () => {
    const deals = [[-9], [1], [2], [3], [4], [5], [6], [7], [8], [9]];
    expect(dealPValues(deals, ['both'])).toEqual({ p: [0.1], overall: 0.1 });
    expect(dealPValues(deals, ['upper'])).toEqual({ p: [1], overall: 1 });
  });

  it('allows for having looked at several figures', () => {
    const random = seededRandom('figures');
    const trials = Array.from({ length: 400 }, () => {
      const deals = Array.from({ length: 40 }, () => [random(), random(), random()]);
      return dealPValues(deals, ['upper', 'upper', 'upper']).overall;
    });
    expect(trials.filter((p) => p <= 0.1).length / 400).toBeLessThan(0.14);
  });
});
