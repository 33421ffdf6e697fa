import { ConfigurationError } from '@pointsman/administration';
import type { EvaluationReport } from '@pointsman/contracts';
import { CommandFailed } from '../../command-failed.ts';

/** 0 pass or not enough evidence, 1 regression, 2 could not run: a pull request must not pass because a provider is down. */
export const REGRESSION = 1;
export const COULD_NOT_RUN = 2;

/** Runs the work; whatever it throws means that nothing was evaluated. */
export async function orCouldNotRun<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    const message = error instanceof Error ? error.message : String(error);
    // A configuration error is several lines that speak for themselves.
    const prefix = error instanceof ConfigurationError ? '' : 'could not run: ';
    throw new CommandFailed(COULD_NOT_RUN, `${prefix}${message}`, { cause: error });
  }
}

/** @throws {CommandFailed} when any contestant is a regression. */
export function failOnRegression(reports: readonly EvaluationReport[]): void {
  if (reports.some(({ verdict }) => verdict === 'regression')) throw new CommandFailed(REGRESSION);
}
