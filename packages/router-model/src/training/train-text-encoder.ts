import { seededRandom } from '@pointsman/statistics';
import { encoderModel } from '../encoder/graph/encoder-model.ts';
import type { EncoderShape, EncoderTargets } from '../encoder/text-encoder.ts';
import { createTokeniser } from '../encoder/tokeniser/create-tokeniser.ts';
import { trainVocabulary } from '../encoder/tokeniser/train-vocabulary.ts';
import type { HeldLosses } from '../encoder/training/held-losses.ts';
import { trainEncoder } from '../encoder/training/train-encoder.ts';
import type { Checkpoint, TrainingProgress } from '../encoder/training/training-options.ts';
import type { WritableTextEncoder } from '../encoder/write-text-encoder.ts';
import { rowOf, zeros } from '../mathematics/matrix.ts';
import { softmax } from '../mathematics/softmax.ts';
import { classLogits } from '../model/read-request.ts';
import type { TrainingRow } from '../rows.ts';
import { distilTargets, type TargetNames, type Teacher } from './distil.ts';
import { encoderTargets } from './encoder-targets.ts';
import { fitEncoder } from './fit-encoder.ts';
import { encodeAll, type Fitting, fitKindHead, fitRouter } from './fit-request.ts';
import { isInSplit, prepareData, type TrainingData } from './prepare-data.ts';
import { type Settings, settingsFrom, type TrainingOptions } from './training-settings.ts';
import { isHeldFromEncoders } from './use-text-encoder.ts';

/** Shape of the encoder that ships: 128 tokens of 3.85 characters hold most prompts whole, in about a millisecond. */
export const DEFAULT_SHAPE: EncoderShape = {
  vocabulary: 8_192,
  tokenWidth: 128,
  merge: 4,
  width: 256,
  layers: 4,
  attentionHeads: 4,
  hidden: 768,
  maxTokens: 128,
};

export type TextEncoderTraining = Pick<
  TrainingOptions,
  'seed' | 'split' | 'holdout' | 'minModelRows' | 'excludeModels' | 'buckets' | 'latent' | 'onProgress'
> & {
  shape?: EncoderShape | undefined;
  /** Passes over the prompts; default 4. */
  epochs?: number | undefined;
  /** Imitated instead of learning from labels alone; none by default. */
  teacher?: Teacher | undefined;
  checkpoint?: Checkpoint | undefined;
  onStep?: ((progress: TrainingProgress) => void) | undefined;
  /** Milliseconds on a clock that never goes back. */
  now: () => number;
};

/** A trained encoder ready to be written, and how it did on the prompts kept from it. */
export type TrainedTextEncoder = { encoder: WritableTextEncoder; epochs: readonly HeldLosses[]; prompts: number };

/**
 * Trains a text encoder from scored replies: a vocabulary of its own, then kinds and scores, or a teacher's opinion of
 * them. One near-duplicate group in eight is kept from it, so that `trainRouter` can tell whether it earns its time.
 */
export async function trainTextEncoder(
  rows: AsyncIterable<TrainingRow> | Iterable<TrainingRow>,
  options: TextEncoderTraining,
): Promise<TrainedTextEncoder> {
  const settings = settingsFrom(options);
  const chosen: TrainingRow[] = [];
  for await (const row of rows) if (isInSplit(row, settings)) chosen.push(row);
  const { fitting, targets } = prepareTargets(chosen, settings);
  const { data } = fitting;
  const shape = options.shape ?? DEFAULT_SHAPE;
  const isHeld = data.rows.map(isHeldFromEncoders);
  const everything = Int32Array.from(data.rows.keys());
  const learned = everything.filter((row) => isHeld[row] === false);
  const texts = Array.from(learned, (row) => data.rows[row]?.prompt.text ?? '');
  settings.onProgress(`learning a vocabulary from ${texts.length} prompts`);
  const tokenizerJson = trainVocabulary(texts, { size: shape.vocabulary });
  const tokenise = createTokeniser(tokenizerJson, { maxTokens: shape.maxTokens });
  const trained = await trainEncoder({
    shape,
    tokens: data.rows.map(({ prompt }) => tokenise(prompt)),
    targets: options.teacher === undefined ? targets : await distilTargets(options.teacher, targets, namesOf(data)),
    rows: learned,
    held: everything.filter((row) => isHeld[row] === true),
    seed: settings.seed,
    epochs: options.epochs ?? 4,
    tokenDropout: TOKEN_DROPOUT,
    checkpoint: options.checkpoint,
    onProgress: options.onStep,
    now: options.now,
  });
  const { width, maxTokens, merge } = shape;
  const sources = data.sources.join(', ');
  return {
    encoder: {
      onnx: encoderModel(trained, { int8: true }),
      tokenizerJson,
      kind: 'funnel',
      width,
      maxTokens,
      merge,
      provenance: `Trained from nothing by pointsman router encoder train on ${learned.length} prompts of ${sources}.`,
    },
    epochs: trained.epochs,
    prompts: learned.length,
  };
}

/** From nothing, on some 10,000 prompts, an encoder learns them by heart: hiding more of each prompt than usual delays that. */
const TOKEN_DROPOUT = 0.2;

/** Two halves by near-duplicate group: each is told its kinds by a head that learned from the other. */
const HALVES = 2;

/** Fits what the encoder starts from: kinds as told from n-grams, and the models' strengths. */
function prepareTargets(
  rows: readonly TrainingRow[],
  settings: Settings,
): { fitting: Fitting; targets: EncoderTargets } {
  settings.onProgress('fitting kinds and abilities for the encoder to start from');
  const data = prepareData(rows, { ...settings, folds: HALVES });
  const random = seededRandom(settings.seed);
  const encoder = fitEncoder(data.features, { buckets: settings.buckets, latent: settings.latent, random });
  const fitting: Fitting = { data, encoder, ...encodeAll(data, encoder), seed: settings.seed };
  const everything = Int32Array.from(data.rows.keys());
  const learned = everything.filter((row) => !isHeldFromEncoders(rowAt(data.rows, row)));
  const probabilities = zeros(data.rows.length, data.kinds.length);
  for (let half = 0; half < HALVES; half += 1) {
    const head = fitKindHead(
      fitting,
      learned.filter((row) => data.foldOf[row] !== half),
    );
    fitting.requests.forEach((request, row) => {
      if (data.foldOf[row] === half) rowOf(probabilities, row).set(softmax(classLogits(request, head)));
    });
  }
  const { models } = fitRouter(fitting, {
    kindHead: fitKindHead(fitting, learned),
    rows: learned,
    probabilities,
    // Familiarity takes no part in what an encoder learns.
    familiarity: { intercept: 0, slope: 1 },
  });
  return { fitting, targets: encoderTargets(data, models, { probabilities }) };
}

const namesOf = ({ rows, kinds, scores, models }: TrainingData): TargetNames => ({
  prompts: rows.map(({ prompt }) => prompt),
  kinds,
  dimensions: [...scores.keys()],
  models,
});

function rowAt(rows: readonly TrainingRow[], index: number): TrainingRow {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`no row ${index}`);
  return row;
}
