import { quantile } from '@pointsman/statistics';
import type { Certificate } from './certificate.ts';
import { checkReplay } from './check-replay.ts';
import { findThreshold } from './find-threshold.ts';
import type { Floor } from './floor.ts';
import { groupRequests } from './group-requests.ts';
import { type CertificateFacts, issueCertificate } from './issue-certificate.ts';
import type { FloorRule } from './pick-for-floor.ts';
import { fewestGroups } from './prove-floor.ts';
import { type FloorRefusal, refuseFloor } from './refuse-floor.ts';
import type { ReplayRequest } from './replay-request.ts';
import { domainParts, type Part, wholePart } from './split-parts.ts';
import { provenBetterThan, strongestByPrediction } from './strongest-model.ts';

export type CertifyOptions = CertificateFacts & {
  floor: Floor;
  /** The model that stands for the best there is; by default the one predicted to score highest on average. */
  strongest?: string | undefined;
  /** From cautious to bold; must be set without these requests. By default a fixed grid. */
  thresholds?: readonly number[] | undefined;
  /** Less familiar requests go to the strongest; by default the calibration data's least familiar twentieth. */
  leastFamiliarity?: number | undefined;
  /** A promise of its own for each domain with enough groups, whatever the mix; by default one for the mix as it is. */
  perDomain?: boolean | undefined;
};

export type Certification = { kind: 'certified'; certificate: Certificate } | FloorRefusal;

/**
 * Certifies that routing by predictions keeps a floor, or says why not and how much data is missing.
 *
 * `requests` are ones that every model of the pool answered and the router did not learn from, in any order. Their costs
 * are those expected when a request is served, for the pick reads them: what a reply did cost is hindsight. Everything
 * about the way to route is set by predictions; scores only decide whether it is certified. The strongest model too is never
 * chosen by them, for the highest of several noisy averages is partly luck; but when they prove another one better than
 * the one predicted to be the strongest, nothing is certified until it is named. The defaults of `strongest` and
 * `leastFamiliarity` read predictions and familiarity of these requests; named beforehand, the level is exact for any number
 * of groups. In simulations the difference was too small to see.
 *
 * @throws RangeError for requests that do not hold the same models, scores outside [0, 1], a strongest not in the pool.
 */
export function certify(requests: readonly ReplayRequest[], options: CertifyOptions): Certification {
  checkReplay(requests);
  const { floor, thresholds } = options;
  const perDomain = options.perDomain === true;
  const parts = perDomain ? domainParts(requests, floor) : wholePart(requests, floor);
  const nothing: Part = { domains: [], groups: [], level: 1 - floor.confidence };
  const strongest = options.strongest ?? strongestByPrediction(requests);
  if (strongest === undefined || parts.length === 0) {
    return refuseFloor({ why: 'too-few', groupsNeeded: fewestGroups(floor, nothing.level) }, nothing, floor);
  }
  if (options.strongest === undefined) {
    const all = { ...nothing, groups: groupRequests(requests) };
    const better = provenBetterThan(strongest, all);
    if (better !== undefined) return refuseFloor({ why: 'not-strongest', strongest, better }, all, floor);
  }
  const rule = baseRule(requests, strongest, options);
  const searches = parts.map((part) => ({ part, search: findThreshold(part, { floor, rule, thresholds }) }));
  const proven = searches.flatMap(({ part, search }) =>
    search.kind === 'found' ? [{ part, attempt: search.attempt }] : [],
  );
  if (proven.length > 0) {
    const plan = { floor, scope: perDomain ? 'per-domain' : 'mixture', rule, proven } as const;
    return { kind: 'certified', certificate: issueCertificate(requests, plan, options) };
  }
  return searches
    .flatMap(({ part, search }) => (search.kind === 'none' ? [refuseFloor(search, part, floor)] : []))
    .reduce((nearest, refusal) => (missing(refusal) < missing(nearest) ? refusal : nearest));
}

function baseRule(
  requests: readonly ReplayRequest[],
  strongest: string,
  { floor, leastFamiliarity }: CertifyOptions,
): Omit<FloorRule, 'thresholds'> {
  const models = requests[0]?.candidates.map(({ model }) => model) ?? [];
  if (!models.includes(strongest)) {
    throw new RangeError(`the strongest model, ${strongest}, is none of ${models.join(', ')}`);
  }
  const familiarities = requests.map(({ familiarity }) => familiarity);
  const least = leastFamiliarity ?? quantile(familiarities, UNFAMILIAR_SHARE);
  return { kind: floor.kind, strongest, models: new Set(models), leastFamiliarity: least };
}

function missing({ groupsNeeded = Number.POSITIVE_INFINITY, groupsHave }: FloorRefusal): number {
  return groupsNeeded - groupsHave;
}

const UNFAMILIAR_SHARE = 0.05;
