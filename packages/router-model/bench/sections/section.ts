import type { Bench, Split } from '../bench.ts';
import type { Pool } from '../data/pool.ts';
import type { ChartPanel } from '../report/chart.ts';
import type { HeldOutFold, Tuning } from '../splits/hold-out.ts';

export type SectionOptions = {
  resamples: number;
  /** Pools to measure. */
  pools: readonly string[];
  /** Pools whose domains and sources are also left out in turn. */
  unseen: readonly string[];
  /** Told what is being done. */
  onProgress: (message: string) => void;
};

/** What a section works with. */
export type SectionInput = {
  bench: Bench;
  /** Every fold of a split held out; `only` names the one fold that is wanted. The same call is worked out once. */
  holdOutAll(pool: Pool, split: Split, how?: { tuning?: Tuning; only?: string }): Promise<HeldOutFold[]>;
  options: SectionOptions;
};

/** One part of the benchmark: what goes into the JSON file and what a person reads. */
export type SectionReport = { data: unknown; markdown: string; panels?: ChartPanel[] };
