import {
  applyCalibration,
  type Calibration,
  type CalibrationIdentity,
  type CalibrationRow,
  fitCalibration,
} from '@pointsman/judge/calibration';
import { byDimension, FITTED_AT, humanMean, JUDGE, judgeName, type RatedReply, SCALE, scoreOf } from './judge-data.ts';

/** A reply with people's mean rating, the raw score, and the calibrated one of a calibration not fitted on its document. */
export type CalibratedReply = {
  dimension: string;
  group: string;
  system: string;
  part: number;
  human: number;
  raw: number;
  calibrated: number;
  outsideRange: boolean;
  ratings: readonly number[];
};

export type Calibrated = { replies: CalibratedReply[]; calibrations: Calibration[] };

/** Documents are dealt into so many parts; each is calibrated by what was fitted on the others, choice of method included. */
const PARTS = 3;
const QUICK_PARTS = 2;

export function calibrateReplies(summeval: readonly RatedReply[], isQuick: boolean): Calibrated {
  const parts = isQuick ? QUICK_PARTS : PARTS;
  const documents = [...new Set(summeval.map(({ group_id }) => group_id))].sort();
  const partOf = new Map(documents.map((document, index) => [document, index % parts]));
  const byReply = Map.groupBy(summeval, ({ item_id }) => item_id);
  const found: Calibrated = { replies: [], calibrations: [] };
  for (const [dimension, ofDimension] of byDimension(summeval)) {
    const rows = ofDimension.map((reply) => labelled(reply, byReply.get(reply.item_id) ?? []));
    for (let part = 0; part < parts; part++) {
      const isHeldOut = ({ group }: { group: string }) => partOf.get(group) === part;
      const { calibration, identity } = fit(
        dimension,
        rows.filter((row) => !isHeldOut(row)),
        isQuick,
      );
      found.calibrations.push(calibration);
      for (const row of rows.filter(isHeldOut)) found.replies.push(applied(row, { calibration, identity, part }));
    }
  }
  return found;
}

type Labelled = CalibrationRow & { reply: RatedReply };

/** Inputs beside the judge's score: the other judges and prompts, the judge's other dimensions, lengths. */
function labelled(reply: RatedReply, ofReply: readonly RatedReply[]): Labelled {
  const judges = reply.judges.map(judgeName).filter((name) => name !== JUDGE);
  const dimensions = ofReply.filter(({ dimension }) => dimension !== reply.dimension);
  const lengths = Object.entries(reply.features).map(([name, words]) => [name, Math.log1p(words)] as const);
  return {
    reply,
    group: reply.group_id,
    system: reply.system,
    ratings: reply.human_ratings,
    score: scoreOf(reply, JUDGE),
    inputs: Object.fromEntries([
      ...judges.map((name) => [name, scoreOf(reply, name)] as const),
      ...dimensions.map((other) => [`${JUDGE} on ${other.dimension}`, scoreOf(other, JUDGE)] as const),
      ...lengths,
    ]),
  };
}

function fit(dimension: string, rows: readonly Labelled[], isQuick: boolean) {
  const names = Object.keys(rows[0]?.inputs ?? {});
  const identity: CalibrationIdentity = {
    judge: JUDGE,
    dimension,
    rawScale: SCALE,
    scale: SCALE,
    inputs: Object.fromEntries(names.map((name) => [name, 'as published'])),
  };
  const fitted = fitCalibration(rows, {
    identity,
    fittedAt: FITTED_AT,
    folds: isQuick ? 3 : 5,
    repeats: isQuick ? 1 : 3,
    resamples: isQuick ? 20 : 100,
  });
  if (fitted.status === 'refused') throw new Error(`${dimension}: ${fitted.detail}`);
  return { calibration: fitted.calibration, identity };
}

type Held = { calibration: Calibration; identity: CalibrationIdentity; part: number };

function applied({ reply, ...row }: Labelled, { calibration, identity, part }: Held): CalibratedReply {
  const score = applyCalibration(calibration, identity, row);
  if (score.status === 'not-calibrated') throw new Error(`${reply.item_id}: ${score.why}`);
  return {
    dimension: reply.dimension,
    group: row.group,
    system: reply.system ?? '',
    part,
    human: humanMean(reply),
    raw: row.score,
    calibrated: score.value,
    outsideRange: score.outsideRange,
    ratings: row.ratings,
  };
}
