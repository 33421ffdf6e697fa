import type { ModelFacts } from '../prior/model-facts.ts';
import type { TaxonomyData } from '../taxonomy/read-taxonomy-data.ts';
import type { SplitOptions } from './prepare-data.ts';
import type { TextEncoderOption } from './use-text-encoder.ts';

export type TrainingOptions = {
  /** Same rows, options and seed: same artefact, to the byte. */
  seed?: number | undefined;
  /** Which rows to learn from; default `train`. */
  split?: SplitOptions['split'] | undefined;
  /** Share of near-duplicate groups held out among rows without a split of their own; default 0.15. */
  holdout?: number | undefined;
  /** Models with fewer scored rows get no column; default 100. */
  minModelRows?: number | undefined;
  /** Models to leave out; default those called `-base`, which do not chat. */
  excludeModels?: RegExp | undefined;
  /** Buckets of the hashing, a power of two; default 16,384. */
  buckets?: number | undefined;
  /** Dimensions of the text projection; default 96. */
  latent?: number | undefined;
  /** Folds of cross-fitting; default 4. */
  folds?: number | undefined;
  /**
   * Whether to hold out each source whole as well, to learn how wide spreads must be on requests unlike the data; a fit
   * per source. Default true.
   */
  holdOutSources?: boolean | undefined;
  /** Licence and origin of the sources, by name, for the manifest. */
  sourceNotes?: Record<string, { licence: string; origin: string }> | undefined;
  /** What domain and task are learned from; without it every request is of an unknown one. */
  taxonomy?: TaxonomyData | undefined;
  /** What a catalogue says of models: how ability goes with it is what is believed of models nobody evaluated. */
  catalog?: readonly ModelFacts[] | undefined;
  /** A text encoder to take in if it earns its time on rows kept from it; none by default. */
  textEncoder?: TextEncoderOption | undefined;
  /** Told what is being done, in words. */
  onProgress?: ((message: string) => void) | undefined;
};

export type Settings = {
  [K in keyof Omit<TrainingOptions, 'textEncoder'>]-?: Exclude<TrainingOptions[K], undefined>;
} & Pick<TrainingOptions, 'textEncoder'>;

/** The options with their defaults filled in. */
export const settingsFrom = (options: TrainingOptions): Settings => ({
  seed: options.seed ?? 1,
  split: options.split ?? 'train',
  holdout: options.holdout ?? 0.15,
  minModelRows: options.minModelRows ?? 100,
  excludeModels: options.excludeModels ?? /-base$/,
  buckets: options.buckets ?? 16_384,
  latent: options.latent ?? 96,
  folds: options.folds ?? 4,
  holdOutSources: options.holdOutSources ?? true,
  sourceNotes: options.sourceNotes ?? {},
  taxonomy: options.taxonomy ?? { prompts: [], domainWords: {}, taskWords: {} },
  catalog: options.catalog ?? [],
  textEncoder: options.textEncoder,
  onProgress: options.onProgress ?? (() => undefined),
});
