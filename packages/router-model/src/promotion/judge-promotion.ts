import type { EvaluationTable, Slice } from '../evaluation/evaluation-table.ts';
import { isAbove, isBelow } from '../evaluation/measured.ts';
import type { ServingMode } from '../serving/serving-mode.ts';
import { chooseMode } from './choose-mode.ts';
import { compareReports } from './compare-reports.ts';
import { sayLoss, sayShare } from './say-figures.ts';

/** Whether an artefact should serve, in which mode, and why, in sentences for people. */
export type PromotionVerdict = {
  kind: 'promote' | 'hold';
  mode: ServingMode;
  modeReason: string;
  /** Of the verdict; of the mode last. */
  reasons: string[];
};

/**
 * What intervals must hold at least, of the nominal 90 %; a dimension or domain fails when it is below beyond doubt. The
 * worst of many domains looks worse than it is, hence the lower bar.
 */
export const LEAST_COVERAGE = { overall: 0.85, worstDomain: 0.75 } as const;
/** What predictions may be off on average, in points of score. */
export const MOST_CALIBRATION_ERROR = 0.05;

type Finding = { isFault: boolean; reason: string };

/**
 * Judges an artefact by its stored report and that of the artefact in use. Pure: run again, it gives the same answer.
 *
 * Held when it is worse than the one in use beyond the interval, or cannot be compared with it; when its intervals cover
 * too little or its predictions are off; when it does not beat a hashed-word ridge, or is worse than the averages of the
 * true domain, which serving does not know.
 */
export function judgePromotion(candidate: EvaluationTable, current?: EvaluationTable): PromotionVerdict {
  const { mode, reason: modeReason } = chooseMode(candidate);
  const findings = [
    ...(current === undefined ? [] : [againstCurrent(candidate, mode, current)]),
    ...calibration(candidate, mode),
    ...baselines(candidate),
  ];
  const faults = findings.filter(({ isFault }) => isFault);
  const telling = faults.length > 0 ? faults : findings;
  return {
    kind: faults.length > 0 ? 'hold' : 'promote',
    mode,
    modeReason,
    reasons: [...telling.map(({ reason }) => reason), modeReason],
  };
}

function againstCurrent(candidate: EvaluationTable, mode: ServingMode, current: EvaluationTable): Finding {
  const { logLoss, models } = compareReports(
    { report: candidate, mode },
    { report: current, mode: chooseMode(current).mode },
  );
  if (models === 0)
    return { isFault: true, reason: `it shares no model with ${current.version}, which is in use: nothing to compare` };
  if (candidate.data.hash !== current.data.hash)
    return {
      isFault: true,
      reason:
        `its report is on other rows than that of ${current.version}, which is in use: ` +
        'evaluate both on the same rows, each with --unseen-by the other',
    };
  const figures = `(log loss ${sayLoss(logLoss)}, ${models} models)`;
  if (isAbove(logLoss, 0))
    return { isFault: true, reason: `worse than ${current.version}, which is in use ${figures}` };
  return { isFault: false, reason: `not worse than ${current.version}, which is in use ${figures}` };
}

function calibration(table: EvaluationTable, mode: ServingMode): Finding[] {
  const main = mainSlice(table)?.dimension;
  const covered = table.coverage
    .filter((own) => own.mode === mode)
    .map(({ dimension, overall, worstDomain }): Finding => {
      const inWorst =
        worstDomain === undefined ? '' : `; ${worstDomain.domain}, the worst domain: ${sayShare(worstDomain.coverage)}`;
      const isFault =
        isBelow(overall, LEAST_COVERAGE.overall) ||
        (worstDomain !== undefined && isBelow(worstDomain.coverage, LEAST_COVERAGE.worstDomain)) ||
        ('tooFew' in overall && dimension === main);
      return {
        isFault,
        reason:
          `90 % intervals of ${dimension} ${isFault ? 'are not shown to cover enough' : 'cover'} ` +
          `(${sayShare(overall)}${inWorst})`,
      };
    });
  const off = overallSlices(table)
    .filter(({ router }) => isAbove(router.calibrationError, MOST_CALIBRATION_ERROR))
    .map(({ dimension, router }) => ({
      isFault: true,
      reason: `predictions of ${dimension} are off by ${sayShare(router.calibrationError)} of the scale on average`,
    }));
  return [...covered, ...off];
}

function baselines(table: EvaluationTable): Finding[] {
  const main = mainSlice(table);
  return overallSlices(table).flatMap((slice): Finding[] => {
    const { dimension, versusRidge, versusDomain } = slice;
    const worse = [
      { name: 'a hashed-word ridge', logLoss: versusRidge.logLoss },
      { name: 'the averages of the true domain', logLoss: versusDomain.logLoss },
    ]
      .filter(({ logLoss }) => isAbove(logLoss, 0))
      .map(({ name, logLoss }) => ({
        isFault: true,
        reason: `worse than ${name} at predicting ${dimension} (log loss ${sayLoss(logLoss)})`,
      }));
    if (slice !== main || isAbove(versusRidge.logLoss, 0)) return worse;
    const beats = isBelow(versusRidge.logLoss, 0);
    const verb = beats ? 'beats' : 'is not shown to beat';
    return [
      ...worse,
      {
        isFault: !beats,
        reason: `${verb} a hashed-word ridge at predicting ${dimension} (log loss ${sayLoss(versusRidge.logLoss)})`,
      },
    ];
  });
}

/** Of the dimension with most scores: the one that must be shown to be good, where others must not be shown to be bad. */
function mainSlice(table: EvaluationTable): Slice | undefined {
  return overallSlices(table).reduce<Slice | undefined>(
    (most, slice) => (most === undefined || slice.scores > most.scores ? slice : most),
    undefined,
  );
}

/** Over all sources, one per dimension. */
const overallSlices = ({ slices }: EvaluationTable): Slice[] => slices.filter(({ source }) => source === 'all');
