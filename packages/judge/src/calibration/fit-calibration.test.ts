import { mean, seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { applyCalibration } from './apply-calibration.ts';
import type { CalibrationRow } from './calibration-row.ts';
import { type Calibration, type CalibrationIdentity, calibrationSchema } from './calibration-schema.ts';
import { type Fit, fitCalibration } from './fit-calibration.ts';
import type { RefusalWhy } from './screen-labels.ts';

const IDENTITY: CalibrationIdentity = {
  judge: 'judge-hash',
  dimension: 'relevance',
  rawScale: [1, 5],
  scale: [1, 5],
  inputs: {},
};
const OPTIONS = { identity: IDENTITY, fittedAt: '2026-11-20T00:00:00Z', repeats: 1, resamples: 40 };

type World = {
  groups?: number;
  /** The judge's score of a reply of true quality 0 to 1; `noise` is uniform in [-1, 1]. */
  judge(quality: number, noise: number): number;
  inputs?(quality: number, noise: number): Record<string, number | undefined>;
  raterNoise?: number;
};

/** Four replies to each of many questions, of random quality, rated by three people in whole points. */
function rowsOf({ groups = 60, judge, inputs, raterNoise = 1 }: World): CalibrationRow[] {
  const random = seededRandom('labels');
  const noise = () => 2 * random() - 1;
  const point = (value: number) => Math.min(5, Math.max(1, Math.round(value)));
  return Array.from({ length: 4 * groups }, (_, index) => {
    const quality = random();
    return {
      group: `question ${index % groups}`,
      score: point(judge(quality, noise())),
      ratings: [0, 1, 2].map(() => point(1 + 4 * quality + raterNoise * noise())),
      ...(inputs && { inputs: inputs(quality, noise()) }),
    };
  });
}

function calibrationOf(fit: Fit): Calibration {
  if (fit.status !== 'fitted') throw new Error(fit.detail);
  return fit.calibration;
}

describe('fitCalibration', () => {
  it('brings a judge that is a point too mild onto the scale of people it was not fitted on', () => {
    const rows = rowsOf({ judge: (quality, noise) => 2.3 + 3.5 * quality + 0.8 * noise });
    const isFitted = ({ group }: CalibrationRow) => Number(group.slice(9)) % 2 === 0;
    const calibration = calibrationOf(fitCalibration(rows.filter(isFitted), OPTIONS));
    const heldOut = rows.filter((row) => !isFitted(row));
    const errors = heldOut.map((row) => {
      const score = applyCalibration(calibration, IDENTITY, row);
      return score.status === 'calibrated' ? score.value - mean(row.ratings) : Number.NaN;
    });
    expect(mean(heldOut.map((row) => row.score - mean(row.ratings)))).toBeGreaterThan(0.5);
    expect(Math.abs(mean(errors))).toBeLessThan(0.15);
    expect(['ordinal', 'isotonic']).toContain(calibration.model.method);
    expect(calibration.tried.map(({ method }) => method)).toEqual(['identity', 'constant', 'ordinal', 'isotonic']);
  });

  it('keeps the raw judge, and says so, where no map of it does better', () => {
    const rows = rowsOf({ judge: (quality) => 1 + 4 * quality }).map((row) => ({
      ...row,
      ratings: [row.score, row.score],
    }));
    const calibration = calibrationOf(fitCalibration(rows, OPTIONS));
    expect(calibration.model.method).toBe('identity');
    expect(calibration.reason).toMatch(/^The raw judge is as good as any calibration/);
  });

  it('takes the plain mean, and says so, where the judge knows nothing', () => {
    const rows = rowsOf({ judge: (_quality, noise) => 3 + 2 * noise });
    const calibration = calibrationOf(fitCalibration(rows, OPTIONS));
    expect(calibration.model.method).toBe('constant');
    expect(calibration.reason).toContain('as good as listening to this judge');
  });

  it('stacks inputs where they know what the judge does not', () => {
    const rows = rowsOf({
      judge: (quality, noise) => 1 + 4 * quality + 2.5 * noise,
      inputs: (quality, noise) => ({ other: quality + 0.3 * noise, partly: noise > 0.5 ? undefined : quality }),
    });
    const identity = { ...IDENTITY, inputs: { other: 'other-hash', partly: 'partly-hash', unused: 'x' } };
    const calibration = calibrationOf(fitCalibration(rows, { ...OPTIONS, identity }));
    expect(calibration.model.method).toMatch(/^stacked/);
    expect(calibration.identity.inputs).toEqual({ other: 'other-hash', partly: 'partly-hash' });
    const partlyMissing = applyCalibration(calibration, identity, { score: 3, inputs: { other: 0.5 } });
    expect(partlyMissing).toMatchObject({ status: 'calibrated' });
    expect(applyCalibration(calibration, identity, { score: 3, inputs: { partly: 0.5 } })).toMatchObject({
      status: 'not-calibrated',
      why: expect.stringContaining("'other' is missing"),
    });
  });

  it('refuses an input that nothing binds it to', () => {
    const rows = rowsOf({ judge: (quality) => 5 * quality, inputs: (quality) => ({ stray: quality }) });
    expect(() => fitCalibration(rows, OPTIONS)).toThrow(/'stray'/);
  });

  it('reports the bad tail beside ranks where most labels stand at the top', () => {
    const rows = rowsOf({ judge: (quality, noise) => 4 + 2 * quality + noise, raterNoise: 0.5 }).map((row) => ({
      ...row,
      ratings: row.ratings.map((rating) => Math.min(5, rating + 2)),
    }));
    const calibration = calibrationOf(fitCalibration(rows, OPTIONS));
    expect(calibration.error.badTailAuc).toMatchObject({ estimate: expect.any(Number) });
    expect(calibration.warnings.join()).toContain('have the best rating there is');
  });

  it('is plain data that reads back as it was written, and the same for the same seed', () => {
    const rows = rowsOf({ judge: (quality, noise) => 2 + 3 * quality + noise });
    const calibration = calibrationOf(fitCalibration(rows, OPTIONS));
    expect(calibrationSchema.parse(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
    expect(calibrationOf(fitCalibration(rows, OPTIONS))).toEqual(calibration);
  });

  it.each<{ why: RefusalWhy; detail: RegExp; rows: CalibrationRow[] }>([
    { why: 'too-few-labels', detail: /24 labels.*16 more/, rows: rowsOf({ groups: 6, judge: (q) => 5 * q }) },
    {
      why: 'too-few-groups',
      detail: /12 groups.*3 more/,
      rows: rowsOf({ groups: 12, judge: (q) => 5 * q }),
    },
    {
      why: 'labels-do-not-vary',
      detail: /every reply's mean rating is 5/,
      rows: rowsOf({ judge: (q) => 5 * q }).map((row) => ({ ...row, ratings: [5, 5] })),
    },
    {
      why: 'labels-do-not-vary',
      detail: /every reply's mean rating is 3/,
      rows: rowsOf({ judge: (q) => 5 * q }).map((row, index) => ({ ...row, ratings: index % 2 ? [1, 5] : [2, 4] })),
    },
    {
      why: 'raters-do-not-agree',
      detail: /ICC -0\.\d+/,
      rows: rowsOf({ judge: (q) => 5 * q }).map((row, index) => ({
        ...row,
        ratings: index % 3 ? [1, 5, 3] : [5, 2, 3],
      })),
    },
    {
      why: 'outside-scale',
      detail: /rating 7 in group question 0/,
      rows: rowsOf({ judge: (q) => 5 * q }).map((row) => ({ ...row, ratings: [7] })),
    },
    {
      why: 'outside-scale',
      detail: /score NaN/,
      rows: rowsOf({ judge: (q) => 5 * q }).map((row) => ({ ...row, score: Number.NaN })),
    },
  ])('refuses labels with $why, and says what is wrong', ({ why, detail, rows }) => {
    const fit = fitCalibration(rows, OPTIONS);
    expect(fit).toMatchObject({ status: 'refused', why, detail: expect.stringMatching(detail) });
  });
});

describe('applyCalibration', () => {
  const rows = rowsOf({ judge: (quality, noise) => 2 + 2 * quality + 0.5 * noise });
  const calibration = calibrationOf(fitCalibration(rows, OPTIONS));

  it.each([
    ['judge', { judge: 'another-hash' }],
    ['dimension', { dimension: 'tone' }],
    ["judge's scale", { rawScale: [0, 1] as [number, number] }],
    ["people's scale", { scale: [1, 7] as [number, number] }],
  ])('gives no number for another %s', (what, change) => {
    const score = applyCalibration(calibration, { ...IDENTITY, ...change }, { score: 3 });
    expect(score).toMatchObject({ status: 'not-calibrated', why: expect.stringContaining(what) });
  });

  it('gives no number when the calibration was renamed by hand', () => {
    const renamed = { ...calibration, identity: { ...IDENTITY, judge: 'another-hash' } };
    expect(applyCalibration(renamed, renamed.identity, { score: 3 })).toMatchObject({ status: 'not-calibrated' });
  });

  it('flags a score beyond what it was fitted on', () => {
    const flags = [1, 3, 5].map((score) => applyCalibration(calibration, IDENTITY, { score }));
    expect(calibration.range.score).toEqual([2, 4]);
    expect(flags.map((flag) => flag.status === 'calibrated' && flag.outsideRange)).toEqual([true, false, true]);
  });

  it('never leaves the scale of people and never falls as the score rises', () => {
    const values = [-100, 1, 2, 2.5, 3, 4, 5, 100].map((score) => {
      const found = applyCalibration(calibration, IDENTITY, { score });
      return found.status === 'calibrated' ? found.value : Number.NaN;
    });
    expect(values.every((value) => value >= 1 && value <= 5)).toBe(true);
    expect(values.toSorted((a, b) => a - b)).toEqual(values);
  });
});
