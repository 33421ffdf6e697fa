import { type CheckScorer, passIf } from './check-outcome.ts';

/** Words as a person counts them: what stands between spaces and has a letter or a digit. */
export const countWords = (text: string): number =>
  text.split(/\s+/u).filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;

/** The text has from `least` to `most` words. */
export const checkWords: CheckScorer<'words'> = {
  part: 'whole',
  score(text, { least, most }) {
    const words = countWords(text);
    return passIf(words >= least && words <= most, () => `expected ${least} to ${most} words, found ${words}`);
  },
};
