import type { EvaluationTable, MinusShuffle, PoolOutcome, Slice } from './evaluation-table.ts';
import type { Measured } from './measured.ts';

/** An evaluation as Markdown, for people: every measured number with its 95 % interval, or that samples are too few. */
export function formatEvaluation(table: EvaluationTable): string {
  const { learned, duplicates } = table.data.leftOut;
  return [
    `# Router ${table.version} on ${table.requests} held-out requests`,
    `Left out because the router learned from them or from near-duplicates: ${learned}. Left out as near-duplicates of ` +
      `training rows: ${duplicates}. Rows ${table.data.hash.slice(0, 12)}. Brackets are 95 % intervals over near-duplicate groups.`,
    section('Log loss, lower is better; differences are router minus baseline', losses(table)),
    section('Ranking (AUC, mean over models) and calibration', rankings(table)),
    section('Coverage of 90 % intervals', coverage(table)),
    section('Whether looking at the request paid: choices minus the same choices dealt out at random', choices(table)),
    section('Strong or weak model: average performance gap recovered (0.5 is random)', pairs(table)),
    section('Saved against always using the strongest model, at the quality delivered', savings(table)),
    section('Reply length', tokens(table)),
  ].join('\n\n');
}

type Grid = { head: string[]; body: string[][] };

function section(title: string, { head, body }: Grid): string {
  if (body.length === 0) return `## ${title}\n\nToo few samples.`;
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

type Show = (value: number) => string;
const decimals =
  (digits: number): Show =>
  (value) =>
    value.toFixed(digits);
const signed =
  (digits: number): Show =>
  (value) =>
    `${value >= 0 ? '+' : ''}${value.toFixed(digits)}`;
const percent: Show = (value) => `${(100 * value).toFixed(1)} %`;
/** Points of a hundred. */
const points: Show = (value) => signed(2)(100 * value);

/** A number never stands without its interval. */
function withInterval(measured: Measured | undefined, show: Show): string {
  if (measured === undefined) return '';
  if ('tooFew' in measured) return 'too few samples';
  return `${show(measured.value)} [${show(measured.low)}, ${show(measured.high)}]`;
}

const placeOf = ({ dimension, source, requests, scores }: Slice): string[] => [
  dimension,
  source,
  String(requests),
  String(scores),
];
const PLACE = ['dimension', 'source', 'requests', 'scores'];

function losses({ slices }: EvaluationTable): Grid {
  const difference = (measured: Measured): string => withInterval(measured, signed(4));
  return {
    head: [...PLACE, 'router', '- kind averages', '- true domain averages', '- hashed-word ridge', '- averages'],
    body: slices.map((slice) => [
      ...placeOf(slice),
      withInterval(slice.router.logLoss, decimals(4)),
      difference(slice.versusKinds.logLoss),
      difference(slice.versusDomain.logLoss),
      difference(slice.versusRidge.logLoss),
      difference(slice.versusGlobal.logLoss),
    ]),
  };
}

function rankings({ slices }: EvaluationTable): Grid {
  const auc = (measured: Measured): string => withInterval(measured, decimals(3));
  return {
    head: [
      ...PLACE,
      'router',
      'kind averages',
      'true domain averages',
      'hashed-word ridge',
      'Brier',
      'calibration error',
    ],
    body: slices.map((slice) => [
      ...placeOf(slice),
      auc(slice.router.auc),
      auc(slice.kindAverages.auc),
      auc(slice.domainAverage.auc),
      auc(slice.hashedRidge.auc),
      withInterval(slice.router.brier, decimals(4)),
      auc(slice.router.calibrationError),
    ]),
  };
}

function coverage(table: EvaluationTable): Grid {
  return {
    head: ['mode', 'dimension', 'requests', 'covered', 'worst domain', 'model x domain groups within one spread'],
    body: table.coverage.map(({ mode, dimension, requests, overall, worstDomain, domains, groups }) => [
      mode,
      dimension,
      String(requests),
      withInterval(overall, percent),
      worstDomain === undefined
        ? 'too few samples'
        : `${withInterval(worstDomain.coverage, percent)} (${worstDomain.domain}, ${worstDomain.requests} requests, of ${domains})`,
      `${withInterval(groups.covered, percent)} (${groups.count} groups)`,
    ]),
  };
}

function choices(table: EvaluationTable): Grid {
  const gain = ({ quality, cost }: MinusShuffle): string[] => [
    withInterval(quality, points),
    withInterval(cost, points),
  ];
  return {
    head: [
      'source',
      'models',
      'requests',
      'learned: points of quality',
      "points of the strongest's cost",
      'kind averages: points of quality',
      "points of the strongest's cost",
      'learned - kind averages, cost priced in',
    ],
    body: table.choices.map((row) => [
      row.source,
      String(row.models),
      String(row.requests),
      ...gain(row.learned),
      ...gain(row.kindAverages),
      withInterval(row.learnedVersusKinds, points),
    ]),
  };
}

function pairs(table: EvaluationTable): Grid {
  const share = (measured: Measured): string => withInterval(measured, decimals(3));
  return {
    head: [
      'source',
      'strong',
      'weak',
      'requests',
      'router',
      'kind averages',
      'true domain averages',
      'hashed-word ridge',
      'prompt length',
    ],
    body: table.pairs.map(({ source, strong, weak, requests, apgr }) => [
      source,
      strong,
      weak,
      String(requests),
      share(apgr.router),
      share(apgr.kindAverages),
      share(apgr.domainAverage),
      share(apgr.hashedRidge),
      share(apgr.promptLength),
    ]),
  };
}

const outcome = ({ saved, quality }: PoolOutcome): string =>
  `${withInterval(saved, percent)} at ${withInterval(quality, percent)}`;

function savings(table: EvaluationTable): Grid {
  return {
    head: [
      'source',
      'models',
      'requests',
      'strongest',
      'aim',
      'router',
      'kind averages',
      'true domain averages',
      'hashed-word ridge',
      'zero router',
    ],
    body: table.savings.map((row) => [
      row.source,
      String(row.models),
      String(row.requests),
      row.strongest,
      percent(row.target),
      outcome(row.router),
      outcome(row.kindAverages),
      outcome(row.domainAverage),
      outcome(row.hashedRidge),
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
              withInterval(accuracy.medianFactor, decimals(2)),
              withInterval(accuracy.totalRatio, decimals(3)),
              withInterval(accuracy.relativeError, decimals(3)),
            ],
          ],
  };
}
