import type { EvaluationReport, MetricComparison } from '@pointsman/contracts';
import { differenceText, marginText, pText, scoreText } from './interval-text.ts';
import { benchmarkName, contestantName, directionTitle } from './report-words.ts';

/**
 * JUnit's XML for dashboards of tests: a suite per candidate, a case per metric. A regression is a failure, what lacks
 * evidence is skipped, a metric that was asked for and never scored is an error; no report at all is an error too.
 */
export function renderJunit(reports: readonly EvaluationReport[]): string {
  const suites = reports.length === 0 ? [emptySuite()] : reports.map(suiteOf);
  const total = (of: keyof Counts) => suites.reduce((sum, { counts }) => sum + counts[of], 0);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="pointsman" tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}" skipped="${total('skipped')}">
${suites.map(({ xml }) => xml).join('\n')}
</testsuites>
`;
}

type Counts = { tests: number; failures: number; errors: number; skipped: number };
type Suite = { counts: Counts; xml: string };
type Outcome = { kind: 'passed' } | { kind: 'failure' | 'error' | 'skipped'; message: string };

function suiteOf(report: EvaluationReport): Suite {
  const { candidate, benchmark, judge, runId, startedAt, finishedAt, metrics } = report;
  const outcomes = metrics.map((metric) => ({ name: metric.metric, outcome: outcomeOf(metric, report), metric }));
  const count = (kind: Outcome['kind']) => outcomes.filter(({ outcome }) => outcome.kind === kind).length;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
  const properties = { run: runId, benchmark: benchmarkName(benchmark), judge: judge.model, emulated: report.emulated };
  const counts = {
    tests: outcomes.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  const className = `${benchmarkName(benchmark)}.${contestantName(candidate)}`;
  return {
    counts,
    xml: [
      `<testsuite ${attributes({ name: className, ...counts, time: seconds.toFixed(3), timestamp: startedAt.slice(0, 19) })}>`,
      `<properties>${Object.entries(properties)
        .map(([name, value]) => `<property ${attributes({ name, value })}/>`)
        .join('')}</properties>`,
      ...outcomes.map(({ name, outcome, metric }) => caseXml({ classname: className, name }, outcome, figures(metric))),
      '</testsuite>',
    ].join('\n'),
  };
}

function emptySuite(): Suite {
  const outcome: Outcome = { kind: 'error', message: 'there is no report: nothing was evaluated' };
  const xml = caseXml({ classname: 'pointsman', name: 'report' }, outcome, '');
  return {
    counts: { tests: 1, failures: 0, errors: 1, skipped: 0 },
    xml: `<testsuite name="pointsman" tests="1" failures="0" errors="1" skipped="0">\n${xml}\n</testsuite>`,
  };
}

function outcomeOf(metric: MetricComparison, { baseline }: EvaluationReport): Outcome {
  const { candidate, verdict } = metric;
  if (candidate.scored === 0 && candidate.missing > 0) {
    return { kind: 'error', message: `none of ${candidate.missing} replies was scored` };
  }
  if (baseline === undefined) return { kind: 'skipped', message: 'no baseline: described, not compared' };
  if (verdict === 'pass') return { kind: 'passed' };
  const said = `${directionTitle(metric)}: ${metric.difference === undefined ? 'no difference measured' : `${differenceText(metric.difference)} points`}`;
  return verdict === 'regression'
    ? { kind: 'failure', message: `regression, ${said}` }
    : { kind: 'skipped', message: `not enough evidence, ${said}` };
}

function figures({ candidate, baseline, difference, adjustedP, minEffect }: MetricComparison): string {
  return [
    `candidate ${scoreText(candidate.mean)} (${candidate.scored} scored, ${candidate.missing} missing)`,
    ...(baseline === undefined ? [] : [`baseline ${scoreText(baseline.mean)}`]),
    ...(difference === undefined
      ? []
      : [`difference ${differenceText(difference)} points, margin ${marginText(minEffect)}`]),
    `adjusted p ${pText(adjustedP)}`,
  ].join('\n');
}

function caseXml(names: Readonly<Record<string, string>>, outcome: Outcome, output: string): string {
  const open = `<testcase ${attributes(names)}>`;
  const result =
    outcome.kind === 'passed'
      ? ''
      : `<${outcome.kind} ${attributes({ message: outcome.message, ...(outcome.kind === 'skipped' ? {} : { type: outcome.kind === 'error' ? 'not-scored' : 'regression' }) })}/>`;
  return `${open}${result}${output === '' ? '' : `<system-out>${escapeXml(output)}</system-out>`}</testcase>`;
}

const attributes = (values: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ');

const XML_ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 cannot hold, not even escaped, are left out: most controls, half surrogates, U+FFFE and U+FFFF. */
const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (character) => XML_ENTITIES[character] ?? '');
