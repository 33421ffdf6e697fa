import { at } from '../mathematics/matrix.ts';
import { assumptionsOf } from './assumptions.ts';
import { type Certificate, type CertificatePart, floorRuleOf, type Reference } from './certificate.ts';
import { binOf, decileEdges } from './familiarity-bins.ts';
import type { Attempt } from './find-threshold.ts';
import type { Floor } from './floor.ts';
import { groupRequests, type RequestGroup } from './group-requests.ts';
import { measureFloor } from './measure-floor.ts';
import type { FloorRule } from './pick-for-floor.ts';
import { boundFloor, deliveredOf } from './prove-floor.ts';
import { replayFloor } from './replay-floor.ts';
import type { ReplayRequest } from './replay-request.ts';
import type { Part } from './split-parts.ts';

/** What a certificate says about where it comes from. */
export type CertificateFacts = {
  /** The calibration data's hash and the time window it comes from, in ISO 8601. */
  evidence: Certificate['data'];
  routerVersion: string;
  issuedAt: string;
  /** Bootstrap resamples of the intervals, default 1,000; they play no part in what is certified. */
  resamples?: number | undefined;
};

type ProvenPart = { part: Part; attempt: Attempt };
type Plan = {
  floor: Floor;
  scope: Certificate['scope'];
  rule: Omit<FloorRule, 'thresholds'>;
  proven: readonly ProvenPart[];
};

/** Writes down what was proven, and measures on all requests what routing by it brings. */
export function issueCertificate(
  requests: readonly ReplayRequest[],
  { floor, scope, rule, proven }: Plan,
  { evidence, routerVersion, issuedAt, resamples = 1_000 }: CertificateFacts,
): Certificate {
  const { strongest, leastFamiliarity } = rule;
  const parts = proven.map((entry) => describePart(entry, floor));
  const routing = { floor, strongest, models: [...rule.models], leastFamiliarity, parts };
  const groups = groupRequests(requests);
  return {
    format: 1,
    scope,
    ...routing,
    groups: groups.length,
    requests: requests.length,
    measured: measureFloor(floor, replayFloor(groups, floorRuleOf(routing), floor), resamples),
    assumptions: assumptionsOf({ floor, scope, strongest }),
    data: evidence,
    routerVersion,
    issuedAt,
  };
}

function describePart({ part, attempt }: ProvenPart, floor: Floor): CertificatePart {
  const { domains, groups, level } = part;
  const { threshold, outcomes, saving } = attempt;
  return {
    domains,
    ...(threshold === undefined ? {} : { threshold }),
    level,
    groups: groups.length,
    requests: groups.reduce((sum, group) => sum + group.length, 0),
    delivered: deliveredOf(floor, outcomes),
    bound: boundFloor(floor, outcomes, level) ?? floor.share,
    saving,
    reference: referenceOf(groups, domains),
  };
}

function referenceOf(groups: readonly RequestGroup[], domains: readonly string[]): Reference {
  const edges = decileEdges(groups.flatMap((group) => group.map(({ familiarity }) => familiarity)));
  const inDomain = domains.map(() => 0);
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const group of groups) {
    for (const { domain, familiarity } of group) {
      const column = domains.indexOf(domain);
      const bin = binOf(familiarity, edges);
      inDomain[column] = at(inDomain, column) + 1 / group.length;
      counts[bin] = at(counts, bin) + 1 / group.length;
    }
  }
  return { domains: inDomain, familiarity: { edges, counts } };
}
