import type { Annotation, Metric } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { allVerdicts, sampleCases, sampleItem, scored, simulateContestant, unscored } from '../../test/results.ts';
import { type Comparison, type ComparisonInput, compareResults, sequentialState } from './compare-results.ts';

const cases = sampleCases(300);
const settings = { calibrations: {}, minEffect: 0.02, alpha: 0.05, seed: 'test' } as const;
const compare = (input: Pick<ComparisonInput, 'candidate' | 'baseline'> & Partial<ComparisonInput>): Comparison =>
  compareResults({ cases, ...settings, ...input });
const metricOf = ({ metrics }: Comparison, wanted: Metric) => {
  const found = metrics.find(({ metric }) => metric === wanted);
  if (found === undefined) throw new Error(`no ${wanted}`);
  return found;
};

describe('a comparison with a baseline', () => {
  const baseline = simulateContestant(cases, { seed: 'baseline', mean: 0.7 });

  it('finds a dimension that got worse, and says by how much', () => {
    const shift = (_: unknown, dimension: string) => (dimension === 'completeness' ? -0.08 : 0);
    const comparison = compare({ candidate: simulateContestant(cases, { seed: 'worse', mean: 0.7, shift }), baseline });
    expect(comparison.verdict).toBe('regression');
    expect(metricOf(comparison, 'completeness')).toMatchObject({ verdict: 'regression', direction: 'worse' });
    const { difference } = metricOf(comparison, 'completeness');
    expect(difference).toMatchObject({ n: 300 });
    if (difference === undefined || 'tooFew' in difference) throw new Error('too few');
    expect(difference.low).toBeLessThan(-0.075);
    expect(difference.high).toBeGreaterThan(-0.085);
    expect(difference.high).toBeLessThan(0);
  });

  it('passes a candidate that is as good, once there are cases enough to show it', () => {
    const many = sampleCases(2000);
    const [ours, theirs] = ['a', 'b'].map((seed) => simulateContestant(many, { seed, mean: 0.7 }));
    const comparison = compare({ cases: many, candidate: ours ?? [], baseline: theirs });
    expect(comparison.verdict).toBe('pass');
    expect(metricOf(comparison, 'overall').direction).toBe('equivalent');
  });

  it('has not enough evidence from a few cases', () => {
    const few = cases.slice(0, 12);
    const comparison = compare({
      cases: few,
      candidate: simulateContestant(few, { seed: 'few', mean: 0.7 }),
      baseline: baseline.slice(0, 12),
    });
    expect(comparison.verdict).toBe('inconclusive');
  });

  it('says too few samples below ten cases, and gives no number', () => {
    const comparison = compare({ candidate: baseline.slice(0, 9), baseline: baseline.slice(0, 9) });
    expect(metricOf(comparison, 'overall').difference).toEqual({ tooFew: true, n: 9 });
    expect(comparison.verdict).toBe('inconclusive');
  });

  it('calls no more than one A/A run in twenty a regression', () => {
    const sixty = cases.slice(0, 60);
    const runs = Array.from({ length: 300 }, (_, run) => {
      const [ours, theirs] = ['a', 'b'].map((side) => simulateContestant(sixty, { seed: `${side}${run}`, mean: 0.7 }));
      return compare({ cases: [], candidate: ours ?? [], baseline: theirs }).verdict;
    });
    const share = runs.filter((verdict) => verdict === 'regression').length / runs.length;
    // 0.05 and three standard errors.
    expect(share).toBeLessThan(0.088);
  });

  it('compares only cases whose content is the same', () => {
    const changed = baseline.map((item, index) => (index < 50 ? { ...item, caseHash: 'another' } : item));
    const comparison = compare({ candidate: changed, baseline });
    expect(metricOf(comparison, 'overall').difference).toMatchObject({ n: 250 });
    expect(comparison.unknowns).toContain("50 of the benchmark's 300 cases were not compared.");
  });

  it('shows slices, corrected for their number', () => {
    const shift = ({ domain }: { domain: string }) => (domain === 'legal' ? -0.3 : 0);
    const comparison = compare({ candidate: simulateContestant(cases, { seed: 'legal', mean: 0.7, shift }), baseline });
    const worse = comparison.slices.filter(({ metrics }) => metrics.some(({ direction }) => direction === 'worse'));
    expect(worse.map(({ by, value }) => `${by} ${value}`)).toContain('domain legal');
    // Of two hundred looks one in twenty finds may be none.
    expect(worse.filter(({ by, value }) => by === 'domain' && value !== 'legal').length).toBeLessThan(2);
    expect(new Set(comparison.slices.map(({ by }) => by))).toEqual(
      new Set(['domain', 'task', 'language', 'difficulty']),
    );
  });

  it('puts the cases that lost most first, with both replies', () => {
    const broken = baseline.map((item, index) =>
      index === 7
        ? sampleItem(
            cases[7] ?? neverCase(),
            allVerdicts(() => scored(0)),
          )
        : item,
    );
    const [first] = compare({ candidate: broken, baseline }).examples;
    expect(first).toMatchObject({ caseId: 'case-7', reference: 'Answer 7', prompt: 'user: Question 7' });
    expect(first?.baseline?.text).toBe('Reply to case-7');
  });
});

