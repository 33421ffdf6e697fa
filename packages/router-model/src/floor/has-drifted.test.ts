import { describe, expect, it } from 'vitest';
import type { Certificate } from './certificate.ts';
import { certify } from './certify.ts';
import { hasDrifted } from './has-drifted.ts';
import { drawReplay, simulateTraffic } from './test/simulated-replay.ts';

const traffic = simulateTraffic({ seed: 'drift', groups: 1500 });

function certificate(perDomain: boolean): Certificate {
  const result = certify(drawReplay(traffic, 1200, 'calibration'), {
    floor: { kind: 'share-of-strongest', share: 0.9, confidence: 0.95 },
    perDomain,
    evidence: { hash: 'sha256:0' },
    routerVersion: '0123456789ab',
    issuedAt: '2026-11-21T00:00:00Z',
    resamples: 20,
  });
  if (result.kind === 'refused') throw new Error(result.message);
  return result.certificate;
}
const MIXTURE = certificate(false);
const PER_DOMAIN = certificate(true);
/** One request for each group, as the certificate counts. */
const seen = (n: number, seed: string) => [...new Map(drawReplay(traffic, n, seed).map((r) => [r.group, r])).values()];

describe('hasDrifted', () => {
  it('needs 200 requests', () => {
    expect(hasDrifted(MIXTURE, seen(199, 'few'))).toEqual({ kind: 'too-few', requests: 199, requestsNeeded: 200 });
    expect(hasDrifted(PER_DOMAIN, seen(250, 'few'))).toMatchObject({ kind: 'too-few' });
    expect(hasDrifted(MIXTURE, seen(200, 'enough'))).toMatchObject({ kind: 'steady' });
  });

  it('is steady on more traffic of the same kind', () => {
    const alarms = Array.from({ length: 200 }, (_, n) => hasDrifted(MIXTURE, seen(400, `same ${n}`)).kind).filter(
      (kind) => kind !== 'steady',
    );
    // Two tests at 0.001: 0.4 alarms expected if the size of the effect were no condition.
    expect(alarms.length).toBeLessThanOrEqual(2);
  });

  it('sees another mix of domains and a new one, which a certificate per domain allows', () => {
    const window = seen(2000, 'mix');
    const otherMix = window.filter(({ domain }, n) => domain !== 'travel' || n % 5 === 0);
    expect(hasDrifted(MIXTURE, otherMix)).toMatchObject({ kind: 'drifted' });
    const newDomain = window.map((request, n) => (n % 6 === 0 ? { ...request, domain: 'law' } : request));
    const drift = hasDrifted(MIXTURE, newDomain);
    expect(drift.kind === 'drifted' && drift.tests.map(({ what, hasMoved }) => [what, hasMoved])).toEqual([
      ['domains', true],
      ['familiarity', false],
    ]);
    expect(hasDrifted(PER_DOMAIN, otherMix)).toMatchObject({ kind: 'steady' });
  });

  it('sees less familiar traffic, in a certificate per domain too', () => {
    const stranger = seen(2000, 'strange').map((r, n) => (n % 4 === 0 ? { ...r, familiarity: r.familiarity / 2 } : r));
    expect(hasDrifted(MIXTURE, stranger)).toMatchObject({ kind: 'drifted' });
    expect(hasDrifted(PER_DOMAIN, stranger)).toMatchObject({ kind: 'drifted' });
  });

  it('does not expire on differences that are significant but small', () => {
    const window = seen(20_000, 'large').filter(({ domain }, n) => domain !== 'travel' || n % 6 !== 0);
    const drift = hasDrifted({ ...MIXTURE, parts: MIXTURE.parts.map(tenfold) }, window);
    expect(drift.kind).toBe('steady');
    expect(drift.kind === 'steady' && drift.tests[0]?.pValue).toBeLessThan(0.001);
  });
});

/** A reference of ten times the size. */
function tenfold(part: Certificate['parts'][number]): Certificate['parts'][number] {
  const { domains, familiarity } = part.reference;
  const grow = (counts: number[]) => counts.map((count) => 10 * count);
  return {
    ...part,
    reference: { domains: grow(domains), familiarity: { ...familiarity, counts: grow(familiarity.counts) } },
  };
}
