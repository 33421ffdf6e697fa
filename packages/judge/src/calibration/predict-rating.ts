import { isotonicValue } from '@pointsman/statistics';
import type { ScoredReply } from './calibration-row.ts';
import type { CalibrationModel } from './calibration-schema.ts';
import { designRow } from './design.ts';
import type { Scales } from './label.ts';
import { levelProbabilities } from './proportional-odds.ts';

/** What a fitted model foresees people to rate a reply, within people's scale. A missing input counts as its mean. */
export function predictRating(model: CalibrationModel, reply: ScoredReply, scales: Scales): number {
  const [low, high] = scales.scale;
  return Math.min(Math.max(unbounded(model, reply, scales), low), high);
}

function unbounded(model: CalibrationModel, reply: ScoredReply, { scale, rawScale }: Scales): number {
  switch (model.method) {
    case 'identity':
      return scale[0] + ((reply.score - rawScale[0]) / (rawScale[1] - rawScale[0])) * (scale[1] - scale[0]);
    case 'constant':
      return model.value;
    case 'isotonic':
      return isotonicValue(model.points, reply.score) ?? Number.NaN;
    case 'stacked':
      return designRow(model.columns, reply).reduce((sum, x, i) => sum + x * (model.slopes[i] ?? 0), model.intercept);
    case 'ordinal':
    case 'stacked-ordinal':
      return levelProbabilities(model, designRow(model.columns, reply)).reduce(
        (sum, probability, level) => sum + probability * (model.levels[level] ?? 0),
        0,
      );
  }
}
