import type { Contestant } from '@pointsman/contracts';
import type { StoredRun } from '@pointsman/db';
import { describe, expect, it } from 'vitest';
import { sidesOfRun } from './sides-of-run.ts';

const run = (id: string, models: string[], baselineRunId?: string): Pick<StoredRun, 'id' | 'spec'> => ({
  id,
  spec: {
    contestants: models.map((model): Contestant => ({ model })),
    comparison: { minEffect: 0.02, alpha: 0.05, ...(baselineRunId && { baselineRunId }) },
  } as StoredRun['spec'],
});
const brief = (sides: ReturnType<typeof sidesOfRun>) =>
  sides.map(({ contestant, candidate, baseline }) => [
    contestant,
    candidate.model,
    baseline?.runId,
    baseline?.contestant,
  ]);

describe('who is compared with whom', () => {
  it('is nobody for a single contestant without a baseline', () => {
    expect(brief(sidesOfRun(run('r', ['a']), undefined))).toEqual([[0, 'a', undefined, undefined]]);
  });

  it('is the first contestant for all others of a run without a baseline run', () => {
    expect(brief(sidesOfRun(run('r', ['a', 'b', 'c']), undefined))).toEqual([
      [1, 'b', 'r', 0],
      [2, 'c', 'r', 0],
    ]);
  });

  it('is the same model of the baseline run, else its first', () => {
    expect(brief(sidesOfRun(run('r', ['b', 'x'], 'base'), run('base', ['a', 'b'])))).toEqual([
      [0, 'b', 'base', 1],
      [1, 'x', 'base', 0],
    ]);
  });

  it('is nobody where the baseline run is gone or not to be seen', () => {
    expect(brief(sidesOfRun(run('r', ['b', 'x'], 'base'), undefined))).toEqual([
      [0, 'b', undefined, undefined],
      [1, 'x', undefined, undefined],
    ]);
  });
});
