import { type Certificate, certificateSchema, type IssuedCertificate } from '@pointsman/router-model/floor';

/** As stored for equal weights and one price of each model, with what the test says of it. */
export function sampleCertificate(
  over: Partial<Certificate> = {},
  prices: Record<string, string> = { 'p/cheap': '1', 'p/best': '100' },
): IssuedCertificate {
  const tooFew = { tooFew: true as const, n: 1 };
  const certificate = certificateSchema.parse({
    format: 1,
    floor: { kind: 'share-of-strongest', share: 0.95, confidence: 0.95 },
    scope: 'mixture',
    strongest: 'p/best',
    models: Object.keys(prices),
    leastFamiliarity: 0.2,
    parts: [samplePart({})],
    groups: 1000,
    requests: 1000,
    measured: {
      delivered: tooFew,
      quality: tooFew,
      strongestQuality: tooFew,
      saving: tooFew,
      costNanoUsd: 10,
      strongestCostNanoUsd: 100,
    },
    assumptions: [],
    data: { hash: 'sha256:0' },
    routerVersion: '0123456789ab',
    issuedAt: '2026-11-21T00:00:00.000Z',
    ...over,
  });
  return { certificate, weights: {}, prices };
}

/** The one part of a certificate: half legal and half travel, familiarity spread evenly over [0, 1). */
export function samplePart(over: Partial<Certificate['parts'][number]>): Certificate['parts'][number] {
  return {
    domains: ['legal', 'travel'],
    threshold: 0.9,
    level: 0.05,
    groups: 1000,
    requests: 1000,
    delivered: 0.98,
    bound: 0.96,
    saving: 0.5,
    reference: {
      domains: [500, 500],
      familiarity: {
        edges: Array.from({ length: 9 }, (_, n) => (n + 1) / 10),
        counts: Array.from({ length: 10 }, () => 100),
      },
    },
    ...over,
  };
}
