import { utcDay } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';

const DAY_MS = 86_400_000;

/** What a client spent under a policy in the UTC month of an instant, in nano-dollars. */
export async function spentThisMonth(
  repositories: Repositories,
  paced: { clientId: string; policy: string },
  nowMs: number,
): Promise<number> {
  const today = utcDay(nowMs);
  const tomorrow = utcDay(nowMs + DAY_MS);
  const rows = await repositories.decisions.usage({
    clientId: paced.clientId,
    from: `${today.slice(0, 8)}01`,
    to: tomorrow,
    by: ['policy'],
  });
  return rows.find((row) => row.key.policy === paced.policy)?.costNanoUsd ?? 0;
}
