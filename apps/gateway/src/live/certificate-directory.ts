import type { StoredCertificate } from '@pointsman/db';
import type { PolicyCertificate } from '@pointsman/router-model/choice';
import { floorRuleOf, issuedCertificateSchema } from '@pointsman/router-model/floor';

export type CertificateDirectory = {
  /** The client's own, else the one that holds for everybody. */
  find(clientId: string, policy: string): PolicyCertificate | undefined;
};

/** The latest certificates by client and policy. One that cannot be read (a newer version wrote it) promises nothing. */
export function buildCertificateDirectory(latest: readonly StoredCertificate[]): CertificateDirectory {
  const known = new Map<string, PolicyCertificate>();
  for (const { id, clientId, policy, status, body } of latest) {
    const { data: issued } = issuedCertificateSchema.safeParse(body);
    if (issued === undefined) continue;
    const certificate = { id, isActive: status === 'active', issued, rule: floorRuleOf(issued.certificate) };
    known.set(keyOf(clientId, policy), certificate);
  }
  return { find: (clientId, policy) => known.get(keyOf(clientId, policy)) ?? known.get(keyOf(null, policy)) };
}

const keyOf = (clientId: string | null, policy: string): string => `${clientId ?? ''}:${policy}`;
