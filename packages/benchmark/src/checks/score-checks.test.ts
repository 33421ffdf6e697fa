import { type Check, checkSchema } from '@pointsman/contracts';
import { expect, it } from 'vitest';
import { scoreChecks } from './score-checks.ts';

const run = { runCode: async () => ({ status: 'could-not-run' as const, why: 'no sandbox' }) };
const check = (fields: Record<string, unknown>): Check => checkSchema.parse(fields);
const contains = (word: string, more = {}) => check({ kind: 'contains', all: [word], ...more });

it('scores the weighted share of the checks passed, each dimension apart, and explains by the first that failed', async () => {
  const checks = [
    contains('red', { weight: 3 }),
    contains('blue'),
    contains('green', { dimension: 'tone' }),
    contains('grey'),
  ];
  expect(await scoreChecks('red and green', checks, run)).toEqual({
    factual_accuracy: {
      status: 'scored',
      score: 0.6,
      samples: [1, 0, 0],
      scorer: 'checks',
      explanation: "expected 'blue' in it, found 'red and green'",
    },
    tone: { status: 'scored', score: 1, samples: [1], scorer: 'checks', explanation: 'the check passed' },
  });
});

it('says nothing of a dimension without checks', async () => {
  expect(await scoreChecks('anything', [], run)).toEqual({});
});

it('never scores a dimension by half of its checks', async () => {
  const code = check({ kind: 'code', language: 'python', tests: [{ call: 'f', args: [], expected: 1 }] });
  expect(await scoreChecks('red', [contains('red'), code], run)).toEqual({
    factual_accuracy: { status: 'unscored', why: 'check-could-not-run', detail: 'no sandbox' },
  });
});

it('gives exactly 1 where weights do not add up exactly', async () => {
  const checks = [contains('a', { weight: 0.1 }), contains('a', { weight: 0.2 }), contains('a', { weight: 0.3 })];
  expect((await scoreChecks('a', checks, run)).factual_accuracy).toMatchObject({ score: 1 });
});
