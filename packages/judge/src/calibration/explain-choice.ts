import type { Interval } from '@pointsman/statistics';
import type { CalibrationMethod, HeldOutError } from './calibration-schema.ts';
import type { Choice } from './choose-method.ts';

const NAMES: Record<CalibrationMethod, string> = {
  identity: 'the raw judge',
  constant: "a plain mean of people's ratings",
  ordinal: 'ordinal regression',
  isotonic: 'isotonic regression',
  stacked: 'stacking (ridge)',
  'stacked-ordinal': 'stacking (ordinal)',
};

/** Why a method was chosen, in words for whoever reads the calibration; says so where the judge is not worth listening to. */
export function explainChoice({ method, best }: Choice, tried: readonly HeldOutError[]): string {
  const figure = (name: CalibrationMethod) => {
    const error = tried.find((one) => one.method === name);
    return error === undefined ? NAMES[name] : `${NAMES[name]} (RMSE ${estimate(error.rmse)})`;
  };
  const others = tried.map((error) => error.method).filter((name) => name !== method && name !== best);
  const field = others.length === 0 ? '' : ` Also tried: ${others.map(figure).join(', ')}.`;
  const bySimplicity =
    method === best
      ? `${figure(method)} foresees people best on groups it was not fitted on, and nothing simpler comes within a standard error.`
      : `${figure(method)} is the simplest that is not beaten: ${figure(best)} is better by less than a standard error.`;
  return capitalised(`${VERDICTS[method] ?? ''}${bySimplicity}${field}`);
}

const VERDICTS: Partial<Record<CalibrationMethod, string>> = {
  identity: 'the raw judge is as good as any calibration of it. ',
  constant:
    "a plain mean of people's ratings is as good as listening to this judge: its scores tell nothing of single replies. ",
};

const estimate = (interval: Interval) => ('tooFew' in interval ? 'too few samples' : interval.estimate.toFixed(2));

const capitalised = (text: string) => text.replaceAll(/(^|\. )([a-z])/g, (match) => match.toUpperCase());
