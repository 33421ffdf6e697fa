import { GatewayError } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';

/** @throws {GatewayError} `not_found`. */
export async function findRun(repositories: Repositories, id: string): Promise<StoredRun> {
  const run = await repositories.evaluationRuns.get(id);
  if (run === undefined) throw new GatewayError('not_found', `there is no run '${id}': 'eval list' shows them`);
  return run;
}
