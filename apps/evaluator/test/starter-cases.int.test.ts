import { coverage, scoreChecks } from '@pointsman/benchmark';
import { type BenchmarkCase, DOMAINS, TASKS } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { starterCases } from '../src/benchmarks/starter-cases.ts';
import { codeRunner } from '../src/runs/run-code.ts';

const cases = await starterCases();
const written = cases.filter(({ provenance }) => provenance.kind === 'written');
const runCode = codeRunner();

const countBy = (of: (subject: BenchmarkCase) => string) =>
  Object.fromEntries([...Map.groupBy(written, of)].map(([name, group]) => [name, group.length]));

describe('the starter benchmark', () => {
  it('has 4,200 cases, 420 of them written for it', () => {
    expect(cases).toHaveLength(4_200);
    expect(written).toHaveLength(420);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(4_200);
  });

  it('has 30 written cases in each domain, half English and half French, and each task in all of them', () => {
    expect(countBy(({ domain }) => domain)).toEqual(Object.fromEntries(DOMAINS.map((domain) => [domain, 30])));
    expect(countBy(({ language }) => language)).toEqual({ en: 210, fr: 210 });
    expect(countBy(({ domain, task }) => `${domain} ${task}`)).toEqual(
      Object.fromEntries(DOMAINS.flatMap((domain) => TASKS.map((task) => [`${domain} ${task}`, 3]))),
    );
  });

  it('asks nothing twice', () => {
    expect(coverage(written).alike).toEqual([]);
  });

  it('gives each written case a reference, and most of them checks', () => {
    expect(written.filter(({ reference }) => reference === undefined).map(({ id }) => id)).toEqual([]);
    expect(written.filter(({ checks }) => checks.length > 0).length).toBeGreaterThan(300);
  });

  // Python's tests need python3, which .ci/run installs.
  it('has checks that its own references pass', async () => {
    const failed = await Promise.all(
      written.map(async ({ id, reference, checks }) => {
        const verdicts = Object.entries(await scoreChecks(reference ?? '', checks, { runCode }));
        return verdicts.flatMap(([dimension, verdict]) => {
          const isMissingPython = verdict.status === 'unscored' && verdict.detail.includes('python3 is not installed');
          if (isMissingPython && process.env.POINTSMAN_REQUIRE_ALL !== '1') return [];
          return verdict.status === 'scored' && verdict.score === 1
            ? []
            : [`${id} ${dimension} ${JSON.stringify(verdict)}`];
        });
      }),
    );
    expect(failed.flat()).toEqual([]);
  }, 120_000);
});
