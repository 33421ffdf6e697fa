import { DRIFT_TESTS, type DriftTestName, driftVerdict } from '@pointsman/judge/calibration';
import { mean, seededRandom, spearman } from '@pointsman/statistics';
import { byDimension, humanMean, judgeName, type RatedReply, scoreOf } from './judge-data.ts';
import { percent, table } from './show.ts';

const ANCHORS = 100;

export type JudgeSwap = {
  dimension: string;
  from: string;
  to: string;
  /** Over all replies. */
  meanShift: number;
  spearmanBefore: number;
  spearmanAfter: number;
  /** Of draws of 100 anchors: with an alarm by each test made alone at 5 %, and by the three together. */
  alone: Record<DriftTestName, number>;
  together: number;
};

export type SwapOptions = { draws: number; sampleSd: number };

/** Every judge for every other, on anchors drawn at random: which test sees the change. */
export function swapJudges(summeval: readonly RatedReply[], options: SwapOptions): JudgeSwap[] {
  const judges = (summeval[0]?.judges ?? []).map(judgeName);
  return [...byDimension(summeval)].flatMap(([dimension, replies]) =>
    judges.flatMap((from) =>
      judges.filter((to) => to !== from).map((to) => swapOnce({ dimension, from, to }, replies, options)),
    ),
  );
}

type Swapped = Pick<JudgeSwap, 'dimension' | 'from' | 'to'>;

export function swapOnce(swap: Swapped, replies: readonly RatedReply[], { draws, sampleSd }: SwapOptions): JudgeSwap {
  const scores = replies.map((reply) => ({
    group: reply.group_id,
    human: humanMean(reply),
    pinned: [scoreOf(reply, swap.from)],
    tonight: [scoreOf(reply, swap.to)],
  }));
  const humans = scores.map(({ human }) => human);
  const [before, after] = [scores.flatMap(({ pinned }) => pinned), scores.flatMap(({ tonight }) => tonight)];
  const random = seededRandom(JSON.stringify(swap));
  const verdicts = Array.from({ length: draws }, (_, draw) => {
    const shuffled = scores.map((one) => ({ one, order: random() })).sort((a, b) => a.order - b.order);
    const anchors = shuffled.slice(0, ANCHORS).map(({ one }) => one);
    const verdict = driftVerdict(anchors, { seed: draw, deals: 199, resamples: 20, sampleSd });
    if (verdict.verdict === 'too-few-anchors') throw new Error(`${verdict.anchors} anchors are too few`);
    return verdict;
  });
  const alarms = (test: DriftTestName) =>
    mean(verdicts.map(({ tests }) => (tests.some((one) => one.test === test && one.p <= 0.05) ? 1 : 0)));
  return {
    ...swap,
    meanShift: mean(after) - mean(before),
    spearmanBefore: spearman(before, humans) ?? 0,
    spearmanAfter: spearman(after, humans) ?? 0,
    alone: Object.fromEntries(DRIFT_TESTS.map((test) => [test, alarms(test)])) as Record<DriftTestName, number>,
    together: mean(verdicts.map(({ verdict }) => (verdict === 'drift' ? 1 : 0))),
  };
}

/** The swaps that a look at the mean alone is likeliest to miss, worst loss of agreement first. */
export const hiddenFromMean = (swaps: readonly JudgeSwap[]): JudgeSwap[] =>
  swaps
    .filter(
      ({ meanShift, spearmanBefore, spearmanAfter }) => Math.abs(meanShift) < 0.1 && spearmanAfter < spearmanBefore,
    )
    .toSorted((a, b) => a.spearmanAfter - a.spearmanBefore - (b.spearmanAfter - b.spearmanBefore));

export function showSwaps(swaps: readonly JudgeSwap[], shown: readonly JudgeSwap[]): string {
  const titles = ['', 'mean shift', 'Spearman', 'mean shift alone', 'item surprise', 'agreement', 'together'];
  const average: JudgeSwap[] = [
    {
      dimension: `all ${swaps.length} swaps`,
      from: '',
      to: '',
      meanShift: mean(swaps.map(({ meanShift }) => Math.abs(meanShift))),
      spearmanBefore: mean(swaps.map(({ spearmanBefore }) => spearmanBefore)),
      spearmanAfter: mean(swaps.map(({ spearmanAfter }) => spearmanAfter)),
      alone: Object.fromEntries(
        DRIFT_TESTS.map((test) => [test, mean(swaps.map(({ alone }) => alone[test]))]),
      ) as Record<DriftTestName, number>,
      together: mean(swaps.map(({ together }) => together)),
    },
  ];
  return table(titles, [...average, ...shown].map(row));
}

const row = (swap: JudgeSwap) => [
  swap.from === '' ? `${swap.dimension} (mean size of shift)` : `${swap.dimension}: ${swap.from} to ${swap.to}`,
  swap.meanShift.toFixed(2),
  swap.from === '' ? '' : `${swap.spearmanBefore.toFixed(2)} to ${swap.spearmanAfter.toFixed(2)}`,
  ...DRIFT_TESTS.map((test) => percent(swap.alone[test])),
  percent(swap.together),
];
