import { bettingPValue, mean, proportionInterval, type Random, seededRandom } from '@pointsman/statistics';
import { type Certificate, floorRuleOf } from '../../src/floor/certificate.ts';
import { certify } from '../../src/floor/certify.ts';
import type { Floor } from '../../src/floor/floor.ts';
import { groupRequests } from '../../src/floor/group-requests.ts';
import { replayFloor } from '../../src/floor/replay-floor.ts';
import type { ReplayRequest } from '../../src/floor/replay-request.ts';
import { percent } from '../report/markdown.ts';
import { deliver, deliveredShare, savedShare, type WeightedRequest, weighByGroup } from './delivery.ts';

/**
 * How calibration data comes from held-out requests. A number: that many groups drawn with replacement, so that the
 * held-out requests are the traffic and a promise can be checked on it exactly. `half`: a random half, checked on the
 * other, where a true promise may look broken by chance.
 */
export type Calibration = number | 'half';

export type PromiseTrial = { floor: Floor; calibration: Calibration; perDomain: boolean };

export type PromiseResult = PromiseTrial & {
  resamples: number;
  certified: number;
  /** Certificates whose promise does not hold where it is checked. */
  broken: number;
  /** Certificates that what they are checked on disproves, at the level at which they were issued. */
  disproved: number;
  refusals: Record<string, number>;
  /** Averages over the certified. */
  delivered: number | undefined;
  saved: number | undefined;
};

/** How often a promise is broken, over resampled replays. */
export function resamplePromises(
  requests: readonly ReplayRequest[],
  trial: PromiseTrial,
  { resamples, seed }: { resamples: number; seed: number },
): PromiseResult {
  const groups = [...Map.groupBy(requests, ({ group }) => group).values()];
  const everything = weighByGroup(requests);
  const outcomes = Array.from({ length: resamples }, (_, n) => {
    const random = seededRandom(`${seed} ${n}`);
    if (trial.calibration !== 'half') return judge(draw(groups, trial.calibration, random), everything, trial);
    const isDrawn = groups.map(() => random() < 0.5);
    const part = (wanted: boolean) => groups.filter((__, g) => isDrawn[g] === wanted).flat();
    return judge(part(true), weighByGroup(part(false)), trial);
  });
  const certified = outcomes.flatMap((outcome) => (outcome.kind === 'certified' ? [outcome] : []));
  const refusals: Record<string, number> = {};
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused') refusals[outcome.why] = (refusals[outcome.why] ?? 0) + 1;
  }
  return {
    ...trial,
    resamples,
    certified: certified.length,
    broken: certified.filter(({ isBroken }) => isBroken).length,
    disproved: certified.filter(({ isDisproved }) => isDisproved).length,
    refusals,
    delivered: certified.length === 0 ? undefined : mean(certified.map(({ delivered }) => delivered)),
    saved: certified.length === 0 ? undefined : mean(certified.map(({ saved }) => saved)),
  };
}

/** Groups drawn twice are two draws, not near-duplicates. */
function draw(groups: readonly ReplayRequest[][], count: number, random: Random): ReplayRequest[] {
  return Array.from({ length: count }, (_, k) =>
    (groups[Math.floor(random() * groups.length)] ?? []).map((request) => ({ ...request, group: `${k}` })),
  ).flat();
}

type Judged =
  | { kind: 'certified'; isBroken: boolean; isDisproved: boolean; delivered: number; saved: number }
  | { kind: 'refused'; why: string };

function judge(calibration: readonly ReplayRequest[], truth: readonly WeightedRequest[], trial: PromiseTrial): Judged {
  const { floor, perDomain } = trial;
  const result = certify(calibration, { ...FACTS, floor, perDomain });
  if (result.kind === 'refused') return { kind: 'refused', why: result.why };
  const { certificate } = result;
  const parts = promisedParts(certificate, truth);
  const isBroken = parts.some((part) => {
    const delivered = deliveredBy(certificate, part);
    return floor.kind === 'share-below' ? delivered > floor.share : delivered < floor.share;
  });
  const isDisproved = isBroken && parts.some((part) => disproves(certificate, part, parts.length));
  const saved = savedShare(deliver(truth, () => floorRuleOf(certificate)));
  return { kind: 'certified', isBroken, isDisproved, delivered: deliveredBy(certificate, truth), saved };
}

/** Whether the promise is false on these requests beyond chance: the certificate's own test, turned round. */
function disproves(certificate: Certificate, part: readonly WeightedRequest[], parts: number): boolean {
  const { floor } = certificate;
  const rule = floorRuleOf(certificate);
  const covered = part.filter(
    ({ request }) => floor.kind === 'share-of-strongest' || rule.thresholds.has(request.domain),
  );
  const outcomes = replayFloor(groupRequests(covered.map(({ request }) => request)), rule, floor);
  const level = (1 - floor.confidence) / parts;
  if (floor.kind === 'share-below')
    return (
      bettingPValue(
        outcomes.map(({ below }) => below),
        { bar: floor.share, low: 0, high: 1, level },
      ) <= level
    );
  const shortfalls = outcomes.map(({ routed, strongest }) => floor.share * strongest - routed);
  return bettingPValue(shortfalls, { bar: 0, low: -1, high: floor.share, level }) <= level;
}

/** What the certificate makes a promise about: everything, or each certified domain. */
function promisedParts({ scope, parts }: Certificate, truth: readonly WeightedRequest[]): WeightedRequest[][] {
  if (scope === 'mixture') return [[...truth]];
  return parts
    .map(({ domains }) => truth.filter(({ request }) => domains.includes(request.domain)))
    .filter((own) => own.length > 0);
}

/** The share of the strongest model's quality, or of requests below the score among those it covers. */
function deliveredBy(certificate: Certificate, truth: readonly WeightedRequest[]): number {
  const { floor } = certificate;
  const rule = floorRuleOf(certificate);
  if (floor.kind === 'share-of-strongest') return deliveredShare(deliver(truth, () => rule));
  const covered = truth.filter(({ request }) => rule.thresholds.has(request.domain));
  const { below, requests } = deliver(covered, () => rule, floor.score);
  return below / requests;
}

/** The intervals of what was measured play no part in what is certified. */
const FACTS = {
  evidence: { hash: 'sha256:0' },
  routerVersion: '000000000000',
  issuedAt: '2026-11-21T00:00:00Z',
  resamples: 2,
};

export const PROMISE_HEADER = [
  'promise',
  'calibrated on',
  'certified',
  'broken, of all tries',
  'broken, of the certified',
  'beyond chance',
  'delivered',
  'saved',
];

/** A row of the report. */
export function describePromise(result: PromiseResult): string[] {
  const { floor, calibration, perDomain, resamples, certified, broken, disproved, delivered, saved } = result;
  const promise = floor.kind === 'share-of-strongest' ? '>= ' : '<= ';
  const wrong = floor.kind === 'share-below' ? ' wrong' : '';
  return [
    `${promise}${percent(floor.share)}${wrong}${perDomain ? ' per domain' : ''}`,
    calibration === 'half' ? 'a half, checked on the other' : `${calibration} groups`,
    percent(certified / resamples),
    rate(broken, resamples),
    rate(broken, certified),
    calibration === 'half' ? rate(disproved, resamples) : '',
    delivered === undefined ? '' : percent(delivered),
    saved === undefined ? '' : percent(saved),
  ];
}

function rate(count: number, n: number): string {
  const interval = proportionInterval(count, n);
  if ('tooFew' in interval) return 'too few samples';
  return `${percent(interval.estimate)} [${percent(interval.low)}, ${percent(interval.high)}]`;
}
