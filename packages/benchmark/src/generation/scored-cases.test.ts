import type { BenchmarkCase } from '@pointsman/contracts';
import { expect, it } from 'vitest';
import { scoreChecks } from '../checks/score-checks.ts';
import { messagesText } from '../curation/text-overlap.ts';
import { caseAndNearMiss } from './case-from-template.ts';
import { generateCases } from './generate-cases.ts';

// Code is run in its own test.
const cases = generateCases({ count: 3_780, seed: 1 }).filter(({ task }) => task !== 'code');
const sandbox = { runCode: async () => ({ status: 'could-not-run' as const, why: 'no case here has code' }) };

const scoresOf = async (reply: string, { checks }: BenchmarkCase): Promise<(number | string)[]> =>
  Object.values(await scoreChecks(reply, checks, sandbox)).map((verdict) =>
    verdict.status === 'scored' ? verdict.score : verdict.detail,
  );

it('gives the reference of every generated case full marks', async () => {
  const short = [];
  for (const one of cases)
    if ((await scoresOf(one.reference ?? '', one)).some((score) => score !== 1)) short.push(one.id);
  expect(short).toEqual([]);
});

it('refuses the near miss of every generated case', async () => {
  const passed = [];
  for (const one of cases) {
    if (one.provenance.kind !== 'generated') throw new Error(`${one.id} is not generated`);
    const { nearMiss } = caseAndNearMiss(one.provenance.template, one.provenance.seed);
    if ((await scoresOf(nearMiss, one)).every((score) => score === 1)) passed.push(one.id);
  }
  expect(passed).toEqual([]);
});

it('gives neither an empty reply nor one that repeats the question full marks', async () => {
  const passed = [];
  for (const one of cases.filter((_, index) => index % 4 === 0))
    for (const reply of ['', messagesText(one.messages)])
      if ((await scoresOf(reply, one)).every((score) => score === 1)) passed.push(`${one.id} ${reply.slice(0, 20)}`);
  expect(passed).toEqual([]);
});
