import type { ReplayCandidate, ReplayRequest } from './replay-request.ts';

/**
 * Throws a RangeError that names the group unless every request holds the same models in the same order, with scores in
 * [0, 1] and finite predictions and costs: a guarantee drawn from anything else would be false.
 */
export function checkReplay(requests: readonly ReplayRequest[]): void {
  const models = requests[0]?.candidates.map(({ model }) => model) ?? [];
  if (new Set(models).size !== models.length) throw new RangeError(`a model stands twice in ${models.join(', ')}`);
  for (const { group, familiarity, candidates } of requests) {
    const place = `replay of group ${group}`;
    if (candidates.length !== models.length || candidates.some(({ model }, index) => model !== models[index])) {
      throw new RangeError(
        `${place}: models ${candidates.map(({ model }) => model).join(', ')}, wanted ${models.join(', ')}`,
      );
    }
    if (!(familiarity >= 0 && familiarity <= 1))
      throw new RangeError(`${place}: familiarity ${familiarity}, not in [0, 1]`);
    for (const candidate of candidates) checkCandidate(candidate, place);
  }
}

function checkCandidate(candidate: ReplayCandidate, place: string): void {
  const { model, mean, costNanoUsd, paidNanoUsd = costNanoUsd, score } = candidate;
  if (!(score >= 0 && score <= 1)) throw new RangeError(`${place}: score ${score} of ${model}, not in [0, 1]`);
  if (!Number.isFinite(mean)) throw new RangeError(`${place}: prediction ${mean} for ${model}`);
  for (const cost of [costNanoUsd, paidNanoUsd]) {
    if (!(cost >= 0 && Number.isFinite(cost))) throw new RangeError(`${place}: cost ${cost} of ${model}`);
  }
}
