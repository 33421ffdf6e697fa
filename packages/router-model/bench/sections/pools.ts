import { type Split, splitsOf } from '../bench.ts';
import type { Pool } from '../data/pool.ts';
import { upperHull } from '../measures/cost-quality-hull.ts';
import type { Resampling } from '../measures/group-totals.ts';
import { TARGETS } from '../measures/hull-measures.ts';
import { type MinusShuffle, measureMinusShuffle } from '../measures/minus-shuffle.ts';
import { type FixedMeasures, measurePool, type PoolMeasures } from '../measures/pool-measures.ts';
import { OURS } from '../methods/our-methods.ts';
import type { ChartPanel } from '../report/chart.ts';
import { percent, percentWithin, perThousand, table, within } from '../report/markdown.ts';
import { type HeldOutFold, ZERO_ROUTER } from '../splits/hold-out.ts';
import type { SectionInput, SectionReport } from './section.ts';

type UnseenPart = { name: string; requests: number; measures: PoolMeasures };

type PoolPart = {
  pool: string;
  models: string[];
  split: Split;
  measures: PoolMeasures;
  minusShuffle: MinusShuffle;
  /** Each fold by itself, where folds are domains or sources. */
  parts: UnseenPart[];
};

/** The index of 99 % among the targets: the promise the report dwells on. */
const PROMISED = TARGETS.indexOf(0.99);

/** Every method on every pool, on requests like the training data and unlike it. */
export async function reportPools({ bench, holdOutAll, options }: SectionInput): Promise<SectionReport> {
  const splits: { pool: Pool; split: Split }[] = [];
  for (const name of options.pools) {
    const pool = await bench.pool(name);
    if (pool === undefined) throw new Error(`the data has no pool ${name}`);
    splits.push(...splitsOf(pool, options.unseen).map((split) => ({ pool, split })));
  }
  const held = await Promise.all(splits.map(({ pool, split }) => holdOutAll(pool, split)));
  const resampling = { resamples: options.resamples, seed: bench.options.seed };
  const parts = splits.map((own, n) => measureSplit(own, held[n] ?? [], resampling));
  return {
    data: parts,
    markdown: `${LEGEND}\n\n${parts.map(describe).join('\n\n')}`,
    panels: parts.filter(({ split }) => split === 'cross-validated').map(panelOf),
  };
}

function measureSplit(
  { pool, split }: { pool: Pool; split: Split },
  held: readonly HeldOutFold[],
  resampling: Resampling,
): PoolPart {
  const isOneByOne = split !== 'cross-validated';
  return {
    pool: pool.name,
    models: pool.models,
    split,
    measures: measurePool(held, OURS, resampling),
    minusShuffle: measureMinusShuffle(held, { method: OURS, target: PROMISED }, resampling),
    parts: (isOneByOne ? held : []).map((fold) => ({
      name: fold.name,
      requests: fold.rows.length,
      measures: measurePool([fold], OURS, resampling),
    })),
  };
}

const LEGEND = [
  `All in %, with 95 % bootstrap intervals over near-duplicate groups. AIQ: mean quality along the upper hull over costs from the cheapest to the dearest model (RouterBench).`,
  `Gap closed: area between a method's hull and the zero router's (the hull of the single models), as a share of the area between the oracle's hull and the zero router's, over costs from the cheapest model's to the strongest's, on a linear scale. The hull of every method includes always taking the cheapest and always the strongest model.`,
  `Hull saved: what the cheapest mix on the test hull saves at that share of the strongest model's quality; the hull is chosen with hindsight. Fixed: the mix that met the target at least cost on a quarter of the training rows, held out for that: what it delivered of the strongest model's quality / what it saved.`,
  `Oversized: a cheaper model would have scored as well. Over 2x: cost more than twice the cheapest model that scored no worse than the strongest did. Undersized: scored less than the strongest did on that request. All at the mix fixed for 99 %.`,
].join('\n');

