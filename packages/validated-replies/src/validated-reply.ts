import type { ChatRequest } from '@pointsman/contracts';

/** What a model said. */
export type ReplyText = {
  kind: 'text';
  text: string;
  /** Why it ended, in OpenAI's words: `stop`, `length`, `content_filter`. */
  finish?: string | undefined;
  /** What the model said instead, where the provider marks refusals. */
  refusal?: string | undefined;
};

/** Calls the model once; rejects when the call failed for good. */
export type AskModel = (request: ChatRequest) => Promise<ReplyText>;

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What the schema cannot say. */
export type Rule<T> = {
  name: string;
  /** The complaint, written for the model that is to correct it; undefined when all is well. */
  check(value: T): string | undefined | Promise<string | undefined>;
  /** A complaint keeps the value and flags it for a person; it does not go back to the model. */
  review?: boolean | undefined;
};

/** The stages a reply passes, cheapest first. */
export const STAGES = ['refusal', 'syntax', 'schema', 'rules'] as const;
export type Stage = (typeof STAGES)[number];

/** One reply of the model and where it fell. */
export type Attempt = {
  text: string;
  finish?: string | undefined;
  /** The stage that it failed; absent when it was accepted. */
  stage?: Stage | undefined;
  complaints: readonly string[];
};

/**
 * What came of asking. `attempts` are all replies in order, the accepted one last. A call that fails ends the asking:
 * `call-failed` with what `ask` threw, and the replies before it.
 */
export type ValidatedReply<T> =
  | {
      status: 'valid' | 'repaired';
      value: T;
      /** Complaints of the rules marked `review`; empty when nobody need look. */
      review: readonly string[];
      attempts: readonly Attempt[];
    }
  | { status: 'refused'; detail: string; attempts: readonly Attempt[] }
  | { status: 'failed'; why: 'invalid'; complaints: readonly string[]; attempts: readonly Attempt[] }
  | { status: 'failed'; why: 'call-failed'; error: unknown; attempts: readonly Attempt[] };
