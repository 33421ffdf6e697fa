import type { EvaluationTable, Losses, Measured, PoolOutcome } from './evaluation-table.ts';

/** An evaluation as Markdown, for people. */
export function formatEvaluation(table: EvaluationTable): string {
  return [
    `# Router ${table.version} on ${table.requests} held-out requests`,
    section('Losses (lower is better; differences are router minus baseline with 95 % intervals)', losses(table)),
    section('Coverage of 90 % intervals', coverage(table)),
    section('Strong or weak model: average performance gap recovered (0.5 is random)', pairs(table)),
    section('Saved against always using the strongest model, and the quality delivered', savings(table)),
    section('Reply length', tokens(table)),
  ].join('\n\n');
}

type Grid = { head: string[]; body: string[][] };

function section(title: string, { head, body }: Grid): string {
  if (body.length === 0) return `## ${title}\n\nToo few samples.`;
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

const decimals = (value: number | undefined, digits = 4): string => (value === undefined ? '' : value.toFixed(digits));
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(4)}`;
const interval = (difference: Measured): string =>
  'tooFew' in difference
    ? 'too few samples'
    : `${signed(difference.value)} (${signed(difference.low)} to ${signed(difference.high)})`;
const pair = ({ logLoss, brier }: Losses): string => `${decimals(logLoss)} / ${decimals(brier)}`;

function losses({ slices }: EvaluationTable): Grid {
  return {
    head: [
      'dimension',
      'source',
      'requests',
      'scores',
      'router log loss / Brier',
      'domain averages',
      'global averages',
      'log loss vs domain',
      'log loss vs global',
      'AUC',
      'domain AUC',
      'calibration error',
    ],
    body: slices.map((slice) => [
      slice.dimension,
      slice.source,
      String(slice.requests),
      String(slice.scores),
      pair(slice.router),
      pair(slice.domainAverage),
      pair(slice.globalAverage),
      interval(slice.versusDomain.logLoss),
      interval(slice.versusGlobal.logLoss),
      decimals(slice.router.auc, 3),
      decimals(slice.domainAverage.auc, 3),
      decimals(slice.router.calibrationError, 3),
    ]),
  };
}

function coverage(table: EvaluationTable): Grid {
  return {
    head: ['dimension', 'requests', 'covered', 'worst domain', 'model x domain groups within one spread'],
    body: table.coverage.map(({ dimension, requests, overall, worstDomain, domains, groups }) => [
      dimension,
      String(requests),
      percent(overall),
      worstDomain === undefined
        ? 'too few samples'
        : `${percent(worstDomain.coverage)} (${worstDomain.domain}, ${worstDomain.requests} requests, of ${domains})`,
      groups.count === 0 ? 'too few samples' : `${percent(groups.covered)} of ${groups.count}`,
    ]),
  };
}

function pairs(table: EvaluationTable): Grid {
  return {
    head: ['source', 'strong', 'weak', 'requests', 'router', 'domain averages', 'prompt length'],
    body: table.pairs.map(({ source, strong, weak, requests, apgr }) => [
      source,
      strong,
      weak,
      String(requests),
      decimals(apgr.router, 3),
      decimals(apgr.domainAverage, 3),
      decimals(apgr.promptLength, 3),
    ]),
  };
}

const outcome = ({ saved, quality }: PoolOutcome): string => `${percent(saved)} at ${percent(quality)}`;

function savings(table: EvaluationTable): Grid {
  return {
    head: ['source', 'models', 'requests', 'strongest', 'aim', 'router', 'domain averages', 'zero router'],
    body: table.savings.map((row) => [
      row.source,
      String(row.models),
      String(row.requests),
      row.strongest,
      percent(row.target),
      outcome(row.router),
      outcome(row.domainAverage),
      outcome(row.zeroRouter),
    ]),
  };
}

function tokens({ tokens: accuracy }: EvaluationTable): Grid {
  return {
    head: ['replies', 'median factor off', 'sum predicted / sum observed', "error relative to the model's average"],
    body:
      accuracy === undefined
        ? []
        : [
            [
              String(accuracy.replies),
              decimals(accuracy.medianFactor, 2),
              decimals(accuracy.totalRatio, 3),
              decimals(accuracy.relativeError, 3),
            ],
          ],
  };
}
