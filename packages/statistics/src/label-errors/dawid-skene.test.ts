import { describe, expect, it } from 'vitest';
import { seededRandom } from '../index.ts';
import { dawidSkene } from './dawid-skene.ts';

// Dawid and Skene (1979), table 1: 45 patients, five anaesthetists, of whom the first judged each patient three times.
const TABLE = `
  111-1-1-1-1 333-4-3-3-4 112-2-1-2-2 222-3-1-2-1 222-3-2-2-2 222-3-3-2-2 122-2-1-1-1 333-3-4-3-3 222-2-2-2-3
  232-2-2-2-3 444-4-4-4-4 222-3-3-4-3 111-1-1-1-1 222-3-2-1-2 121-1-1-1-1 111-2-1-1-1 111-1-1-1-1 111-1-1-1-1
  222-2-2-2-1 222-1-3-2-2 222-2-2-2-2 222-2-2-2-1 222-3-2-2-2 221-2-2-2-2 111-1-1-1-1 111-1-1-1-1 232-2-2-2-2
  111-1-1-1-1 111-1-1-1-1 112-1-1-2-1 111-1-1-1-1 333-3-2-3-3 111-1-1-1-1 222-2-2-2-2 222-3-2-3-2 433-4-3-4-3
  221-2-2-3-2 232-3-2-3-3 333-3-4-3-2 111-1-1-1-1 111-1-1-1-1 121-2-1-1-1 232-2-2-2-2 121-1-1-1-1 222-2-2-2-2`;
const ANAESTHETISTS = TABLE.trim()
  .split(/\s+/)
  .flatMap((row, patient) =>
    row.split('-').flatMap((labels, rater) =>
      [...labels].map((label) => ({
        item: `patient ${patient + 1}`,
        rater: `rater ${rater + 1}`,
        label: Number(label),
      })),
    ),
  );

const rounded = (values: readonly number[] | undefined) => values?.map((value) => Number(value.toFixed(2)));

describe('dawidSkene', () => {
  it('gives the published estimates of the anaesthetists', () => {
    const fit = dawidSkene(ANAESTHETISTS, { categories: [1, 2, 3, 4] });
    expect(fit?.converged).toBe(true);
    expect(rounded(fit?.prior)).toEqual([0.4, 0.42, 0.11, 0.07]);
    expect(fit?.raters[0]?.confusion.map(rounded)).toEqual([
      [0.89, 0.11, 0, 0],
      [0.07, 0.88, 0.05, 0],
      [0, 0.34, 0.66, 0],
      [0, 0, 0.56, 0.44],
    ]);
    const labelOf = (patient: number) => fit?.items[patient - 1];
    expect(labelOf(1)).toMatchObject({ item: 'patient 1', label: 1 });
    // The majority says 3; the raters' habits say 4.
    expect(labelOf(36)?.label).toBe(4);
    expect(rounded(labelOf(36)?.probabilities)).toEqual([0, 0, 0, 1]);
  });

  it('recovers the truth and the habits of raters better than the majority does', () => {
    const random = seededRandom('dawid');
    const skills = [0.95, 0.9, 0.6, 0.55, 0.52];
    const truths = Array.from({ length: 600 }, () => (random() < 0.3 ? 'bad' : 'good'));
    const other = { bad: 'good', good: 'bad' } as const;
    const labels = truths.flatMap((truth, item) =>
      skills.map((skill, rater) => ({
        item: String(item),
        rater: String(rater),
        label: random() < skill ? truth : other[truth as 'bad' | 'good'],
      })),
    );
    const fit = dawidSkene(labels, { categories: ['bad', 'good'] });
    const right = fit?.items.filter(({ label }, item) => label === truths[item]).length ?? 0;
    const majority = truths.filter(
      (truth, item) => labels.slice(5 * item, 5 * item + 5).filter(({ label }) => label === truth).length > 2,
    ).length;
    expect(right / 600).toBeGreaterThan(0.92);
    expect(right).toBeGreaterThan(majority + 30);
    expect(Math.abs((fit?.prior[0] ?? 0) - 0.3)).toBeLessThan(0.06);
    for (const [rater, skill] of skills.entries()) {
      expect(Math.abs((fit?.raters[rater]?.confusion[1]?.[1] ?? 0) - skill)).toBeLessThan(0.08);
    }
  });

  it('takes missing labels, and knows nothing of a rater for categories he never met', () => {
    const fit = dawidSkene([
      { item: 'a', rater: 'x', label: true },
      { item: 'a', rater: 'y', label: true },
      { item: 'b', rater: 'x', label: false },
    ]);
    expect(fit).toMatchObject({ categories: [true, false], prior: [0.5, 0.5], converged: true });
    expect(fit?.raters[1]).toEqual({
      rater: 'y',
      confusion: [
        [1, 0],
        [0.5, 0.5],
      ],
    });
  });

  it('says that it has not converged when it may not go on', () => {
    expect(dawidSkene(ANAESTHETISTS, { mostIterations: 2 })).toMatchObject({ iterations: 2, converged: false });
  });

  it('does not exist without labels and refuses those that are no category', () => {
    expect(dawidSkene([])).toBeUndefined();
    expect(() => dawidSkene([{ item: 'a', rater: 'x', label: 'c' }], { categories: ['a', 'b'] })).toThrow(RangeError);
    expect(() => dawidSkene(ANAESTHETISTS, { categories: [1, 2, 3, 4, 4] })).toThrow(RangeError);
  });
});
