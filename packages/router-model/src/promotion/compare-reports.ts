import { bootstrapInterval } from '@pointsman/statistics';
import type { BlockLosses, EvaluationTable } from '../evaluation/evaluation-table.ts';
import { type Measured, measuredFrom } from '../evaluation/measured.ts';
import type { ServingMode } from '../serving/serving-mode.ts';

/** A stored report and the mode in which its artefact serves. */
export type Contestant = { report: Pick<EvaluationTable, 'blocks'>; mode: ServingMode };

export type ReportDifference = {
  /** Mean log loss of the candidate less the current artefact's: below zero the candidate is better. */
  logLoss: Measured;
  /** Models that both know: what is compared. */
  models: number;
};

/** Any: which resamples are drawn must be the same whenever a report is judged again. */
const SEED = 1;

/**
 * The difference of two reports on the same rows, as their artefacts would serve, block of near-duplicate groups by
 * block: what makes a request hard is in both and falls out. Pure: run again, it gives the same answer.
 */
export function compareReports(candidate: Contestant, current: Contestant): ReportDifference {
  const others = new Map(current.report.blocks.map((own) => [own.model, own]));
  const pairs = candidate.report.blocks.flatMap((own) => {
    const other = others.get(own.model);
    return other === undefined ? [] : [{ own, other }];
  });
  const blocks = (pairs[0]?.own.scores ?? []).map((_, block) => {
    const sum = (value: (pair: (typeof pairs)[number]) => number | undefined): number =>
      pairs.reduce((total, pair) => total + (value(pair) ?? 0), 0);
    return {
      scores: sum(({ own }) => own.scores[block]),
      difference: sum(({ own, other }) => lossOf(own, candidate.mode, block) - lossOf(other, current.mode, block)),
    };
  });
  const scored = blocks.filter(({ scores }) => scores > 0);
  return { models: pairs.length, logLoss: measuredFrom(bootstrapInterval(scored, meanDifference, { seed: SEED })) };
}

const lossOf = ({ losses }: BlockLosses, mode: ServingMode, block: number): number => losses[mode][block] ?? 0;

function meanDifference(blocks: readonly { scores: number; difference: number }[]): number {
  const total = (part: 'scores' | 'difference'): number => blocks.reduce((sum, block) => sum + block[part], 0);
  return total('difference') / total('scores');
}
