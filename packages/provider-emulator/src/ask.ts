import type { JsonObject } from './json-value.ts';

/** A function the model may call. */
export type AskTool = { name: string; schema: JsonObject };

/** How a provider finds the part of a prompt that it has read before. */
export type AskCache =
  | { mode: 'none' }
  /** Every prefix of at least 1,024 tokens, cut down to a multiple of `granule`. */
  | { mode: 'automatic'; granule: number }
  /** Only prefixes that end at a marked segment; `lifetime` of the entries that are written. */
  | { mode: 'breakpoints'; after: readonly number[]; lifetime: '5m' | '1h' };

/** A chat request once its wire format no longer matters. */
export type Ask = {
  model: string;
  stream: boolean;
  /** Whether a stream reports usage. */
  streamUsage: boolean;
  /** Text of the last user message. */
  prompt: string;
  /** Everything that is read, in the order in which it is read and cached. */
  segments: readonly string[];
  messageCount: number;
  tools: readonly AskTool[];
  toolChoice: 'none' | 'auto' | 'required' | { name: string };
  parallelTools: boolean;
  /** The last message brings a tool's result. */
  answersToolResult: boolean;
  output: { type: 'text' } | { type: 'json_object' } | { type: 'json_schema'; schema: JsonObject };
  choices: number;
  stop: readonly string[];
  maxTokens: number | undefined;
  /** Number of alternatives per token; absent: no log probabilities. */
  topLogprobs: number | undefined;
  seed: number | undefined;
  /** Tokens to think with; 0 means not at all. */
  reasoningBudget: number;
  /** Whether a provider that can show thoughts shows these. */
  reasoningShown: boolean;
  cache: AskCache;
};

/** A request for embeddings once its wire format no longer matters. */
export type EmbeddingAsk = {
  model: string;
  /** Texts, or lists of token numbers. */
  inputs: readonly (string | readonly number[])[];
  dimensions: number;
  base64: boolean;
};
