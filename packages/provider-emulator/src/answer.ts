import type { Ask } from './ask.ts';

export type AnswerToolCall = { name: string; arguments: unknown };

export type AnswerChoice = {
  text: string;
  reasoning: string | undefined;
  /** Reasoning that the script demands, shown even where the provider would hide it. */
  scriptedReasoning: string | undefined;
  refusal: string | undefined;
  toolCalls: readonly AnswerToolCall[];
  finish: 'end' | 'length' | 'stop-sequence' | 'tool-calls' | 'refusal';
  /** Overrides the provider's word for `finish`. */
  finishWord: string | undefined;
  stopSequence: string | undefined;
};

export type AnswerUsage = {
  /** All input, cached and cache-written tokens included. */
  inputTokens: number;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  /** All output, reasoning included. */
  outputTokens: number;
  reasoningTokens: number;
  costUsd: number | undefined;
};

/** What the emulated model says, before a wire format renders it. */
export type Answer = {
  ask: Ask;
  choices: readonly AnswerChoice[];
  /** Absent: the reply keeps silent about usage. */
  usage: AnswerUsage | undefined;
  usageOnLastChoice: boolean;
  chunkCount: number | undefined;
};
