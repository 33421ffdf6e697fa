import {
  bootstrapInterval,
  type Interval,
  mean,
  meanInterval,
  meanLowerBound,
  type Statistic,
} from '@pointsman/statistics';
import type { Certificate } from './certificate.ts';
import type { Floor } from './floor.ts';
import { deliveredOf } from './prove-floor.ts';
import { type GroupOutcome, savingOf } from './replay-floor.ts';

/** What a way to route brought on the calibration data, with intervals at the floor's confidence; each group counts once. */
export function measureFloor(
  floor: Floor,
  outcomes: readonly GroupOutcome[],
  resamples: number,
): Certificate['measured'] {
  const { confidence } = floor;
  const ratioInterval = (statistic: Statistic<GroupOutcome>): Interval =>
    bootstrapInterval(outcomes, statistic, { seed: 'floor', method: 'percentile', confidence, resamples });
  const average = (read: (outcome: GroupOutcome) => number) => mean(outcomes.map(read));
  return {
    delivered:
      floor.kind === 'share-of-strongest'
        ? ratioInterval((drawn) => deliveredOf(floor, drawn))
        : belowInterval(
            outcomes.map(({ below }) => below),
            confidence,
          ),
    quality: meanInterval(
      outcomes.map(({ routed }) => routed),
      confidence,
    ),
    strongestQuality: meanInterval(
      outcomes.map(({ strongest }) => strongest),
      confidence,
    ),
    saving: ratioInterval(savingOf),
    costNanoUsd: Math.ceil(average(({ costNanoUsd }) => costNanoUsd)),
    strongestCostNanoUsd: Math.ceil(average(({ strongestCostNanoUsd }) => strongestCostNanoUsd)),
  };
}

/** By betting from both sides: resampling would give "none of 100" an interval of no width. */
function belowInterval(below: readonly number[], confidence: number): Interval {
  const oneSided = { low: 0, high: 1, confidence: (1 + confidence) / 2 };
  const low = meanLowerBound(below, oneSided);
  const high =
    1 -
    meanLowerBound(
      below.map((value) => 1 - value),
      oneSided,
    );
  return { estimate: mean(below), low, high, confidence, n: below.length };
}
