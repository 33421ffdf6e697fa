import { describe, expect, it } from 'vitest';
import { CouldNotRun } from './could-not-run.ts';
import { readInputs, readPublishing } from './read-inputs.ts';

const least = { INPUT_BENCHMARK: 'starter@1', INPUT_MODELS: 'a/b' };

describe('the inputs', () => {
  it('have defaults; an empty input was not given', () => {
    expect(readInputs({ ...least, INPUT_PROMPT: '', INPUT_ALPHA: ' ' })).toEqual({
      config: undefined,
      benchmark: 'starter@1',
      models: 'a/b',
      prompt: undefined,
      baseline: undefined,
      judge: undefined,
      minEffect: undefined,
      alpha: undefined,
      maxCostUsd: undefined,
      failOn: 'regression',
      allowEmulated: false,
    });
    expect(readPublishing({})).toEqual({
      comment: true,
      commentId: undefined,
      token: undefined,
      reportDir: 'pointsman-report',
    });
  });

  it('take models on lines of their own', () => {
    expect(readInputs({ ...least, INPUT_MODELS: 'a/b\n  c/d,e/f \n' }).models).toBe('a/b,c/d,e/f');
  });

  it('name everything that is wrong at once', () => {
    const env = {
      INPUT_MODELS: 'a/b',
      INPUT_ALPHA: '5 %',
      INPUT_MIN_EFFECT: '2',
      INPUT_MAX_COST_USD: '-1',
      INPUT_FAIL_ON: 'always',
      INPUT_COMMENT: 'yes',
      INPUT_BASELINE: 'merge-base',
    };
    expect(() => readInputs(env)).toThrow(
      new CouldNotRun(
        'the input benchmark is missing; the input min-effect is "2": use a number above 0, at most 1; the input alpha is "5 %": use a number above 0 and below 0.5; the input max-cost-usd is "-1": use dollars above 0; the input fail-on is "always": use regression, inconclusive, never; the input comment is "yes": use true or false; the baseline merge-base evaluates the prompt as it was there: name the prompt, or use baseline: auto.',
      ),
    );
  });
});
