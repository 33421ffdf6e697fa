import { policySchema } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import { floorRuleOf } from '../floor/certificate.ts';
import { certify } from '../floor/certify.ts';
import { drawReplay, simulateTraffic } from '../floor/test/simulated-replay.ts';
import type { IssuedCertificate } from '../issued-certificate.ts';
import { type FloorFacts, floorTermsOf } from './floor-terms.ts';

const floor = { kind: 'share-of-strongest', share: 0.9, confidence: 0.95 } as const;
const result = certify(drawReplay(simulateTraffic({ seed: 'terms', groups: 400 }), 600, 'terms'), {
  floor,
  evidence: { hash: 'sha256:0' },
  routerVersion: '0123456789ab',
  issuedAt: '2026-11-21T00:00:00Z',
  resamples: 20,
});
if (result.kind === 'refused') throw new Error(result.message);
const issued: IssuedCertificate = {
  certificate: result.certificate,
  weights: {},
  prices: { tiny: '1', large: '60' },
};
const certificate = { id: 'crt_1', isActive: true, issued, rule: floorRuleOf(issued.certificate) };
const FACTS: FloorFacts = {
  policy: { ...policySchema.parse({ name: 'promised', floor }), floor },
  certificate,
  prediction: { routerVersion: '0123456789ab', failed: false, domain: 'legal', familiarity: 0.5 },
  priceOf: (model) => issued.prices[model],
};
const { strongest } = issued.certificate;

describe('the terms of a floor', () => {
  test('are the certificate’s while it holds; a domain that was not recognised is a domain too', () => {
    const terms = { kind: 'in-force', certificateId: 'crt_1', rule: certificate.rule, familiarity: 0.5 };
    expect(floorTermsOf(FACTS)).toEqual({ ...terms, domain: 'legal' });
    expect(floorTermsOf({ ...FACTS, prediction: { ...FACTS.prediction, domain: undefined } })).toEqual({
      ...terms,
      domain: 'unknown',
    });
  });

  test.each([
    ['no certificate was issued', { certificate: undefined }, { why: 'no-certificate' }],
    ['it has expired', { certificate: { ...certificate, isActive: false } }, { why: 'expired', strongest }],
    [
      'another router serves',
      { prediction: { ...FACTS.prediction, routerVersion: 'none' } },
      { why: 'other-router', strongest },
    ],
    ['a price has changed', { priceOf: () => 'other' }, { why: 'prices-changed', strongest }],
    [
      'the policy asks for more',
      { policy: { ...FACTS.policy, floor: { ...floor, share: 0.999 } } },
      { why: 'policy-changed', strongest },
    ],
    [
      'the router does not answer',
      { prediction: { ...FACTS.prediction, failed: true, familiarity: undefined } },
      { why: 'prediction-failed', certificateId: 'crt_1', strongest },
    ],
  ] as const)('promise nothing when %s', (_, change, expected) => {
    expect(floorTermsOf({ ...FACTS, ...change })).toEqual({ kind: 'no-promise', ...expected });
  });
});
