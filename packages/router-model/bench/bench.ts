import { type Pool, type PoolRow, sourcesOf } from './data/pool.ts';
import { type PoolDefinition, readPool, type SourceReader } from './data/read-pools.ts';
import { domainTable } from './methods/domain-table.ts';
import { nearestNeighbours } from './methods/nearest-neighbours.ts';
import { type OurPredictions, ourMethods, ourPredictions } from './methods/our-methods.ts';
import type { OurTraining } from './methods/ours.ts';
import { promptLength } from './methods/prompt-length.ts';
import { randomGuess } from './methods/random-guess.ts';
import type { RoutingMethod } from './methods/routing-method.ts';
import { tfidfRidge } from './methods/tfidf-ridge.ts';
import { domainFolds, type Fold, groupFolds, partOf, sourceFolds } from './splits/folds.ts';

/** What decides the outcome of a benchmark, as plain values. */
export type BenchOptions = {
  folds: number;
  seed: number;
  /** Rows per source at most, for a quick look. */
  mostRowsPerSource?: number | undefined;
  /** A smaller training than the router's own, for a quick look. */
  training?: Omit<OurTraining, 'seed'> | undefined;
};

export const SPLITS = ['cross-validated', 'unseen domains', 'unseen sources'] as const;
export type Split = (typeof SPLITS)[number];

/** Everything the sections share: data, splits and the methods side by side. */
export type Bench = {
  options: BenchOptions;
  training: OurTraining;
  methods: readonly RoutingMethod[];
  ours: OurPredictions;
  /** `undefined` when the data has no such pool. A source's name stands for the pair of models on that source alone. */
  pool(name: string): Promise<Pool | undefined>;
  /** The folds of a split; the same lists every time, so that fits are shared. */
  folds(pool: Pool, split: Split): Fold[];
};

/** The pool whose sources are also pools of their own: RouteLLM's pair of models. */
export const PAIR_POOL = 'routellm_pair';
/** A fold per domain would fit dozens of routers: beyond this many, domains are left out together. */
const MOST_DOMAIN_FOLDS = 6;

/**
 * Fewer fits than the shipped artefact's: they calibrate slopes and spreads, and leave what is ranked as it is. Spreads on
 * requests unlike the data are narrower for it, so coverage there is a lower bound.
 */
const QUICKER_TRAINING = { folds: 3, holdOutSources: false } as const;

export function openBench(
  definitions: ReadonlyMap<string, PoolDefinition>,
  read: SourceReader,
  options: BenchOptions,
): Bench {
  const { seed } = options;
  const training = { ...QUICKER_TRAINING, ...options.training, seed };
  const ours = ourPredictions(training);
  const known = new WeakMap<Pool, Map<Split, Fold[]>>();
  const pools = new Map<string, Promise<Pool>>();
  const definitionOf = (name: string): PoolDefinition | undefined => {
    const pair = definitions.get(PAIR_POOL);
    return definitions.get(name) ?? (pair?.src.includes(name) ? { ...pair, src: [name] } : undefined);
  };
  return {
    options,
    training,
    ours,
    methods: [randomGuess(seed), promptLength, domainTable, tfidfRidge, nearestNeighbours(seed), ...ourMethods(ours)],
    async pool(name) {
      const definition = definitionOf(name);
      if (definition === undefined) return undefined;
      const pool = pools.get(name) ?? readPool(name, definition, read).then((whole) => limited(whole, options));
      pools.set(name, pool);
      return pool;
    },
    folds(pool, split) {
      const bySplit = known.get(pool) ?? new Map<Split, Fold[]>();
      const folds = bySplit.get(split) ?? foldsOf(pool, split, options);
      known.set(pool, bySplit.set(split, folds));
      return folds;
    },
  };
}

/** The splits a pool is measured on: domains and sources are left out where that is asked for and there are several. */
export function splitsOf(pool: Pool, unseen: readonly string[]): Split[] {
  const isUnseen = unseen.includes(pool.name);
  const isPossible: Record<Split, boolean> = {
    'cross-validated': true,
    'unseen domains': isUnseen,
    'unseen sources': isUnseen && sourcesOf(pool).length > 1,
  };
  return SPLITS.filter((split) => isPossible[split]);
}

function foldsOf(pool: Pool, split: Split, { folds, seed }: BenchOptions): Fold[] {
  if (split === 'cross-validated') return groupFolds(pool, folds, seed);
  return split === 'unseen domains' ? domainFolds(pool, MOST_DOMAIN_FOLDS) : sourceFolds(pool);
}

/** A part of each source's near-duplicate groups, about as many rows as allowed. */
function limited(pool: Pool, { mostRowsPerSource, seed }: BenchOptions): Pool {
  if (mostRowsPerSource === undefined) return pool;
  const parts = 1_000;
  const sizes = Map.groupBy(pool.rows, ({ row }) => row.source);
  const isKept = ({ row, group }: PoolRow): boolean =>
    partOf(group, parts, seed) < (parts * mostRowsPerSource) / (sizes.get(row.source)?.length ?? 1);
  return { ...pool, rows: pool.rows.filter(isKept) };
}
