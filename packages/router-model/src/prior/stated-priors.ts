import { DIMENSIONS, type Dimension, type DimensionScores, type ScoreEstimate } from '@pointsman/contracts';

/**
 * Beliefs, not measurements: how a dimension nobody scored follows from a model's accuracy, `floor + slope * accuracy`.
 * Current chat models rarely fail on tone or safety whatever their knowledge, hence high floors and gentle slopes; the
 * spread is wide enough that any benchmark result outweighs it.
 */
const TIES: Record<Dimension, { floor: number; slope: number; spread: number }> = {
  factual_accuracy: { floor: 0, slope: 1, spread: 0.2 },
  coherence: { floor: 0.55, slope: 0.4, spread: 0.15 },
  relevance: { floor: 0.5, slope: 0.4, spread: 0.15 },
  completeness: { floor: 0.4, slope: 0.5, spread: 0.15 },
  tone: { floor: 0.6, slope: 0.3, spread: 0.15 },
  safety: { floor: 0.7, slope: 0.2, spread: 0.15 },
};

/** The stated prior of a dimension for a model whose mean accuracy, in [0, 1], is known. */
export function tiedPrior(dimension: Dimension, accuracy: number): ScoreEstimate {
  const { floor, slope, spread } = TIES[dimension];
  return { mean: floor + slope * accuracy, spread };
}

/** The mean and standard deviation of the uniform distribution on [0, 1]: nothing is known. */
const UNKNOWN_SCORE: ScoreEstimate = { mean: 0.5, spread: Math.sqrt(1 / 12) };

/** Expected output of a model nobody has evaluated: a few paragraphs. */
export const UNKNOWN_OUTPUT_TOKENS = 400;

/** The scores of a model nobody has evaluated: one frozen object, for most of a catalogue is in that case. */
export const UNKNOWN_SCORES: DimensionScores = Object.freeze(
  Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, Object.freeze({ ...UNKNOWN_SCORE })]),
  ) as DimensionScores,
);