describe('what is missing', () => {
  const baseline = simulateContestant(cases, { seed: 'baseline', mean: 0.7 });

  it('is never a zero: an unscored reply leaves the mean as it is', () => {
    const holes = baseline.map((item, index) =>
      index < 30 ? { ...item, verdicts: allVerdicts(() => unscored()) } : item,
    );
    const overall = metricOf(compare({ candidate: holes, baseline }), 'overall');
    expect(overall.candidate).toMatchObject({ scored: 270, missing: 30 });
    expect(overall.difference).toMatchObject({ estimate: 0 });
  });

  it('widens the bounds, and with them what may be claimed', () => {
    const many = sampleCases(2000);
    const same = simulateContestant(many, { seed: 'same', mean: 0.7 });
    const holes = same.map((item, index) =>
      index < 200 ? { ...item, verdicts: allVerdicts(() => unscored()) } : item,
    );
    const overall = metricOf(compare({ cases: many, candidate: holes, baseline: same }), 'overall');
    expect(overall.bounds?.low).toBeLessThan(-0.05);
    expect(overall.bounds?.high).toBeGreaterThan(0.02);
    expect(overall.verdict).toBe('inconclusive');
  });

  it('does not count a dimension that the case leaves out', () => {
    const without = baseline.map((item) => ({ ...item, verdicts: { ...item.verdicts, tone: unscored('not-asked') } }));
    const comparison = compare({ candidate: without, baseline });
    expect(comparison.metrics.map(({ metric }) => metric)).not.toContain('tone');
    expect(metricOf(comparison, 'overall').candidate.missing).toBe(0);
  });
});

describe('what stands behind a number', () => {
  const baseline = simulateContestant(cases, { seed: 'baseline', mean: 0.7 });

  it('is said: a judge that nobody calibrated', () => {
    const comparison = compare({ candidate: baseline, baseline });
    expect(metricOf(comparison, 'tone').basis).toBe('uncalibrated-judge');
    expect(comparison.unknowns.join(' ')).toContain('not calibrated for overall, factual_accuracy');
  });

  it('is the checks where a case has them', () => {
    const checked = (value: number) =>
      cases.map((one) =>
        sampleItem(
          one,
          allVerdicts(() => scored(value, 'checks')),
        ),
      );
    expect(metricOf(compare({ candidate: checked(1), baseline: checked(1) }), 'overall').basis).toBe('checks');
  });

  it('is people’s ratings where there are twenty, which undo a judge that favours one side', () => {
    // The judge gives the candidate 0.1 too much on every reply; people rate both alike.
    const flattered = baseline.map((item) => ({
      ...item,
      verdicts: allVerdicts((dimension) => {
        const verdict = item.verdicts[dimension];
        return verdict.status === 'scored' ? scored(Math.min(1, verdict.score + 0.1)) : verdict;
      }),
    }));
    const rated = (count: number): Annotation[] =>
      baseline.slice(0, count).flatMap((item) =>
        Object.entries(item.verdicts).flatMap(([dimension, verdict]) =>
          verdict.status === 'unscored'
            ? []
            : [
                {
                  caseId: item.caseId,
                  model: 'any',
                  dimension: dimension as Annotation['dimension'],
                  ratings: [{ rater: 'r1', rating: 1 + 4 * verdict.score }],
                  scale: [1, 5],
                },
              ],
        ),
      );
    const people = { candidate: rated(60), baseline: rated(60) };
    const judged = metricOf(compare({ candidate: flattered, baseline }), 'overall');
    const corrected = metricOf(compare({ candidate: flattered, baseline, people }), 'overall');
    expect(judged.direction).toBe('better');
    expect(corrected).toMatchObject({ basis: 'ppi', annotated: 60 });
    if (corrected.difference === undefined || 'tooFew' in corrected.difference) throw new Error('too few');
    expect(Math.abs(corrected.difference.estimate)).toBeLessThan(0.01);
  });
});

describe('an interval', () => {
  it('does not shrink to nothing because a few cases came out the same', () => {
    const twelve = cases.slice(0, 12).map((one) =>
      sampleItem(
        one,
        allVerdicts(() => scored(0, 'checks')),
      ),
    );
    const { difference } = metricOf(compare({ candidate: twelve, baseline: twelve }), 'overall');
    if (difference === undefined || 'tooFew' in difference) throw new Error('too few');
    expect(difference.high - difference.low).toBeGreaterThan(0.3);
  });

  it('does not burst because two of the cases have checks', () => {
    const mixed = (seed: string) =>
      simulateContestant(cases, { seed, mean: 0.7 }).map((item, index) =>
        index < 2
          ? sampleItem(
              cases[index] ?? neverCase(),
              allVerdicts(() => scored(index, 'checks')),
            )
          : item,
      );
    const { difference } = metricOf(compare({ candidate: mixed('a'), baseline: mixed('b') }), 'tone');
    if (difference === undefined || 'tooFew' in difference) throw new Error('too few');
    expect(difference.high - difference.low).toBeLessThan(0.1);
  });
});

describe('a run that may end early', () => {
  const baseline = simulateContestant(cases, { seed: 'baseline', mean: 0.7 });

  it('is decided by a clear regression after some dozens of cases', () => {
    const candidate = simulateContestant(cases, { seed: 'bad', mean: 0.5 });
    const state = (count: number) =>
      sequentialState({ cases: [], ...settings, candidate: candidate.slice(0, count), baseline });
    expect(state(10).verdict).toBe('inconclusive');
    expect(state(120).verdict).toBe('regression');
  });

  it('is hardly ever decided against an equal, however often one looks', () => {
    let wrong = 0;
    for (let run = 0; run < 60; run++) {
      const [ours, theirs] = ['a', 'b'].map((side) => simulateContestant(cases, { seed: `${side}${run}`, mean: 0.7 }));
      for (let count = 20; count <= 200; count += 20) {
        const state = sequentialState({
          cases: [],
          ...settings,
          candidate: (ours ?? []).slice(0, count),
          baseline: theirs,
        });
        if (state.verdict === 'regression') {
          wrong += 1;
          break;
        }
      }
    }
    expect(wrong).toBeLessThanOrEqual(5);
  });
});

function neverCase(): never {
  throw new Error('the sample has more cases than that');
}
