import { formatUsd } from '@pointsman/contracts';
import type { ShadowSummary } from '@pointsman/router-model';
import type { Interval } from '@pointsman/statistics';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';

/** A comparison for people: every number with its 95 % interval, or that samples are too few. */
export function printShadow(summary: ShadowSummary): string {
  const { requests, agreement, costDifferenceNanoUsd, costShare, scoreDifference, disagreements } = summary;
  const facts = printFacts({
    compared: `${requests} requests`,
    'same choice': withInterval(agreement, percent),
    'cost of the choice': `${withInterval(costDifferenceNanoUsd, dollars)} a request, ${withInterval(costShare, signedPercent)}`,
    'score of the model in use': `${withInterval(scoreDifference, (value) => `${value >= 0 ? '+' : ''}${value.toFixed(4)}`)} expected by the shadow`,
  });
  const table = printTable(
    disagreements,
    [
      { title: 'IN USE', value: ({ modelId }) => modelId },
      { title: 'SHADOW', value: ({ shadowModelId }) => shadowModelId ?? 'none: it would refuse' },
      { title: 'REQUESTS', value: ({ requests: count }) => count, align: 'right' },
    ],
    'They have never differed.',
  );
  return `${facts}\n\n${table}`;
}

function withInterval(interval: Interval, show: (value: number) => string): string {
  if ('tooFew' in interval) return 'too few samples';
  return `${show(interval.estimate)} [${show(interval.low)}, ${show(interval.high)}]`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const signedPercent = (share: number): string => `${share >= 0 ? '+' : ''}${percent(share)}`;
const dollars = (nanoUsd: number): string => `${nanoUsd < 0 ? '-' : '+'}$${formatUsd(Math.round(Math.abs(nanoUsd)))}`;
