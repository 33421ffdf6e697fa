import { isotonicRegression, mean } from '@pointsman/statistics';
import type { CalibrationMethod, CalibrationModel } from './calibration-schema.ts';
import { choosePenalty } from './choose-penalty.ts';
import { columnsOf, designRow, inputNames, SCORE } from './design.ts';
import type { FitMethod, Label } from './label.ts';
import { type OddsRow, proportionalOdds } from './proportional-odds.ts';
import { ridgeRegression } from './ridge-regression.ts';

/** More distinct ratings than this are no levels but a measurement. */
const MOST_LEVELS = 12;
/** A weak pull to 0, so that a perfect judge does not get an infinite slope. */
const WEAK_PENALTY = 1e-4;
/** Penalties per label on standardised inputs. */
const RIDGE_PENALTIES = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
const ODDS_PENALTIES = [0.003, 0.01, 0.03, 0.1];

/** Every method by its name, simplest first. */
export const METHODS: Record<CalibrationMethod, FitMethod> = {
  identity: () => ({ method: 'identity' }),
  constant: (labels) => ({ method: 'constant', value: mean(labels.map(({ target }) => target)) }),
  ordinal: (labels) => {
    const odds = fitOdds(labels, [SCORE], WEAK_PENALTY);
    return odds && { method: 'ordinal', ...odds };
  },
  isotonic: (labels) => {
    const points = isotonicRegression(labels.map(({ score, target }) => ({ x: score, y: target })));
    return { method: 'isotonic', points };
  },
  stacked: (labels, context) => {
    const names = inputNames(labels);
    if (names.length === 1) return undefined;
    return choosePenalty(labels, context, RIDGE_PENALTIES, (part, penalty) => fitRidge(part, names, penalty));
  },
  'stacked-ordinal': (labels, context) => {
    const names = inputNames(labels);
    if (names.length === 1) return undefined;
    return choosePenalty(labels, context, ODDS_PENALTIES, (part, penalty) => {
      const odds = fitOdds(part, names, penalty);
      return odds && { method: 'stacked-ordinal', ...odds, penalty };
    });
  },
};

function fitRidge(labels: readonly Label[], names: readonly string[], penalty: number): CalibrationModel {
  const columns = columnsOf(labels, names);
  const design = labels.map((label) => designRow(columns, label));
  const targets = labels.map(({ target }) => target);
  return { method: 'stacked', columns, ...ridgeRegression(design, targets, penalty), penalty };
}

function fitOdds(labels: readonly Label[], names: readonly string[], penalty: number) {
  const levels = [...new Set(labels.flatMap(({ ratings }) => ratings))].sort((a, b) => a - b);
  if (levels.length < 2 || levels.length > MOST_LEVELS) return undefined;
  const columns = columnsOf(labels, names);
  const rows = labels.map((label): OddsRow => ({ x: designRow(columns, label), shares: sharesOf(label, levels) }));
  return { columns, levels, ...proportionalOdds(rows, levels.length, penalty) };
}

function sharesOf({ ratings }: Label, levels: readonly number[]): number[] {
  return levels.map((level) => ratings.filter((rating) => rating === level).length / ratings.length);
}
