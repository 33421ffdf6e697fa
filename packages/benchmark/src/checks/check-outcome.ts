import type { Check, CheckPart } from '@pointsman/contracts';
import type { RunCode } from './run-code.ts';

/** What became of one check: `why` says in words what was expected and what was found. */
export type CheckOutcome = { passed: true } | { passed: false; why: string } | { couldNotRun: string };

export type CheckKind = Check['kind'];
export type CheckOf<Kind extends CheckKind> = Extract<Check, { kind: Kind }>;

/** What a check may need besides the text. */
export type CheckRun = { runCode: RunCode };

/** One kind of check: how it judges a text, and which part of a reply it reads where the check names none. */
export type CheckScorer<Kind extends CheckKind> = {
  part: CheckPart;
  score(text: string, check: CheckOf<Kind>, run: CheckRun): CheckOutcome | Promise<CheckOutcome>;
};

export const PASSED: CheckOutcome = { passed: true };
export const failed = (why: string): CheckOutcome => ({ passed: false, why });

/** Passed, or failed for the reason. */
export const passIf = (isRight: boolean, why: () => string): CheckOutcome => (isRight ? PASSED : failed(why()));
