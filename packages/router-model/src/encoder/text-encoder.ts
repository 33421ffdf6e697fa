import type { Prompt } from '../prompt.ts';

/** Shape of a transformer encoder with a funnel stem, which merges neighbouring tokens into one position. */
export type EncoderShape = {
  /** Tokens in the vocabulary, padding (id 0) included. */
  vocabulary: number;
  /** Width of a token's embedding, before merging. */
  tokenWidth: number;
  /** Neighbouring tokens merged into one position of the transformer; 1 merges nothing. */
  merge: number;
  /** Width of a position. */
  width: number;
  layers: number;
  attentionHeads: number;
  /** Width of the feed-forward layers. */
  hidden: number;
  /** Most tokens of one prompt, a multiple of `merge`. */
  maxTokens: number;
};

/** Token ids of one prompt: head and tail where it is too long, at most `maxTokens`, never empty, not padded. */
export type Tokenise = (prompt: Prompt) => Int32Array;

/** A text encoder ready to use: text in, one vector out. Both sizes of encoder stand behind it. */
export type TextEncoder = {
  /** First 12 hex digits of the SHA-256 of its ONNX file. */
  readonly version: string;
  /** Length of the vectors. */
  readonly width: number;
  /** The mean over positions, scaled to unit length. Blocks the thread it is called on. */
  embed(prompt: Prompt): Promise<Float32Array>;
  release(): Promise<void>;
};

/** What an encoder is trained to tell of each prompt; rows as in the prompts. */
export type EncoderTargets = {
  /** Rows x kinds: what kind of request it is, each row adding up to 1 (a label is a row with a single 1). */
  kinds: { columns: number; data: Float32Array };
  /**
   * What is known of the replies to each prompt, sparse. A reply to prompt `row` that scored `score` in [0, 1] belongs to
   * `column` (a model in a dimension) and was expected to score `sigmoid(offset)` before the prompt was read. The encoder
   * learns skills `s(prompt)` so that `sigmoid(offset + s . abilities[column])` predicts the score.
   */
  replies: { row: Int32Array; column: Int32Array; score: Float32Array; offset: Float32Array };
  /** Columns x skills. */
  abilities: { columns: number; skills: number; data: Float32Array };
  /** Rows x width of a teacher's vectors, to be imitated through a linear map; absent without a teacher. */
  teacher?: { width: number; data: Float32Array } | undefined;
};