const shareNames = TARGETS.map((target) => `${percent(target, 0)} %`);

function describe({ pool, models, split, measures, minusShuffle, parts }: PoolPart): string {
  const { always, methods } = measures;
  const header = ['method', 'AIQ', 'gap closed', ...shareNames.map((share) => `hull saved at ${share}`)];
  const hulls = methods.map(({ name, averageQuality, gapClosed, hullSavings }) => [
    name,
    within(averageQuality),
    percentWithin(gapClosed),
    ...hullSavings.map(percentWithin),
  ]);
  const fixedHeader = [
    'method',
    ...shareNames.map((share) => `fixed for ${share}`),
    'oversized',
    'over 2x',
    'undersized',
  ];
  const fixed = [
    ...always.map(({ name, fixed: own }) => [name, delivery(own), '', '', ...sizes(own)]),
    ...methods.map(({ name, fixed: own }) => {
      const promised = own[PROMISED];
      return [name, ...own.map(delivery), ...(promised === undefined ? ['', '', ''] : sizes(promised))];
    }),
  ];
  const single = measures.models.map(({ cost, quality }, m) => [
    models[m] ?? '',
    quality.toFixed(3),
    perThousand(cost),
  ]);
  const best = Math.max(...measures.oracle.map(({ quality }) => quality));
  return [
    `### ${pool}, ${split} (${measures.requests} requests in ${measures.groups} near-duplicate groups)`,
    table(['model', 'quality', '$ per 1,000'], single),
    `Oracle: ${best.toFixed(3)}.`,
    table(header, hulls),
    table(fixedHeader, fixed),
    `${OURS} less its choices shuffled, at the mix fixed for 99 %: ${percentWithin(minusShuffle.quality)} points of quality at a cost higher by $ ${within(scaled(minusShuffle.costUsd, 1_000))} per 1,000 requests.`,
    ...(parts.length === 0 ? [] : [describeParts(parts)]),
  ].join('\n\n');
}

const scaled = ({ value, low, high }: MinusShuffle['costUsd'], factor: number): MinusShuffle['costUsd'] => ({
  value: value * factor,
  low: low * factor,
  high: high * factor,
});

const delivery = ({ delivered, saved }: FixedMeasures): string =>
  `${percentWithin(delivered)} / ${percentWithin(saved)}`;
const sizes = ({ oversized, overTwice, undersized }: FixedMeasures): string[] => [
  percentWithin(oversized),
  percentWithin(overTwice),
  percentWithin(undersized),
];

function describeParts(parts: readonly UnseenPart[]): string {
  const rows = parts.map(({ name, requests, measures }) => {
    const [own, zero] = [OURS, ZERO_ROUTER].map((method) => measures.methods.find((entry) => entry.name === method));
    const promised = own?.fixed[PROMISED];
    const zeroPromised = zero?.fixed[PROMISED];
    return [
      name,
      String(requests),
      own === undefined ? '' : percentWithin(own.gapClosed),
      promised === undefined ? '' : delivery(promised),
      zeroPromised === undefined ? '' : delivery(zeroPromised),
    ];
  });
  return table(
    ['left out', 'requests', `gap closed by ${OURS}`, `${OURS}, fixed for 99 %`, 'zero router, fixed for 99 %'],
    rows,
  );
}

function panelOf({ pool, models, measures }: PoolPart): ChartPanel {
  const { cheapest, strongest } = {
    strongest: measures.always[0]?.point,
    cheapest: measures.always[1]?.point,
  };
  const ends = [cheapest, strongest].flatMap((end) => (end === undefined ? [] : [end]));
  return {
    title: `${pool} (${measures.requests} requests)`,
    points: measures.models.map((point, m) => ({ ...point, label: models[m] ?? '' })),
    lines: [
      ...measures.methods.map(({ name, curve }) => ({ name, points: upperHull([...curve, ...ends]) })),
      { name: 'oracle', points: upperHull(measures.oracle) },
    ],
  };
}
