import type { EvaluationReport } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { errorOutcome, exitCodeOf, outcomeOf, outputsOf } from './action-outcome.ts';
import { FAIL_ON } from './read-inputs.ts';

const report = sampleReport({ cases: 84 });
const evaluated = (...reports: EvaluationReport[]) => ({ reports, spentNanoUsd: 1_500_000_000, notes: [] });
const judged = (verdict: EvaluationReport['verdict'], model = verdict): EvaluationReport => ({
  ...report,
  verdict,
  candidate: { model },
});

describe('the verdict on a change', () => {
  it('is the worst of its candidates', () => {
    const { verdict } = outcomeOf(evaluated(judged('pass'), judged('regression'), judged('inconclusive')), false);
    expect(verdict).toBe('regression');
  });

  it('is none when replies were emulated, unless that is allowed; the report is still shown', () => {
    const emulated = evaluated({ ...judged('pass'), emulated: true });
    const refused = outcomeOf(emulated, false);
    expect(refused).toMatchObject({ verdict: 'error', why: expect.stringMatching(/^the replies were emulated/) });
    expect(refused.reports).toHaveLength(1);
    expect(outcomeOf(emulated, true).verdict).toBe('pass');
  });
});

describe('the exit code', () => {
  it('is what fail-on makes of the verdict', () => {
    const codes = (verdict: EvaluationReport['verdict']) =>
      FAIL_ON.map((failOn) => exitCodeOf(outcomeOf(evaluated(judged(verdict)), false), failOn));
    expect({ regression: codes('regression'), inconclusive: codes('inconclusive'), pass: codes('pass') }).toEqual({
      regression: [1, 1, 0],
      inconclusive: [0, 1, 0],
      pass: [0, 0, 0],
    });
  });

  it.each(FAIL_ON)('is never that of a pass for what could not run, with fail-on %s', (failOn) => {
    expect(exitCodeOf(errorOutcome('no database'), failOn)).toBe(2);
  });
});

describe('the outputs', () => {
  it('are of the worst candidate’s overall score', () => {
    const better = { ...judged('pass'), metrics: [] };
    const outputs = outputsOf(outcomeOf(evaluated(better, judged('inconclusive')), false), '/reports');
    const { difference } = report.metrics[0] ?? {};
    expect(Number(outputs.delta)).toBeCloseTo((difference as { estimate: number }).estimate, 6);
    expect(outputs).toMatchObject({ verdict: 'inconclusive', 'cost-usd': '1.5', 'report-path': '/reports' });
  });

  it('claim no number for an error or for too few samples', () => {
    const none = { regressions: '0', delta: '', 'ci-low': '', 'ci-high': '', p: '' };
    expect(outputsOf(outcomeOf(evaluated(sampleReport({ cases: 6 })), false), '/r')).toMatchObject(none);
    expect(outputsOf(errorOutcome('why', evaluated(report)), '/r')).toMatchObject({
      ...none,
      verdict: 'error',
      regressions: '',
    });
  });
});
