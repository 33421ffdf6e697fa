import { cohenKappa, intraclassCorrelation, mean, spearman } from '@pointsman/statistics';
import type { ComparedReply } from './compared-reply.ts';

/** Spearman's over all replies. */
export const itemCorrelation = (replies: readonly ComparedReply[]) => correlation(replies);

/** The same over what no judge could exceed, sqrt(ICC(k)) of these ratings; undefined where they have no signal. */
export function shareOfCeiling(replies: readonly ComparedReply[]): number | undefined {
  const ceiling = intraclassCorrelation(replies.map(({ ratings }) => ratings))?.ceiling;
  const found = correlation(replies);
  return ceiling === undefined || ceiling === 0 || found === undefined ? undefined : found / ceiling;
}

/** Whether the judge tells better from worse replies to the same thing: the mean over groups of three replies or more. */
export function withinGroupCorrelation(replies: readonly ComparedReply[]): number | undefined {
  const found = [...Map.groupBy(replies, ({ group }) => group).values()]
    .filter((ofGroup) => ofGroup.length >= 3)
    .map(correlation)
    .filter((value) => value !== undefined);
  return found.length === 0 ? undefined : mean(found);
}

/** Whether the judge orders systems as people do: the correlation of system means, of four systems or more. */
export function systemCorrelation(replies: readonly ComparedReply[]): number | undefined {
  const bySystem = Map.groupBy(replies, ({ system }) => system);
  bySystem.delete(undefined);
  if (bySystem.size < 4) return undefined;
  const means = [...bySystem.values()].map((ofSystem) => ({
    judged: mean(ofSystem.map(({ judged }) => judged)),
    human: mean(ofSystem.map(({ human }) => human)),
  }));
  return correlation(means);
}

/** Cohen's kappa with quadratic weights, both rounded to whole points. */
export function roundedKappa(
  replies: readonly ComparedReply[],
  [low, high]: readonly [number, number],
): number | undefined {
  const categories = Array.from({ length: Math.floor(high - low) + 1 }, (_, step) => low + step);
  const rounded = (value: number) =>
    Math.min(Math.max(low + Math.round(value - low), low), low + categories.length - 1);
  return cohenKappa(
    replies.map(({ judged }) => rounded(judged)),
    replies.map(({ human }) => rounded(human)),
    { weights: 'quadratic', categories },
  );
}

function correlation(pairs: readonly { judged: number; human: number }[]): number | undefined {
  return spearman(
    pairs.map(({ judged }) => judged),
    pairs.map(({ human }) => human),
  );
}
