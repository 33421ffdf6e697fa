import { type CheckScorer, failed, passIf } from './check-outcome.ts';
import { quoteFound } from './quote-found.ts';
import { readNumbers } from './read-numbers.ts';

// Below what binary fractions lose: 0.1 + 0.2 is 0.3.
const ROUNDING = 1e-9;

/** The last number of the text is the one expected, within the tolerance; one of its meanings where it has two. */
export const checkNumeric: CheckScorer<'numeric'> = {
  part: 'whole',
  score(text, { expected, tolerance, relative }) {
    const last = readNumbers(text).at(-1);
    if (last === undefined) return failed(`expected the number ${expected}, found no number in ${quoteFound(text)}`);
    const allowed =
      (relative ? tolerance * Math.abs(expected) : tolerance) + ROUNDING * Math.max(1, Math.abs(expected));
    const isNear = last.values.some((value) => Math.abs(value - expected) <= allowed);
    return passIf(
      isNear,
      () => `expected the number ${expected}${withinText(tolerance, relative)}, found '${last.text}'`,
    );
  },
};

const withinText = (tolerance: number, relative: boolean): string => {
  if (tolerance === 0) return '';
  return relative ? ` within ${tolerance * 100} %` : ` within ${tolerance}`;
};
