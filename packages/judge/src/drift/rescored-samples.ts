import type { Random } from '@pointsman/statistics';
import type { AnchorScores } from './anchor-scores.ts';

/** Mean scores of the anchors before and now, in one order. */
export type Means = { before: Float64Array; now: Float64Array };

export type Reshuffle = (random: Random) => Means;

/**
 * A source of what could have been: each anchor's samples dealt again at random into before and now. Where the judge has
 * not changed every such deal was as likely as the one that happened, whatever the distribution of its scores.
 */
export function reshuffler(anchors: readonly AnchorScores[]): Reshuffle {
  const bags = anchors.map(({ pinned, tonight }) => {
    const samples = Float64Array.from([...pinned, ...tonight]);
    return { samples, drawn: tonight.length, sum: samples.reduce((total, sample) => total + sample, 0) };
  });
  return (random) => {
    const means = { before: new Float64Array(bags.length), now: new Float64Array(bags.length) };
    for (const [index, { samples, drawn, sum }] of bags.entries()) {
      const now = drawSum(samples, drawn, random);
      means.now[index] = now / drawn;
      means.before[index] = (sum - now) / (samples.length - drawn);
    }
    return means;
  };
}

/** The means that did happen. */
export function observedMeans(anchors: readonly AnchorScores[]): Means {
  return {
    before: Float64Array.from(anchors, ({ pinned }) => plainMean(pinned)),
    now: Float64Array.from(anchors, ({ tonight }) => plainMean(tonight)),
  };
}

const plainMean = (samples: readonly number[]) => samples.reduce((sum, sample) => sum + sample, 0) / samples.length;

/** The sum of `count` samples drawn without replacement: the first steps of a Fisher-Yates shuffle, which may start anywhere. */
function drawSum(samples: Float64Array, count: number, random: Random): number {
  let sum = 0;
  for (let place = 0; place < count; place++) {
    const from = place + Math.floor(random() * (samples.length - place));
    const drawn = samples[from] ?? 0;
    samples[from] = samples[place] ?? 0;
    samples[place] = drawn;
    sum += drawn;
  }
  return sum;
}
