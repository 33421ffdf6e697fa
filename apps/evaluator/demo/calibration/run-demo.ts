import { formatJudgeBenchmark, type JudgeMeasure } from '@pointsman/judge/calibration';
import { calibrateReplies } from './calibrated-replies.ts';
import { compareJudges } from './compare-judges.ts';
import { type ComparisonSection, comparePairs, showComparisons } from './compare-pairs.ts';
import { JUDGE, readJudgeData } from './judge-data.ts';
import { type HistorySection, restateHistory } from './restate-history.ts';
import { percent, shownPercent } from './show.ts';
import { type AgreementSection, measureAgreement, showAgreement } from './show-agreement.ts';
import { type CalibrationFigures, measureCalibration, showCalibration } from './show-calibration.ts';
import { type NightsSection, sampleDeviation, simulateNights } from './simulated-nights.ts';
import { type SequentialSection, showSequential, stopEarly } from './stop-early.ts';
import { hiddenFromMean, type JudgeSwap, showSwaps, swapJudges } from './swap-judges.ts';
import { systemPairs } from './system-pairs.ts';

export type CalibrationDemo = {
  agreement: AgreementSection;
  judges: JudgeMeasure[];
  calibration: CalibrationFigures[];
  comparisons: ComparisonSection;
  sequential: SequentialSection;
  swaps: JudgeSwap[];
  nights: NightsSection;
  history: HistorySection;
};

export type DemoOptions = {
  /** The folder of the judge data. */
  folder: string;
  isQuick: boolean;
  say(text: string): void;
};

/** Measures on public data what a judge is worth against people, section by section. */
export function runDemo({ folder, isQuick, say }: DemoOptions): CalibrationDemo {
  const data = readJudgeData(folder);
  const section = <Found>(title: string, found: Found, show: (found: Found) => string): Found => {
    say(`\n## ${title}\n\n${show(found)}`);
    return found;
  };
  const often = (quick: number, full: number) => (isQuick ? quick : full);
  const agreement = section('Do people agree?', measureAgreement(data, often(20, 500)), showAgreement);
  const judges = section('Judges against people', compareJudges(data, often(20, 100)), formatJudgeBenchmark);
  const calibrated = calibrateReplies(data.summeval, isQuick);
  const calibration = section(
    `${JUDGE}, raw and calibrated, on documents not fitted on`,
    measureCalibration(calibrated, often(50, 500)),
    showCalibration,
  );
  const pairs = systemPairs(calibrated.replies);
  const comparisons = section(
    `A/B tests of all ${pairs.length} pairs of systems and dimensions, 500 judged documents, 50 of them rated by people`,
    comparePairs(pairs, often(2, 20)),
    showComparisons,
  );
  const sequential = section('Stopping early', stopEarly(pairs, often(1, 8)), showSequential);
  // Five samples' mean: the data has one score of each judge for each reply.
  const sampleSd = sampleDeviation(data.llmRubric) / Math.sqrt(5);
  const swaps = section(
    `Has the judge changed? 100 anchors; re-scoring noise taken as ${sampleSd.toFixed(2)} points`,
    swapJudges(data.summeval, { draws: often(1, 5), sampleSd }),
    (found) => showSwaps(found, hiddenFromMean(found).slice(0, 5)),
  );
  const nights = section('A judge watched every night', simulateNights(data.llmRubric, often(3, 20)), showNights);
  const history = section('Changing the judge', restateHistory(data.summeval, often(1, 4)), showHistory);
  return { agreement, judges, calibration, comparisons, sequential, swaps, nights, history };
}

function showNights({ anchors, nights, months, ...found }: NightsSection): string {
  return [
    `${months} months of ${nights} nights, ${anchors} anchors, 5 samples each, drawn from the judge's own distributions`,
    `months with a false alarm: ${shownPercent(found.falseMonthsNightly)} when every night is tested at 5 %, ${shownPercent(found.falseMonthsWatched)} under the watch`,
    `a change of 4 in 10 anchors that leaves the mean: seen in ${shownPercent(found.foundWatched)}, after ${found.medianDelay ?? 'no'} nights (median)`,
  ].join('\n');
}

function showHistory({ from, to, runs, refused, coverage, meanWidth }: HistorySection): string {
  return [
    `${from} to ${to}: means of ${runs} past runs of systems that are not among the anchors`,
    `restated interval holds what the new judge in fact gives: ${shownPercent(coverage)}; mean width ${meanWidth.toFixed(2)} points; ${percent(refused / runs)} could not be restated`,
  ].join('\n');
}
