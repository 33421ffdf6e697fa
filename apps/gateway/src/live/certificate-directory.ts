import type { StoredCertificate } from '@pointsman/db';
import { type PolicyCertificate, readPolicyCertificate } from '@pointsman/router-model/choice';

export type CertificateDirectory = {
  /** The client's own, else the one that holds for everybody. */
  find(clientId: string, policy: string): PolicyCertificate | undefined;
};

/** The latest certificates by client and policy. One that cannot be read (a newer version wrote it) promises nothing. */
export function buildCertificateDirectory(latest: readonly StoredCertificate[]): CertificateDirectory {
  const known = new Map<string, PolicyCertificate>();
  for (const stored of latest) {
    const certificate = readPolicyCertificate(stored);
    if (certificate !== undefined) known.set(keyOf(stored.clientId, stored.policy), certificate);
  }
  return { find: (clientId, policy) => known.get(keyOf(clientId, policy)) ?? known.get(keyOf(null, policy)) };
}

const keyOf = (clientId: string | null, policy: string): string => `${clientId ?? ''}:${policy}`;
