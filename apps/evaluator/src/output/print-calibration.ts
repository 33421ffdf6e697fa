import type { Calibration } from '@pointsman/judge/calibration';
import { measureText } from './measure-text.ts';
import { printFacts } from './print-facts.ts';

/** How one judge's scores map to people's on one dimension, with its errors and what to know of it. */
export function printCalibration(calibration: Calibration): string {
  const { identity, model, labels, groups, error, reliability, warnings, reason, fittedAt } = calibration;
  return [
    printFacts({
      dimension: identity.dimension,
      method: model.method,
      labels: `${labels} replies to ${groups} cases`,
      error: `${measureText(error.rmse)} points of ${identity.scale.join(' to ')}, on cases it was not fitted on`,
      bias: measureText(error.bias),
      ICC: reliability && measureText(reliability.icc),
      ceiling: reliability && `${measureText(reliability.ceiling)}: no score can correlate better with these ratings`,
      fitted: fittedAt,
    }),
    reason,
    ...warnings.map((warning) => `Warning: ${warning}`),
  ].join('\n');
}
