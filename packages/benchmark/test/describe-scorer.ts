import { benchmarkCaseSchema, type Check, checkSchema, type Dimension } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import type { CheckKind } from '../src/checks/check-outcome.ts';
import { CHECK_SCORERS } from '../src/checks/check-scorers.ts';
import type { RunCode } from '../src/checks/run-code.ts';
import { scoreCheck, scoreChecks } from '../src/checks/score-checks.ts';

type CheckFields = Record<string, unknown>;

export type ScorerFixtures = {
  passes: readonly { reply: string; check: CheckFields }[];
  /** `why` is found in the explanation. */
  fails: readonly { reply: string; check: CheckFields; why: string }[];
  /** Checks that no reply can be held against. */
  cannotRun?: readonly { check: CheckFields; why: string }[];
  runCode?: RunCode;
};

const noCode: RunCode = async () => {
  throw new Error('this check runs no code');
};

/** The contract of every kind of check. */
export function describeScorer(kind: CheckKind, fixtures: ScorerFixtures): void {
  const run = { runCode: fixtures.runCode ?? noCode };
  const made = (fields: CheckFields): Check => checkSchema.parse({ kind, ...fields });

  describe(`the check '${kind}'`, () => {
    it('is found under its name', () => {
      expect(CHECK_SCORERS[kind]).toBeDefined();
    });

    it.each(fixtures.passes)('passes $reply for $check', async ({ reply, check }) => {
      expect(await scoreCheck(reply, made(check), run)).toEqual({ passed: true });
    });

    it.each(fixtures.fails)('fails $reply for $check, saying what was expected', async ({ reply, check, why }) => {
      const outcome = await scoreCheck(reply, made(check), run);
      expect(outcome).toEqual({ passed: false, why: expect.stringContaining(why) });
      expect(outcome).toHaveProperty('why', expect.stringMatching(/expected/));
    });

    it('judges whatever text it is given, without throwing', async () => {
      const odd = ['', ' ', '\n', '{', '```', '```json', '\u0000', '\ud800', '🙂'.repeat(999), '[['.repeat(5_000)];
      for (const { check } of fixtures.passes)
        for (const reply of odd) expect(await scoreCheck(reply, made(check), run)).toBeTypeOf('object');
    });

    it('gives a dimension 1 where it passes, and 0 with the reason where it fails', async () => {
      const dimension: Dimension = 'completeness';
      const verdict = async ({ reply, check }: { reply: string; check: CheckFields }) =>
        (await scoreChecks(reply, [made({ ...check, dimension })], run))[dimension];
      for (const fixture of fixtures.passes)
        expect(await verdict(fixture)).toMatchObject({ score: 1, samples: [1], scorer: 'checks' });
      for (const fixture of fixtures.fails)
        expect(await verdict(fixture)).toMatchObject({
          score: 0,
          samples: [0],
          explanation: expect.stringContaining(fixture.why),
        });
    });

    const impossible = fixtures.cannotRun ?? [];
    if (impossible.length > 0)
      it('leaves the dimension unscored where it cannot run', async () => {
        for (const { check, why } of impossible)
          expect((await scoreChecks('42', [made(check)], run)).factual_accuracy).toEqual({
            status: 'unscored',
            why: 'check-could-not-run',
            detail: expect.stringContaining(why),
          });
      });

    it('fits into a case', () => {
      const checks = fixtures.passes.map(({ check }) => ({ kind, ...check }));
      expect(benchmarkCaseSchema.shape.checks.safeParse(checks).success).toBe(true);
    });
  });
}
