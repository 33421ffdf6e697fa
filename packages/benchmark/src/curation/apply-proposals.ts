import type { BenchmarkVersion } from '@pointsman/contracts';
import type { BenchmarkDraft, Signature } from '../versions/benchmark-draft.ts';
import { putCases, retireCases } from '../versions/edit-draft.ts';
import type { Proposal } from './proposal.ts';

/**
 * The draft with the proposals taken over, signed by the person who decided; each change's reason is that person's and
 * the proposal's.
 * @throws {GatewayError} `not_found` when a case to retire is not there.
 */
export function applyProposals(
  draft: BenchmarkDraft,
  previous: BenchmarkVersion | undefined,
  proposals: readonly Proposal[],
  signature: Signature,
): BenchmarkDraft {
  return proposals.reduce((edited, proposal) => {
    const signed = { ...signature, reason: `${signature.reason}: ${proposal.reason}` };
    return proposal.action === 'retire'
      ? retireCases(edited, previous, [proposal.caseId], signed)
      : putCases(edited, [proposal.case], signed);
  }, draft);
}
