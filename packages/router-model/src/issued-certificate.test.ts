import { describe, expect, it } from 'vitest';
import { certify } from './floor/certify.ts';
import { drawReplay, simulateTraffic } from './floor/test/simulated-replay.ts';
import { type CertificateConditions, type IssuedCertificate, whyNotInForce } from './issued-certificate.ts';

const FLOOR = { kind: 'share-of-strongest', share: 0.9, confidence: 0.95 } as const;
const result = certify(drawReplay(simulateTraffic({ seed: 'issued', groups: 400 }), 600, 'issued'), {
  floor: FLOOR,
  evidence: { hash: 'sha256:0' },
  routerVersion: '0123456789ab',
  issuedAt: '2026-11-21T00:00:00Z',
  resamples: 20,
});
if (result.kind === 'refused') throw new Error(result.message);
const issued: IssuedCertificate = {
  certificate: result.certificate,
  weights: { tone: 1 },
  prices: { tiny: '1', large: '60' },
};
const SAME: CertificateConditions = {
  floor: FLOOR,
  weights: { tone: 1, safety: 0 },
  routerVersion: '0123456789ab',
  priceOf: (model) => issued.prices[model],
};

describe('a certificate', () => {
  it('holds under what it was issued for, also while a model of its pool is gone', () => {
    expect(whyNotInForce(issued, SAME)).toBeUndefined();
    expect(whyNotInForce(issued, { ...SAME, priceOf: () => undefined })).toBeUndefined();
  });

  it.each([
    ['another share', { floor: { ...FLOOR, share: 0.95 } }, 'policy-changed'],
    ['another confidence', { floor: { ...FLOOR, confidence: 0.9 } }, 'policy-changed'],
    ['another kind of floor', { floor: { ...FLOOR, kind: 'share-below', score: 0.5 } }, 'policy-changed'],
    ['other weights', { weights: {} }, 'policy-changed'],
    ['another router', { routerVersion: 'ba9876543210' }, 'other-router'],
    ['another price', { priceOf: () => '60' }, 'prices-changed'],
  ] as const)('does not hold for %s', (_, change, why) => {
    expect(whyNotInForce(issued, { ...SAME, ...change })).toBe(why);
  });
});
