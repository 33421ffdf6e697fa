import { GatewayError } from '@pointsman/contracts';
import type { BenchmarkDraft, Review } from './benchmark-draft.ts';

/**
 * Puts a draft before a reviewer.
 * @throws {GatewayError} `conflict` when it is empty or under review already.
 */
export function submitDraft(draft: BenchmarkDraft): BenchmarkDraft {
  if (draft.edits.length === 0)
    throw refusal(`the draft of '${draft.name}' changes nothing: there is nothing to review.`);
  if (draft.status !== 'draft') throw refusal(`the draft of '${draft.name}' is ${statusText(draft)} already.`);
  return { ...draft, status: 'in-review', review: undefined };
}

/**
 * Approves a draft under review, or sends it back.
 * @throws {GatewayError} `conflict` when it is not under review; `permission_denied` when one of its authors approves it
 * without `override`, which is kept with the version.
 */
export function reviewDraft(draft: BenchmarkDraft, review: Review): BenchmarkDraft {
  if (draft.status !== 'in-review')
    throw refusal(`the draft of '${draft.name}' is ${statusText(draft)}, not in review: submit it first.`);
  const isOwn = draft.authors.includes(review.by);
  if (review.verdict === 'approved' && isOwn && !review.override)
    throw new GatewayError(
      'permission_denied',
      `${review.by} wrote part of the draft of '${draft.name}': somebody else approves it, or it is said to be an exception (override).`,
    );
  // An override that was not needed is none.
  const recorded = { ...review, override: isOwn && review.override };
  return { ...draft, status: review.verdict === 'approved' ? 'approved' : 'draft', review: recorded };
}

export const statusText = ({ status }: Pick<BenchmarkDraft, 'status'>): string => status.replace('-', ' ');

const refusal = (message: string): GatewayError => new GatewayError('conflict', message);
