import type { Repositories, StoredCertificate } from '@pointsman/db';
import { type DriftTest, hasDrifted, issuedCertificateSchema, UNKNOWN } from '@pointsman/router-model/floor';

export type CertificateCheck = {
  certificates: Pick<Repositories['certificates'], 'claimForCheck' | 'servedUnder' | 'expire'>;
  now(): number;
  /** A certificate that any gateway checked within this time is left alone. */
  everyMs: number;
  onExpired(certificate: StoredCertificate): void;
};

const WINDOW_MS = 24 * 3_600_000;
const MOST_REQUESTS = 5_000;

/** Expires the certificates whose traffic has moved away from the data they stand on. */
export async function checkCertificates({ certificates, now, everyMs, onExpired }: CertificateCheck): Promise<void> {
  const from = new Date(now() - WINDOW_MS).toISOString();
  for (const { id, body } of await certificates.claimForCheck(everyMs)) {
    const { data } = issuedCertificateSchema.safeParse(body);
    if (data === undefined) continue;
    const served = await certificates.servedUnder({ certificateId: id, from, most: MOST_REQUESTS });
    const window = served.map(({ domain = UNKNOWN, familiarity }) => ({ domain, familiarity }));
    const drift = hasDrifted(data.certificate, window);
    if (drift.kind !== 'drifted') continue;
    const expired = await certificates.expire(id, describeDrift(drift.tests.filter(({ hasMoved }) => hasMoved)));
    if (expired !== undefined) onExpired(expired);
  }
}

function describeDrift(moved: readonly DriftTest[]): string {
  const findings = moved.map(({ what, domains, requests, pValue, totalVariation }) => {
    const where = what === 'familiarity' && domains.length === 1 ? ` in ${domains[0]}` : '';
    return `${what}${where} of ${requests} requests (p = ${pValue.toPrecision(2)}, total variation ${totalVariation.toFixed(2)})`;
  });
  return `the traffic has moved away from the certified data: ${findings.join('; ')}`;
}
