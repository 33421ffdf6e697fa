/** A test's statistic and two-sided p-value from `n` units, or the statement that there are too few of them to test. */
export type TestResult = { statistic: number; p: number; n: number } | { tooFew: true; n: number };
