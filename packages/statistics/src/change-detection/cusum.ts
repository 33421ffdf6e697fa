import { checkPositive } from '../check-values.ts';
import { statesAfter } from '../states-after.ts';
import { type Alarm, type Process, standardised } from './process.ts';

export type CusumOptions = Process & {
  /** What each value may be off for nothing, in standard deviations: half the shift to be found. 0.5 when absent. */
  k?: number | undefined;
  /** Sum that raises the alarm, in standard deviations. 5 when absent: with k of 0.5 one false alarm in some 465 values. */
  h?: number | undefined;
};

/** Plain data. After an alarm begin anew. */
export type CusumState = {
  n: number;
  /** What values exceeded their target by, and fell short of it by, beyond `k`, since each sum was last 0. */
  up: number;
  down: number;
  /** Values since then: the shift likely began that many values ago. */
  upFor: number;
  downFor: number;
  alarm: Alarm;
};

/**
 * The two-sided tabular CUSUM chart, one value at a time: finds small lasting shifts of a mean soon.
 *
 * With z the distance from the target in standard deviations: up = max(0, up + z - k), down = max(0, down - z - k); alarm
 * when either exceeds h (Page 1954; Montgomery, Introduction to Statistical Quality Control, chapter 9).
 *
 * @param state undefined to begin.
 * @throws RangeError for numbers not finite, a deviation, k or h not above 0.
 */
export function updateCusum(state: CusumState | undefined, value: number, options: CusumOptions): CusumState {
  const { k = 0.5, h = 5 } = options;
  checkPositive('k', k);
  checkPositive('h', h);
  const z = standardised(value, options);
  const before = state ?? START;
  const up = Math.max(0, before.up + z - k);
  const down = Math.max(0, before.down - z - k);
  return {
    n: before.n + 1,
    up,
    down,
    upFor: up > 0 ? before.upFor + 1 : 0,
    downFor: down > 0 ? before.downFor + 1 : 0,
    alarm: Math.max(up, down) <= h ? 'none' : up > down ? 'up' : 'down',
  };
}

/** The state after each value: `updateCusum` over an array, and throws as it does. */
export function cusum(values: readonly number[], options: CusumOptions): CusumState[] {
  return statesAfter<CusumState>(values, (state, value) => updateCusum(state, value, options));
}

const START: CusumState = { n: 0, up: 0, down: 0, upFor: 0, downFor: 0, alarm: 'none' };
