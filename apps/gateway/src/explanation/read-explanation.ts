import type { Decision, DecisionExplanation } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { viewCertificate } from '../replay/view-certificate.ts';
import { explainDecision } from './explain-decision.ts';

/** A decision explained, with the certificate that it names and what its client said of the reply. */
export async function readExplanation(
  decision: Decision,
  { certificates, feedback }: Pick<Repositories, 'certificates' | 'feedback'>,
): Promise<DecisionExplanation> {
  const certificateId = decision.floor?.certificateId;
  const [stored, said] = await Promise.all([
    certificateId === undefined ? undefined : certificates.get(certificateId),
    feedback.listFor(decision.id),
  ]);
  return {
    ...explainDecision(decision),
    certificate: stored && viewCertificate(stored),
    feedback: said
      .filter(({ clientId }) => clientId === decision.clientId)
      .map(({ decision_id: _id, clientId: _clientId, ...rest }) => rest),
  };
}
