import type { Decision, Sampling } from '@pointsman/contracts';
import type { AnswerCall } from './answer-call.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';

/**
 * Whether the reply to a request is drawn for people to rate, at its client's share. By 28 random bits of the id (a version 7
 * UUID), and by others than the shadow's: the two are drawn independently.
 */
export const isDrawn = (decisionId: string, sampling: Sampling | undefined): boolean =>
  sampling !== undefined && Number.parseInt(decisionId.slice(-15, -8), 16) / 2 ** 28 < sampling.share;

/**
 * Hands a drawn request to those who store samples; nobody waits for them.
 * @param completion Gives the chat.completion as JSON text, once the reply is out of the house; undefined when it is not whole.
 */
export function sampleForEvaluation(
  { call, decision }: { call: Pick<AnswerCall, 'caller' | 'parsed'>; decision: Decision },
  completion: () => string | undefined,
  { samples }: Pick<PipelineDependencies, 'samples'>,
): void {
  const { sampling } = call.caller.client;
  if (sampling === undefined || !isDrawn(decision.id, sampling)) return;
  samples.offer({ decision, request: call.parsed.request, retentionDays: sampling.retentionDays, completion });
}
