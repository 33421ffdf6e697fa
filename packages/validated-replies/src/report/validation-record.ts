import type { ValidatedReply } from '../validated-reply.ts';

/** What became of one question: data small enough to keep for every one. */
export type ValidationRecord = {
  model: string;
  /** `to-review`: a value, but a rule wants a person to look. `not-answered`: the call failed, which says nothing of the replies. */
  outcome: 'success' | 'to-review' | 'failed' | 'refused' | 'not-answered';
  /** Replies that the model gave. */
  tries: number;
};

export function validationRecord(model: string, reply: ValidatedReply<unknown>): ValidationRecord {
  return { model, outcome: outcomeOf(reply), tries: reply.attempts.length };
}

function outcomeOf(reply: ValidatedReply<unknown>): ValidationRecord['outcome'] {
  if (reply.status === 'refused') return 'refused';
  if (reply.status === 'failed') return reply.why === 'invalid' ? 'failed' : 'not-answered';
  return needsReview(reply) ? 'to-review' : 'success';
}

/** Whether a value was kept that a person should look at: valid by syntax and schema, but a rule marked `review` complained. */
export function needsReview(reply: ValidatedReply<unknown>): boolean {
  return 'value' in reply && reply.review.length > 0;
}
