import type { CertificateView, Figure } from '@pointsman/contracts';
import type { StoredCertificate } from '@pointsman/db';
import { issuedCertificateSchema } from '@pointsman/router-model/floor';

type Bounded = { estimate: number; low: number; high: number; n: number } | { tooFew: true; n: number };

/** A certificate as people read it; undefined for one that cannot be read, as a newer version wrote it. */
export function viewCertificate(stored: StoredCertificate): CertificateView | undefined {
  const { data } = issuedCertificateSchema.safeParse(stored.body);
  if (data === undefined) return undefined;
  const { floor, strongest, requests, measured, parts, assumptions } = data.certificate;
  return {
    id: stored.id,
    status: stored.status,
    ...(stored.why !== undefined && { why: stored.why }),
    issuedAt: stored.issuedAt,
    routerVersion: stored.routerVersion,
    isGlobal: stored.clientId === null,
    floor,
    strongest,
    requests,
    delivered: figureOf(measured.delivered),
    saving: figureOf(measured.saving),
    domains: parts.flatMap(({ domains, threshold }) =>
      domains.map((domain) => ({ domain, certified: threshold !== undefined })),
    ),
    assumptions,
  };
}

const figureOf = (interval: Bounded): Figure =>
  'tooFew' in interval
    ? { count: interval.n }
    : { value: interval.estimate, interval: { low: interval.low, high: interval.high }, count: interval.n };
