import { seededRandom } from '@pointsman/statistics';
import { type Certificate, floorRuleOf } from '../../src/floor/certificate.ts';
import { certify } from '../../src/floor/certify.ts';
import type { Floor } from '../../src/floor/floor.ts';
import { hasDrifted } from '../../src/floor/has-drifted.ts';
import type { ReplayRequest } from '../../src/floor/replay-request.ts';
import type { Pool } from '../data/pool.ts';
import { percent } from '../report/markdown.ts';
import { sourceFolds } from '../splits/folds.ts';
import { type Delivery, deliver, deliveredShare, savedShare, weighByGroup } from './delivery.ts';
import { halfOf } from './halves.ts';
import { type ReplayTraining, replayPool } from './replay-pool.ts';

export type UnseenResult = {
  source: string;
  perDomain: boolean;
  /** Share of the traffic that comes from the unseen source; at 0 nothing has changed. */
  share: number;
  requests: number;
  /** `issued`, or why not. */
  certificate: string;
  /** Share of the requests that went to the strongest while the certificate was in force. */
  toStrongest?: number | undefined;
  /** If the certificate never expired. */
  unguarded?: { delivered: number; saved: number } | undefined;
  /** After how many requests drift was seen; absent: never. */
  expiredAfter?: number | undefined;
  /** With the certificate expiring then, over all the requests. */
  guarded?: { delivered: number; saved: number } | undefined;
};

export type UnseenOptions = { floor: Floor; shares: readonly number[]; training: ReplayTraining; seed: number };

/** Looked at as often as there are this many new requests. */
const EVERY = 100;
const WINDOW = 5_000;

/**
 * What becomes of a certificate when traffic comes of a source that neither the router nor the certificate has seen. Of
 * the other sources the router learned from a half; a quarter is certified on, and a quarter is the traffic that goes on.
 */
export async function unseenSources(pool: Pool, options: UnseenOptions): Promise<UnseenResult[]> {
  const { floor, shares, training, seed } = options;
  const results: UnseenResult[] = [];
  for (const { name, train, test } of sourceFolds(pool)) {
    const { learned, held } = halfOf(train, seed);
    const replay = await replayPool(pool, learned, training);
    const { learned: calibration, held: known } = halfOf(held, seed + 1);
    const requests = replay(calibration);
    const traffic = shares.map((share) => mixed(replay(known), replay(test), { share, seed }));
    for (const perDomain of [false, true]) {
      const result = certify(requests, { ...FACTS, floor, perDomain });
      const start = { source: name, perDomain };
      if (result.kind === 'refused')
        results.push({ ...start, share: 1, requests: test.length, certificate: `refused: ${result.why}` });
      else
        shares.forEach((share, n) => {
          results.push({ ...start, share, ...follow(result.certificate, traffic[n] ?? []) });
        });
    }
  }
  return results;
}

/** The unseen requests among as many known ones as the share asks for, in random order. */
function mixed(
  known: readonly ReplayRequest[],
  strange: readonly ReplayRequest[],
  { share, seed }: { share: number; seed: number },
): ReplayRequest[] {
  const random = seededRandom(`traffic ${seed}`);
  const shuffled = <T>(values: readonly T[]): T[] =>
    values
      .map((value) => ({ value, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);
  if (share === 1) return shuffled(strange);
  const strangers = shuffled(strange).slice(0, Math.floor((share * known.length) / (1 - share)));
  const others = share === 0 ? known.length : Math.round((strangers.length * (1 - share)) / share);
  return shuffled([...strangers, ...shuffled(known).slice(0, others)]);
}

function follow(
  certificate: Certificate,
  traffic: readonly ReplayRequest[],
): Omit<UnseenResult, 'source' | 'perDomain' | 'share'> {
  const rule = floorRuleOf(certificate);
  const weighted = weighByGroup(traffic);
  const expiredAfter = expiry(certificate, traffic);
  const end = expiredAfter ?? traffic.length;
  const inForce = deliver(weighted.slice(0, end), () => rule);
  return {
    requests: traffic.length,
    certificate: 'issued',
    toStrongest: inForce.toStrongest / inForce.requests,
    unguarded: measured(deliver(weighted, () => rule)),
    expiredAfter,
    guarded: measured(deliver(weighted, (n) => (n < end ? rule : certificate.strongest))),
  };
}

function expiry(certificate: Certificate, traffic: readonly ReplayRequest[]): number | undefined {
  for (let seen = EVERY; seen <= traffic.length; seen += EVERY) {
    const window = traffic.slice(Math.max(0, seen - WINDOW), seen);
    if (hasDrifted(certificate, window).kind === 'drifted') return seen;
  }
  return undefined;
}

const measured = (delivery: Delivery) => ({ delivered: deliveredShare(delivery), saved: savedShare(delivery) });

const FACTS = {
  evidence: { hash: 'sha256:0' },
  routerVersion: '000000000000',
  issuedAt: '2026-11-21T00:00:00Z',
  resamples: 2,
};

export const UNSEEN_HEADER = [
  'unseen source',
  'promise',
  'share of traffic',
  'requests',
  'certificate',
  'to the strongest',
  'delivered, never expiring',
  'saved',
  'drift seen after',
  'delivered, expiring then',
  'saved',
];

/** A row of the report. */
export function describeUnseen(result: UnseenResult): string[] {
  const { source, perDomain, share, requests, certificate, ...followed } = result;
  const { toStrongest, unguarded, expiredAfter, guarded } = followed;
  const start = [source, perDomain ? 'per domain' : 'for the mix', percent(share, 0), String(requests), certificate];
  if (unguarded === undefined || guarded === undefined || toStrongest === undefined)
    return [...start, '', '', '', '', '', ''];
  return [
    ...start,
    percent(toStrongest),
    percent(unguarded.delivered),
    percent(unguarded.saved),
    expiredAfter === undefined ? 'never' : String(expiredAfter),
    percent(guarded.delivered),
    percent(guarded.saved),
  ];
}
