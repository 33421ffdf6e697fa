import type { EvaluationReport } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { unbalancedTags } from '../../test/unbalanced-tags.ts';
import { renderJunit } from './render-junit.ts';

const sample = sampleReport({ cases: 84 });
const VERDICTS = { factual_accuracy: 'regression', completeness: 'inconclusive' } as const;
const report: EvaluationReport = {
  ...sample,
  metrics: sample.metrics.map((metric) => ({ ...metric, verdict: 'pass', ...verdictOf(metric.metric) })),
};

function verdictOf(metric: string) {
  return metric in VERDICTS ? { verdict: VERDICTS[metric as keyof typeof VERDICTS] } : {};
}

const caseOf = (xml: string, name: string): string =>
  xml.match(new RegExp(`<testcase classname="[^"]*" name="${name}">.*?</testcase>`, 's'))?.[0] ?? '';

describe('the JUnit report', () => {
  it('fails a regression, skips what lacks evidence, passes the rest', () => {
    const xml = renderJunit([report]);
    expect(caseOf(xml, 'factual_accuracy')).toMatch(
      /<failure message="regression, \w+: −[^"]*\[[^"]*\] points" type="regression"\/>/,
    );
    expect(caseOf(xml, 'completeness')).toMatch(/<skipped message="not enough evidence, /);
    expect(caseOf(xml, 'tone')).not.toMatch(/<(failure|skipped|error)/);
    expect(xml).toMatch(/<testsuites name="pointsman" tests="7" failures="1" errors="0" skipped="1">/);
  });

  it('makes a metric that was never scored an error, and a run without report too', () => {
    const [metric, ...others] = report.metrics;
    const unscored = { ...metric, candidate: { mean: { tooFew: true, n: 0 }, scored: 0, missing: 84 } };
    const xml = renderJunit([{ ...report, metrics: [unscored, ...others] } as EvaluationReport]);
    expect(caseOf(xml, 'overall')).toContain('<error message="none of 84 replies was scored" type="not-scored"/>');
    expect(renderJunit([])).toMatch(
      /tests="1" failures="0" errors="1" skipped="0"[\s\S]*<error message="there is no report/,
    );
  });

  it('skips everything where nothing is compared', () => {
    const xml = renderJunit([sampleReport({ baseline: undefined, cases: 28 })]);
    expect(xml).toMatch(/tests="7" failures="0" errors="0" skipped="7"/);
  });

  it('stays XML whatever stands in a name', () => {
    const name = `a<b>&"c"\u0000\u0008\u001b[31m\ufffe\ud800 é😀`;
    const xml = renderJunit([{ ...report, candidate: { model: name } }, report]);
    expect(xml).toContain('starter@1.a&lt;b&gt;&amp;&quot;c&quot;[31m é😀');
    expect(unbalancedTags(xml)).toEqual([]);
    expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot);)/);
    // What XML 1.0 allows: https://www.w3.org/TR/xml/#charsets
    expect(xml).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
  });
});
