import { describe, expect, it } from 'vitest';
import { SMALL_TRAINING, syntheticRows } from '../test/synthetic-rows.ts';
import { OURS } from './methods/our-methods.ts';
import { runBench } from './run-bench.ts';

const ROWS = syntheticRows(1_000, 3);
const DATA = {
  definitions: new Map([['toy', { src: ['left', 'right'], models: ['small', 'large'] }]]),
  read: async (source: string) => ROWS.filter((row) => row.source === source),
};

describe('runBench', () => {
  it('measures a pool from rows to report', async () => {
    const size = { folds: 2, seed: 1, training: SMALL_TRAINING };
    const { data, markdown, chart, failed } = await runBench(DATA, size, {
      sections: ['pairs', 'pools', 'calibration', 'onboarding'],
      pools: ['toy'],
      unseen: [],
      resamples: 10,
      predictions: 1,
      artefactDirs: [],
      onProgress: () => undefined,
    });
    const [part] = data.pools as { measures: { methods: { name: string; gapClosed: { value: number } }[] } }[];
    const gapOf = (name: string) => part?.measures.methods.find((method) => method.name === name)?.gapClosed.value;
    expect(gapOf('zero router')).toBeCloseTo(0);
    expect(gapOf(OURS)).toBeGreaterThan(0.02);
    expect(gapOf(OURS)).toBeLessThan(1);
    expect(markdown).toContain('### toy, cross-validated (1000 requests');
    expect(markdown).toContain('## Calibration');
    expect(markdown).not.toMatch(/NaN|undefined/);
    expect(chart).toContain('<svg');
    expect(failed).toEqual([]);
  });

  it('says what failed and keeps the rest', async () => {
    const { markdown, failed } = await runBench(
      DATA,
      { folds: 2, seed: 1 },
      {
        sections: ['pairs', 'pools'],
        pools: ['no such pool'],
        unseen: [],
        resamples: 10,
        predictions: 1,
        artefactDirs: [],
        onProgress: () => undefined,
      },
    );
    expect(failed).toEqual(['pools']);
    expect(markdown).toContain('## Pairs of RouteLLM');
    expect(markdown).toContain('Failed: the data has no pool no such pool');
  });
});
