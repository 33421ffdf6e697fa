import type { BenchmarkCase, ChatRequest } from '@pointsman/contracts';
import type { ReplyText } from '@pointsman/validated-replies';
import type { VerdictPrompt } from '../prompts/judge-prompt.ts';
import type { RubricSet } from '../rubrics/rubric-set.ts';

/** What is shown of a case: nothing else of it reaches the judge. */
export type JudgedCase = Pick<BenchmarkCase, 'messages' | 'reference'>;

/**
 * Calls the judge model. `sample` counts from 0; the samples of one question are asked with equal requests, so a cache
 * or a ledger needs request and sample for a key. Throw `JudgingStopped` where nothing more may be asked.
 */
export type AskJudge = (request: ChatRequest, about: { sample: number }) => Promise<ReplyText>;

/** How a judge model is called. */
export type Sampling = {
  /** Catalogue id, as it stands in the request. */
  model: string;
  /** Verdicts asked for and averaged. */
  samples: number;
  temperature: number;
  /** False for models without structured output: the schema then stands in the prompt. */
  strict: boolean;
};

/** A judge and how it is asked. */
export type Judge = Sampling & {
  rubrics: RubricSet;
  prompt: VerdictPrompt;
  /** One call for each dimension; otherwise one for all, which costs less and lets one dimension colour another. */
  separately: boolean;
};

/** How judges sample unless told otherwise. More than 5 samples bring little; at 1 they differ, and reasoning models take nothing else. */
export const JUDGE_DEFAULTS = { samples: 5, temperature: 1, strict: true, separately: false } as const;

/** What a caller's `ask` throws to end the judging: verdicts not yet reached are unscored for this reason. */
export class JudgingStopped extends Error {
  override readonly name = 'JudgingStopped';
  readonly why: 'cost-ceiling' | 'cancelled';

  constructor(why: 'cost-ceiling' | 'cancelled', message: string) {
    super(message);
    this.why = why;
  }
}
