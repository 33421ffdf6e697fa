import type { EvaluationReport } from '@pointsman/contracts';
import { expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { summariseReport } from './summarise-report.ts';

it('names what got worse first with its interval, then what got better, then what is open', () => {
  const report = sampleReport({ cases: 84 });
  const judged = {
    factual_accuracy: ['regression', 'worse'],
    tone: ['pass', 'better'],
    safety: ['inconclusive', 'unclear'],
  };
  const metrics = report.metrics.map((metric) => {
    const [verdict = 'pass', direction = 'equivalent'] = judged[metric.metric as keyof typeof judged] ?? [];
    return { ...metric, verdict, direction };
  });
  const sentences = summariseReport({ ...report, metrics } as EvaluationReport);
  expect(sentences).toEqual([
    expect.stringMatching(/^Worse: Factual accuracy −\d+\.\d \[−\d+\.\d, [−+]\d+\.\d\] points\.$/),
    expect.stringMatching(/^Better: Tone \+\d+\.\d \[/),
    'Not enough evidence: Safety.',
    '5 of 7 metrics are shown not to be worse by 2 points or more.',
  ]);
});

it('says of a run without baseline that it compares nothing', () => {
  expect(summariseReport(sampleReport({ baseline: undefined, cases: 28 }))).toEqual([
    'No baseline: the figures describe the candidate, they compare nothing.',
  ]);
});

it('claims nothing where there are too few cases', () => {
  expect(summariseReport(sampleReport({ cases: 6 })).join(' ')).not.toMatch(/Worse|Better|shown/);
});
