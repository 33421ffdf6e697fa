import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import type { Calibration, CalibrationIdentity } from '../calibration/calibration-schema.ts';
import { fitCalibration } from '../calibration/fit-calibration.ts';
import { type SwapAnchor, type SwapReport, swapReport } from './swap-report.ts';

const OLD: CalibrationIdentity = { judge: 'old', dimension: 'tone', rawScale: [1, 5], scale: [1, 5], inputs: {} };
const NEXT: CalibrationIdentity = { ...OLD, judge: 'next' };
const FIT = { fittedAt: '2026-11-20T00:00:00Z', repeats: 1, resamples: 20, deals: 199 };

const random = seededRandom('swap');
const noise = () => 2 * random() - 1;
const clipped = (value: number) => Math.min(5, Math.max(1, value));

/** A reply of one of six systems, scored by a judge a point too mild and by one as much too strict. */
function anchor(index: number): SwapAnchor {
  const quality = 2 + 2 * random();
  return {
    group: `question ${index % 40}`,
    system: `system ${index % 6}`,
    old: { score: clipped(quality + 1 + 0.5 * noise()) },
    next: { score: clipped(quality - 1 + 0.5 * noise()) },
    ratings: [clipped(quality + 0.4 * noise()), clipped(quality + 0.4 * noise())],
  };
}

const anchors = Array.from({ length: 240 }, (_, index) => anchor(index));
const past = Array.from({ length: 60 }, (_, index) => anchor(index)).map(({ group, old }) => ({ group, ...old }));

function oldCalibration(): Calibration {
  const rows = anchors.map(({ old, ...rest }) => ({ ...old, group: rest.group, ratings: rest.ratings }));
  const fit = fitCalibration(rows, { ...FIT, identity: OLD });
  if (fit.status === 'refused') throw new Error(fit.detail);
  return fit.calibration;
}

const report = (used: readonly SwapAnchor[], history = [{ name: 'run 1', identity: OLD, replies: past }]): SwapReport =>
  swapReport({ ...FIT, anchors: used, old: oldCalibration(), next: NEXT, history });

describe('swapReport', () => {
  it('says that the scores moved, calibrates the new judge, and leaves means on the scale of people in place', () => {
    const { change, refit, history } = report(anchors);
    expect(change.verdict).toBe('drift');
    expect(refit).toMatchObject({ status: 'fitted', calibration: { identity: NEXT } });
    const [run] = history;
    if (run === undefined || 'cannot' in run || 'tooFew' in run.was || 'tooFew' in run.restated)
      throw new Error('not restated');
    expect(Math.abs(run.restated.estimate - run.was.estimate)).toBeLessThan(0.15);
    expect(run.restated.high - run.restated.low).toBeGreaterThan(0);
  });

  it.each([
    ['another judge scored it', { name: 'run', identity: NEXT, replies: past }, /fitted for old, asked for next/],
    [
      'its scores lie beyond the calibrated range',
      { name: 'run', identity: OLD, replies: past.map((reply) => ({ ...reply, score: 1 })) },
      /100 % of its scores lie beyond/,
    ],
    [
      'it answers one question only',
      { name: 'run', identity: OLD, replies: past.slice(0, 1) },
      /fewer than two groups/,
    ],
  ])('does not restate a run where %s', (_case, run, why) => {
    expect(report(anchors, [run]).history).toEqual([{ name: 'run', cannot: expect.stringMatching(why) }]);
  });

  it('does not restate from anchors of two systems, for judges differ by system', () => {
    const two = anchors.filter(({ system }) => system === 'system 0' || system === 'system 1');
    expect(report(two).history).toEqual([{ name: 'run 1', cannot: expect.stringContaining('fewer than 3 systems') }]);
  });

  it('restates nothing where the new judge cannot be calibrated', () => {
    const { refit, bridge, history } = report(anchors.slice(0, 30));
    expect(refit).toMatchObject({ status: 'refused', why: 'too-few-labels' });
    expect(bridge).toBeUndefined();
    expect(history).toEqual([{ name: 'run 1', cannot: expect.stringContaining('could not be calibrated') }]);
  });
});
