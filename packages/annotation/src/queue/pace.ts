import type { Submission } from '@pointsman/db';
import { quantile } from '@pointsman/statistics';

/** Whoever submits nothing for this long was away. */
export const PAUSE_MS = 10 * 60_000;
/** Fewer say nothing of a pace. */
const FEWEST = 3;

export type Pace = {
  /** Submissions in an hour of work, pauses left out. */
  pacePerHour?: number | undefined;
  /** Time for an item: as the page timed it, else between submissions. */
  medianMs?: number | undefined;
};

/** How fast somebody works, from submissions oldest first. */
export function paceOf(submissions: readonly Submission[]): Pace {
  if (submissions.length < FEWEST) return {};
  const gaps = submissions.slice(1).map(({ atMs }, index) => atMs - (submissions[index]?.atMs ?? atMs));
  const worked = gaps.filter((gap) => gap <= PAUSE_MS);
  const workedMs = worked.reduce((sum, gap) => sum + gap, 0);
  const timed = submissions.flatMap(({ activeMs }) => activeMs ?? []);
  const times = timed.length >= FEWEST ? timed : worked;
  return {
    ...(workedMs > 0 ? { pacePerHour: (worked.length * 3_600_000) / workedMs } : {}),
    ...(times.length >= FEWEST - 1 ? { medianMs: quantile(times, 0.5) } : {}),
  };
}
