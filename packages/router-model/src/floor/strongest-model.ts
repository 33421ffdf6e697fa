import { bettingPValue, mean } from '@pointsman/statistics';
import type { ReplayRequest } from './replay-request.ts';
import type { Part } from './split-parts.ts';

/** The model with the highest average prediction; the first of equals. Undefined of no requests. */
export function strongestByPrediction(requests: readonly ReplayRequest[]): string | undefined {
  let best: { model: string; average: number } | undefined;
  for (const [index, { model }] of (requests[0]?.candidates ?? []).entries()) {
    const average = mean(requests.map(({ candidates }) => candidates[index]?.mean ?? Number.NaN));
    if (best === undefined || average > best.average) best = { model, average };
  }
  return best?.model;
}

/**
 * A model whose scores prove it better than the one taken for the strongest, at a level shared by all others; undefined
 * when none does. Predictions that flatter a weak model would otherwise make a promise easy to keep.
 */
export function provenBetterThan(
  strongest: string,
  { groups, level }: Pick<Part, 'groups' | 'level'>,
): string | undefined {
  const models = groups[0]?.[0]?.candidates.map(({ model }) => model) ?? [];
  const own = models.indexOf(strongest);
  const shared = level / Math.max(1, models.length - 1);
  return models.find((_, index) => {
    const leads = groups.map((group) =>
      mean(group.map(({ candidates }) => (candidates[index]?.score ?? 0) - (candidates[own]?.score ?? 0))),
    );
    return bettingPValue(leads, { bar: 0, low: -1, high: 1, level: shared }) <= shared;
  });
}
