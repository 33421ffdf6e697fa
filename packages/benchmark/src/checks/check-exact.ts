import { type CheckScorer, passIf } from './check-outcome.ts';
import { foldLoosely } from './fold-text.ts';
import { quoteFound } from './quote-found.ts';

/** The text is one of those expected; `loose` also forgives emphasis and quotes around it. */
export const checkExact: CheckScorer<'exact'> = {
  part: 'whole',
  score(text, { expected, compare }) {
    const fold = compare === 'strict' ? (one: string) => one.trim() : foldLoosely;
    const found = fold(text);
    return passIf(
      expected.some((one) => fold(one) === found),
      () => `expected ${expected.map(quoteFound).join(' or ')}, found ${quoteFound(text)}`,
    );
  },
};
