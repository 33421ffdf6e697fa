import type { Interval } from '@pointsman/statistics';
import { requireShared } from '@pointsman/testkit';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type CalibrationDemo, runDemo } from '../demo/calibration/run-demo.ts';

vi.setConfig({ testTimeout: 120_000 });

const data = requireShared('data/judge');

// The goals of the full demo with room for the few repetitions of the quick one.
describe.skipIf(!data.available)('the calibration demo on public judge data', () => {
  let found: CalibrationDemo;
  const said: string[] = [];

  beforeAll(() => {
    if (!data.available) return;
    found = runDemo({ folder: data.value, isQuick: true, say: (text) => said.push(text) });
  });

  const estimate = (interval: Interval) => ('tooFew' in interval ? Number.NaN : interval.estimate);
  const all = (way: string) => {
    const figures = found.comparisons.all.find((one) => one.way === way);
    if (figures === undefined) throw new Error(`no figures for ${way}`);
    return figures;
  };

  it('prints every section', () => {
    expect(said.filter((text) => text.startsWith('\n## '))).toHaveLength(8);
  });

  it('reproduces published agreement, and refuses labels that carry no signal', () => {
    const coherence = found.agreement.summeval.find(({ dimension }) => dimension === 'coherence');
    expect(coherence && estimate(coherence.alphaInterval)).toBeCloseTo(0.5769, 3);
    expect(coherence?.reliability && estimate(coherence.reliability.icc)).toBeCloseTo(0.5771, 3);
    expect(found.agreement.hannaCoherence).toMatchObject({ status: 'refused', why: 'raters-do-not-agree' });
    const hanna = found.agreement.hanna.find(({ dimension }) => dimension === 'coherence');
    expect(hanna?.warnings.join()).toContain('tell systems apart, not single replies');
  });

  it('calibrates without bias on documents not fitted on, and nearer to people than the raw judge', () => {
    expect(found.calibration.map(({ dimension }) => dimension)).toHaveLength(4);
    for (const { raw, calibrated } of found.calibration) {
      expect(Math.abs(estimate(calibrated.bias))).toBeLessThanOrEqual(0.05);
      expect(estimate(calibrated.rmse)).toBeLessThan(estimate(raw.rmse));
    }
  });

  it('covers the true human difference with PPI++ and 50 labels, where the judge alone does not', () => {
    for (const way of ['PPI++, raw judge', 'PPI++, calibrated judge']) {
      expect(estimate(all(way).coverage)).toBeGreaterThan(0.91);
      expect(estimate(all(way).coverage)).toBeLessThan(0.98);
      expect(estimate(all(way).wrongSign)).toBeLessThanOrEqual(0.01);
      expect(Math.abs(estimate(all(way).bias))).toBeLessThanOrEqual(0.05);
      expect(estimate(all(way).width)).toBeLessThan(estimate(all('people').width));
    }
    for (const way of ['judge, raw', 'judge, calibrated']) {
      expect(estimate(all(way).coverage)).toBeLessThan(0.35);
      expect(estimate(all(way).wrongSign)).toBeGreaterThan(0.02);
    }
  });

  it('stops early without false alarms, which peeking does not', () => {
    const [naive, mixture] = found.sequential.rules;
    expect(naive && estimate(naive.falseAlarms)).toBeGreaterThan(0.15);
    expect(mixture && estimate(mixture.falseAlarms)).toBeLessThanOrEqual(0.05);
    expect(mixture?.medianStop).toBeLessThan(60);
  });

  it('sees by three tests the change of judge that a look at the mean misses', () => {
    const hidden = found.swaps.find(
      ({ dimension, from, to }) =>
        dimension === 'coherence' && from.endsWith('/stareval') && to === 'llama-2-13b-chat-hf/rts',
    );
    expect(hidden?.meanShift).toBeCloseTo(-0.03, 2);
    expect(hidden?.spearmanAfter).toBeLessThan((hidden?.spearmanBefore ?? 0) * 0.55);
    expect(hidden).toMatchObject({ alone: { 'mean-shift': 0, 'item-surprise': 1 }, together: 1 });
    expect(estimate(found.nights.foundWatched)).toBe(1);
  });
});
