import { PAIR_POOL } from '../bench.ts';
import { measureGapRecovered, orderByPriority } from '../measures/gap-recovered.ts';
import { bootstrap, type Estimate, numberGroups, type Resampling } from '../measures/group-totals.ts';
import { percentWithin, table, within } from '../report/markdown.ts';
import { type HeldOutFold, ZERO_ROUTER } from '../splits/hold-out.ts';
import type { SectionInput, SectionReport } from './section.ts';

export type PairMeasures = { name: string; average: Estimate; callsFor50: Estimate; callsFor80: Estimate };

/** The best APGR RouteLLM publishes for its sources (Ong et al. 2024). */
const PUBLISHED: Readonly<Record<string, number>> = { routellm_mmlu: 0.603, routellm_gsm8k: 0.622 };

/** Routing between a weak and a strong model on RouteLLM's own outcomes, in its own measures. */
export async function reportPairs(input: SectionInput): Promise<SectionReport> {
  const { bench, options } = input;
  const parts: PairPart[] = [];
  for (const source of Object.keys(PUBLISHED))
    for (const { name, folds, isRankedByFold } of await splitsOfPair(input, source)) {
      const methods = measurePairs(folds, { ...options, seed: bench.options.seed, isRankedByFold });
      parts.push({ source, split: name, requests: folds.reduce((sum, { rows }) => sum + rows.length, 0), methods });
    }
  return { data: parts, markdown: `${LEGEND}\n\n${parts.map(describe).join('\n\n')}` };
}

type PairSplit = { name: string; folds: HeldOutFold[]; isRankedByFold: boolean };

async function splitsOfPair({ bench, holdOutAll }: SectionInput, source: string): Promise<PairSplit[]> {
  const [own, whole] = [await bench.pool(source), await bench.pool(PAIR_POOL)];
  if (own === undefined || whole === undefined) return [];
  const hasSubjects = bench.folds(own, 'unseen domains').length > 1;
  const [known, unseen, others] = await Promise.all([
    holdOutAll(own, 'cross-validated', { tuning: 'none' }),
    hasSubjects ? holdOutAll(own, 'unseen domains', { tuning: 'none' }) : [],
    holdOutAll(whole, 'unseen sources', { tuning: 'none', only: source }),
  ]);
  const splits = [
    { name: 'in-domain, cross-validated', folds: known, isRankedByFold: true },
    { name: 'unseen subjects', folds: unseen, isRankedByFold: false },
    { name: 'trained on other benchmarks only', folds: others, isRankedByFold: false },
  ];
  return splits.filter(({ folds }) => folds.length > 0);
}

type PairOptions = Resampling & {
  /**
   * Whether requests are ranked within their fold. Folds drawn at random are alike, but a mean over the others is low
   * where the fold's own is high: ranked together, a method blind to requests would do worse than random.
   */
  isRankedByFold: boolean;
};

/** How every method routes between the pool's two models, the weak first, on the folds' held-out rows. */
export function measurePairs(folds: readonly HeldOutFold[], options: PairOptions): PairMeasures[] {
  const rows = folds.flatMap((fold) => fold.rows);
  const { of: groupOf, count } = numberGroups(rows.map(({ group }) => group));
  const gains = rows.map(({ quality: [weak = 0, strong = 0] }) => strong - weak);
  return prioritised(folds).map(({ name, priorities: byFold }) => {
    const order = orderByPriority(byFold.flatMap((own) => (options.isRankedByFold ? rankShares(own) : own)));
    const measure = (byGroup: Float64Array): number[] => {
      const weights = groupOf.map((group) => byGroup[group] ?? 0);
      const { average, callsFor50, callsFor80 } = measureGapRecovered(gains, order, weights);
      return [average, callsFor50, callsFor80];
    };
    const [average, callsFor50, callsFor80] = bootstrap(count, measure, options);
    if (average === undefined || callsFor50 === undefined || callsFor80 === undefined)
      throw new RangeError(`${name} was not measured`);
    return { name, average, callsFor50, callsFor80 };
  });
}

/** By method and fold how much a request should go to the strong model. The zero router cannot tell requests apart. */
function prioritised(folds: readonly HeldOutFold[]): { name: string; priorities: number[][] }[] {
  const names = [...(folds[0]?.methods.keys() ?? [])].filter((name) => name !== ZERO_ROUTER);
  return [
    {
      name: 'longest first, untrained',
      priorities: folds.map(({ rows }) => rows.map(({ row }) => row.prompt.characters)),
    },
    ...names.map((name) => ({
      name,
      priorities: folds.map(({ methods }) =>
        (methods.get(name)?.quality ?? []).map(([weak = 0, strong = 0]) => strong - weak),
      ),
    })),
  ];
}

/** Each value's rank as a share of all, equal values alike. */
function rankShares(values: readonly number[]): number[] {
  const shares = values.map(() => 0);
  let below = values.length;
  for (const tied of orderByPriority(values)) {
    below -= tied.length;
    for (const n of tied) shares[n] = (below + tied.length / 2) / values.length;
  }
  return shares;
}

type PairPart = { source: string; split: string; requests: number; methods: PairMeasures[] };

const LEGEND =
  'Average performance gap recovered (APGR, 0.5 is random) and the share of strong calls that recovers 50 % and 80 % of the gap (CPT), in %, as RouteLLM defines them. Brackets: 95 % bootstrap intervals over near-duplicate groups.';

function describe({ source, split, requests, methods }: PairPart): string {
  const rows = methods.map(({ name, average, callsFor50, callsFor80 }) => [
    name,
    within(average),
    percentWithin(callsFor50),
    percentWithin(callsFor80),
  ]);
  const published = ['best published (RouteLLM)', (PUBLISHED[source] ?? Number.NaN).toFixed(3), '', ''];
  return `### ${source}, ${split} (${requests} requests)\n\n${table(['method', 'APGR', 'CPT(50)', 'CPT(80)'], [...rows, published])}`;
}
