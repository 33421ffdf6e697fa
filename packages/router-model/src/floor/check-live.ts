import { confidenceSequence, type Interval } from '@pointsman/statistics';
import type { Certificate } from './certificate.ts';

/** One live request answered both by the routed model and, in the shadow, by the strongest; overall scores in [0, 1]. */
export type ShadowPair = { strongest: number; routed: number };

export type LiveCheck = {
  kind: 'holds' | 'broken' | 'undecided';
  pairs: number;
  /**
   * By how much the promise is exceeded: routed score less `share` of the strongest's, or `share` less the share of
   * requests below the score. Above 0 it is kept. Valid at all times at once, so that it may be looked at after every pair.
   */
  excess: Interval;
};

/**
 * Checks a certificate on live traffic: pairs of a random sample of the routed requests, in the order they came. A promise
 * once broken should stay so until certified anew: look at all pairs since the certificate was issued.
 *
 * @throws RangeError for scores outside [0, 1].
 */
export function checkLive({ floor }: Certificate, pairs: readonly ShadowPair[]): LiveCheck {
  const { share, confidence } = floor;
  for (const score of pairs.flatMap(({ strongest, routed }) => [strongest, routed])) {
    if (!(score >= 0 && score <= 1)) throw new RangeError(`a score lies in [0, 1], got ${score}`);
  }
  const excess =
    floor.kind === 'share-of-strongest'
      ? confidenceSequence(
          pairs.map(({ strongest, routed }) => routed - share * strongest),
          { low: -share, high: 1, confidence },
        )
      : confidenceSequence(
          pairs.map(({ routed }) => share - (routed < floor.score ? 1 : 0)),
          { low: share - 1, high: share, confidence },
        );
  return { kind: verdictOf(excess), pairs: pairs.length, excess };
}

function verdictOf(excess: Interval): LiveCheck['kind'] {
  if ('tooFew' in excess) return 'undecided';
  if (excess.high < 0) return 'broken';
  return excess.low >= 0 ? 'holds' : 'undecided';
}
