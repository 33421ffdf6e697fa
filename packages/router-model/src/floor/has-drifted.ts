import { compareShares } from '@pointsman/statistics';
import { at } from '../mathematics/matrix.ts';
import type { Certificate, CertificatePart } from './certificate.ts';
import { binOf } from './familiarity-bins.ts';

/** A served request, as far as drift needs to know it. */
export type SeenRequest = { domain: string; familiarity: number };

export type DriftTest = {
  what: 'domains' | 'familiarity';
  /** The part of the certificate that was compared. */
  domains: string[];
  requests: number;
  pValue: number;
  /** Half the sum of absolute differences of shares, in [0, 1]. */
  totalVariation: number;
  hasMoved: boolean;
};

export type Drift =
  | { kind: 'too-few'; requests: number; requestsNeeded: number }
  | { kind: 'steady' | 'drifted'; tests: DriftTest[] };

/**
 * Whether live traffic has moved away from the data a certificate stands on: then it has expired.
 *
 * Chi-square tests of the shares of the domains and of the deciles of familiarity. A certificate per domain holds for any
 * mix, so that there only the familiarity within each domain counts. Moved means both: too unlikely by chance
 * (p <= 0.001 per test and look) and far enough to matter (total variation of 0.1 or more), for over a large window any
 * difference is significant. It sees what is seen of requests; whether scores moved is for `checkLive`.
 */
export function hasDrifted({ scope, parts }: Certificate, window: readonly SeenRequest[]): Drift {
  const tests = parts.flatMap((part) => {
    const own = scope === 'mixture' ? window : window.filter(({ domain }) => part.domains.includes(domain));
    if (own.length < FEWEST_REQUESTS) return [];
    return scope === 'mixture'
      ? [compareDomains(part, own), compareFamiliarity(part, own)]
      : [compareFamiliarity(part, own)];
  });
  if (tests.length === 0) return { kind: 'too-few', requests: window.length, requestsNeeded: FEWEST_REQUESTS };
  return { kind: tests.some(({ hasMoved }) => hasMoved) ? 'drifted' : 'steady', tests };
}

function compareDomains({ domains, reference }: CertificatePart, own: readonly SeenRequest[]): DriftTest {
  // One more category: domains that the calibration data did not have.
  const columnOf = new Map(domains.map((domain, index) => [domain, index]));
  const counts = countBy(own, domains.length + 1, ({ domain }) => columnOf.get(domain) ?? domains.length);
  return testOf('domains', domains, [...reference.domains, 0], counts);
}

function compareFamiliarity({ domains, reference }: CertificatePart, own: readonly SeenRequest[]): DriftTest {
  const { edges, counts } = reference.familiarity;
  return testOf(
    'familiarity',
    domains,
    counts,
    countBy(own, counts.length, ({ familiarity }) => binOf(familiarity, edges)),
  );
}

function testOf(
  what: DriftTest['what'],
  domains: string[],
  then: readonly number[],
  now: readonly number[],
): DriftTest {
  const { pValue, totalVariation } = compareShares(then, now);
  const requests = now.reduce((sum, count) => sum + count, 0);
  const hasMoved = pValue <= LEVEL && totalVariation >= LEAST_VARIATION;
  return { what, domains, requests, pValue, totalVariation, hasMoved };
}

function countBy<T>(values: readonly T[], columns: number, columnOf: (value: T) => number): number[] {
  const counts = Array.from({ length: columns }, () => 0);
  for (const value of values) {
    const column = columnOf(value);
    counts[column] = at(counts, column) + 1;
  }
  return counts;
}

const FEWEST_REQUESTS = 200;
const LEVEL = 0.001;
const LEAST_VARIATION = 0.1;
