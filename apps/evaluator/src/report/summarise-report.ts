import type { EvaluationReport, MetricComparison } from '@pointsman/contracts';
import { differenceText, marginText } from './interval-text.ts';
import { METRIC_TITLES } from './report-words.ts';

/** What a report found, in at most four sentences, the worst first. */
export function summariseReport({ metrics, baseline }: EvaluationReport): string[] {
  if (baseline === undefined) return ['No baseline: the figures describe the candidate, they compare nothing.'];
  const groups = Map.groupBy(metrics, groupOf);
  const members = (group: Group): MetricComparison[] => groups.get(group) ?? [];
  const passed = metrics.filter(({ verdict }) => verdict === 'pass');
  const margin = marginText(metrics[0]?.minEffect ?? 0);
  const sentences: [readonly MetricComparison[], (named: string) => string][] = [
    [members('worse'), (named) => `Worse: ${named}.`],
    [members('better'), (named) => `Better: ${named}.`],
    [members('unclear'), (named) => `Not enough evidence: ${named}.`],
  ];
  return [
    ...sentences.flatMap(([found, say]) => (found.length === 0 ? [] : [say(found.map(withDifference).join(', '))])),
    ...(passed.length === 0
      ? []
      : [`${passed.length} of ${metrics.length} metrics are shown not to be worse by ${margin} points or more.`]),
  ];
}

type Group = 'worse' | 'better' | 'unclear' | 'passed';

function groupOf({ verdict, direction }: MetricComparison): Group {
  if (verdict === 'regression') return 'worse';
  if (direction === 'better') return 'better';
  return verdict === 'inconclusive' ? 'unclear' : 'passed';
}

function withDifference({ metric, difference }: MetricComparison): string {
  const name = METRIC_TITLES[metric];
  if (difference === undefined || 'tooFew' in difference) return `${name} (too few samples)`;
  return `${name} ${differenceText(difference)} points`;
}
