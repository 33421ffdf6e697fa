import { mean, variance } from '@pointsman/statistics';

/** How calibrated scores of a new judge differ from the old one's, over systems and over replies of one system. */
export type Bridge = {
  /** New less old, mean over systems. */
  shift: number;
  systems: number;
  /** Standard error of the shift, over systems. */
  standardError: number;
  /** Standard deviation between systems of their mean difference, what chance explains taken off. */
  betweenSystems: number;
  /** Standard deviation between replies of one system. */
  betweenReplies: number;
};

export type JudgedTwice = { system?: string | undefined; difference: number };

/**
 * A one-way random model of the differences: judges disagree about systems, not only about replies, so what is learnt on
 * some systems holds for another only up to `betweenSystems`. Undefined for fewer than three systems, or unnamed ones.
 */
export function bridgeJudges(anchors: readonly JudgedTwice[]): Bridge | undefined {
  const bySystem = Map.groupBy(anchors, ({ system }) => system);
  if (bySystem.has(undefined)) return undefined;
  const differences = [...bySystem.values()]
    .map((ofSystem) => ofSystem.map(({ difference }) => difference))
    .filter((ofSystem) => ofSystem.length > 1);
  if (differences.length < LEAST_SYSTEMS) return undefined;
  const means = differences.map((ofSystem) => mean(ofSystem));
  const replies = mean(differences.map((ofSystem) => variance(ofSystem)));
  const byChance = mean(differences.map((ofSystem) => variance(ofSystem) / ofSystem.length));
  return {
    shift: mean(means),
    systems: means.length,
    standardError: Math.sqrt(variance(means) / means.length),
    betweenSystems: Math.sqrt(Math.max(0, variance(means) - byChance)),
    betweenReplies: Math.sqrt(replies),
  };
}

export const LEAST_SYSTEMS = 3;
