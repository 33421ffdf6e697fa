import { describe, expect, it } from 'vitest';
import { lookUp, scoreTable } from './kind-table.ts';
import type { ModelStanding, ScoreHead } from './model-standing.ts';

const head: ScoreHead = {
  dimension: 'factual_accuracy',
  ease: [0, 0, 0],
  typicalSkills: [0],
  calibration: {
    slope: 1,
    intercept: 0,
    hiddenShare: [0, 0, 0],
    unfamiliarVariance: 0,
    varianceScale: [1, 1, 1],
  },
};

const model = (abilityVariance: number): ModelStanding => ({
  name: 'm',
  rows: 1_010,
  ability: 0,
  abilityVariance,
  scores: {
    factual_accuracy: {
      kinds: [
        [1, 10, 10],
        [2, 1_000, 900],
      ],
      skills: [0],
      skillPrecision: [1],
    },
  },
});

describe('scoreTable', () => {
  it('draws kinds seen seldom to what was expected and leaves them uncertain', () => {
    const table = scoreTable([model(0)], head);
    expect([...table.mean.data].map((mean) => Number(mean.toFixed(3)))).toEqual([0.5, 0.75, 0.896]);
    const [unseen = 0, rare = 0, common = 0] = table.variance.data;
    expect(unseen).toBeGreaterThan(rare);
    expect(rare).toBeGreaterThan(common);
  });

  it('is less sure of kinds nobody tried when the ability itself is uncertain', () => {
    const [sure, unsure] = [0, 1].map((variance) => scoreTable([model(variance)], head).variance.data);
    expect(unsure?.[0]).toBeGreaterThan(2 * (sure?.[0] ?? 1));
    expect(unsure?.[2]).toBeCloseTo(sure?.[2] ?? 0, 4);
  });
});

describe('lookUp', () => {
  it('adds not knowing the kind to not knowing its mean', () => {
    const table = scoreTable([model(0)], head);
    const known = lookUp(table, [0, 0, 1]);
    const torn = lookUp(table, [0.5, 0, 0.5]);
    expect(torn.mean[0]).toBeCloseTo((0.5 + 0.896) / 2, 3);
    expect(torn.variance[0]).toBeGreaterThan((known.variance[0] ?? 0) + 0.03);
  });
});
