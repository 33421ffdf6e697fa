import { type BenchmarkCase, DIFFICULTIES, DOMAINS, TASKS } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { validateCase } from '../checks/validate-case.ts';
import { caseFromTemplate } from './case-from-template.ts';
import { generateCases } from './generate-cases.ts';
import { LANGUAGES } from './language.ts';
import { maskedShingles } from './novelty.ts';

const COUNT = 3_780;
const cases = generateCases({ count: COUNT, seed: 1 });
const countOf = (isOne: (one: BenchmarkCase) => boolean): number => cases.filter(isOne).length;

describe('3,780 generated cases', () => {
  it('are spread evenly over domains, tasks, languages and difficulties, alone and together', () => {
    for (const domain of DOMAINS) {
      expect(countOf((one) => one.domain === domain)).toBe(COUNT / DOMAINS.length);
      for (const task of TASKS) expect(countOf((one) => one.domain === domain && one.task === task)).toBe(27);
      for (const language of LANGUAGES)
        expect(countOf((one) => one.domain === domain && one.language === language)).toBe(135);
      for (const difficulty of DIFFICULTIES)
        expect(countOf((one) => one.domain === domain && one.difficulty === difficulty)).toBe(90);
    }
  });

  it('are the same again from the same seed, and others from another', () => {
    const again = generateCases({ count: 420, seed: 1 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(cases.slice(0, 420)));
    const ids = new Set(again.map(({ id }) => id));
    expect(generateCases({ count: 420, seed: 2 }).filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it('can each be made again from template and seed alone', () => {
    for (const one of cases.slice(0, 300)) {
      if (one.provenance.kind !== 'generated') throw new Error(`${one.id} is not generated`);
      expect(caseFromTemplate(one.provenance.template, one.provenance.seed)).toEqual(one);
    }
  });

  it('are sound, with reference and checks, each under an id of its own', () => {
    for (const one of cases) {
      const validation = validateCase(one);
      expect(validation.ok && validation.warnings.length === 0, one.id).toBe(true);
      expect(one.reference).toBeDefined();
      expect(one.checks.length).toBeGreaterThan(0);
    }
    expect(new Set(cases.map(({ id }) => id)).size).toBe(COUNT);
  });

  it('never ask the same: below four fifths alike whatever the figures, half of them below half', () => {
    const nearest = nearestOverlaps();
    expect(nearest.at(-1)).toBeLessThan(0.8);
    expect(nearest[Math.floor(nearest.length / 2)]).toBeLessThan(0.5);
  });
});

/** For each case the largest share of word runs that it has in common with another, figures masked; in ascending order. */
function nearestOverlaps(): number[] {
  const shingles = cases.map(maskedShingles);
  const holders = new Map<string, number[]>();
  for (const [index, own] of shingles.entries())
    for (const shingle of own) {
      const known = holders.get(shingle);
      if (known === undefined) holders.set(shingle, [index]);
      else known.push(index);
    }
  const common = new Int32Array(cases.length);
  return shingles
    .map((own, index) => {
      common.fill(0);
      for (const shingle of own)
        for (const other of holders.get(shingle) ?? []) common[other] = (common[other] ?? 0) + 1;
      return common.reduce((best, count, other) => {
        const size = shingles[other]?.size ?? 0;
        return other === index ? best : Math.max(best, count / (own.size + size - count));
      }, 0);
    })
    .toSorted((a, b) => a - b);
}
