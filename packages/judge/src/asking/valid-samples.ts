import type { UnscoredWhy } from '@pointsman/contracts';
import type { ValidatedReply } from '@pointsman/validated-replies';
import { JudgingStopped } from './judge.ts';

/** What one sample came to: what the judge said, or why it said nothing that counts. */
export type SampleOutcome<T> = { value: T } | { why: UnscoredWhy; detail: string };

export function sampleOutcome<T>(reply: ValidatedReply<T>): SampleOutcome<T> {
  if (reply.status === 'refused') return { why: 'judge-refused', detail: reply.detail };
  if (reply.status !== 'failed') return { value: reply.value };
  if (reply.why === 'invalid') return { why: 'invalid-verdict', detail: reply.complaints.join('; ') };
  const { error } = reply;
  const detail = error instanceof Error ? error.message : String(error);
  return { why: error instanceof JudgingStopped ? error.why : 'judge-failed', detail };
}

/**
 * The values of the samples, when at least half of them, rounded up, have one; otherwise why not: that the judging was
 * stopped, else the reason of most, of the first among equals.
 */
export function validSamples<T>(
  outcomes: readonly SampleOutcome<T>[],
): { values: readonly T[] } | { why: UnscoredWhy; detail: string } {
  const values = outcomes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : []));
  if (values.length >= Math.max(1, Math.ceil(outcomes.length / 2))) return { values };
  const missing = outcomes.flatMap((outcome) => ('value' in outcome ? [] : [outcome]));
  const stopped = missing.find(({ why }) => why === 'cost-ceiling' || why === 'cancelled');
  const reasons = [...Map.groupBy(missing, ({ why }) => why).values()].sort((a, b) => b.length - a.length);
  const { why, detail } = stopped ?? reasons[0]?.[0] ?? { why: 'judge-failed', detail: 'no sample was asked for' };
  return { why, detail: `${missing.length} of ${outcomes.length} samples have no verdict: ${detail}` };
}
