import { type CheckScorer, failed, passIf } from './check-outcome.ts';
import { quoteFound } from './quote-found.ts';

// A pattern's time can grow fast with the text; no reply that answers a case is longer.
const LONGEST_TEXT = 100_000;

/** @throws {SyntaxError} when the pattern or its flags are not ECMAScript's. */
export const compilePattern = ({ pattern, flags }: { pattern: string; flags: string }): RegExp =>
  new RegExp(pattern, `u${flags}`);

/**
 * The first 100,000 characters match the pattern, or do not when `negate`. A pattern can still be slow on a short text:
 * whoever writes a benchmark is trusted not to.
 */
export const checkRegex: CheckScorer<'regex'> = {
  part: 'whole',
  score(text, check) {
    const pattern = compile(check);
    if (!(pattern instanceof RegExp)) return { couldNotRun: pattern.problem };
    const match = pattern.exec(text.slice(0, LONGEST_TEXT));
    if (check.negate)
      return match === null
        ? { passed: true }
        : failed(`expected nothing like /${check.pattern}/, found ${quoteFound(match[0])}`);
    return passIf(match !== null, () => `expected something like /${check.pattern}/, found ${quoteFound(text)}`);
  },
};

function compile(check: { pattern: string; flags: string }): RegExp | { problem: string } {
  try {
    return compilePattern(check);
  } catch (error) {
    return { problem: `the pattern cannot be used: ${error instanceof Error ? error.message : error}` };
  }
}
