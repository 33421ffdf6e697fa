import type { EvaluationReport, MetricComparison } from '@pointsman/contracts';
import { differenceText, marginText } from './interval-text.ts';
import { METRIC_TITLES } from './report-words.ts';

/** What a report found, in at most four sentences, the worst first. */
export function summariseReport({ metrics, baseline }: EvaluationReport): string[] {
  if (baseline === undefined) return ['No baseline: the figures describe the candidate, they compare nothing.'];
  const groups = Map.groupBy(metrics, groupOf);
  const passed = metrics.filter(({ verdict }) => verdict === 'pass');
  const margin = marginText(metrics[0]?.minEffect ?? 0);
  const groupsSaid: [Group, string, (metric: MetricComparison) => string][] = [
    ['worse', 'Worse', withDifference],
    ['better', 'Better', withDifference],
    ['unclear', 'Not enough evidence', ({ metric }) => METRIC_TITLES[metric]],
  ];
  return [
    ...groupsSaid.flatMap(([group, title, named]) => {
      const members = groups.get(group) ?? [];
      return members.length === 0 ? [] : [`${title}: ${members.map(named).join(', ')}.`];
    }),
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
