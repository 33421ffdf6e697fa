import { isCovered, luckShare, requestError } from '../../src/training/request-errors.ts';

/** What was predicted of a request for every model of the pool, and what came of it. */
export type PredictedRequest = {
  label: string;
  means: Float64Array;
  spreads: Float64Array;
  quality: Float64Array;
};

/** Share of 90 % intervals that held. */
export type Coverage = { label: string; count: number; covered: number };

/**
 * By request, under its label: whether the mean outcome over the pool's models lies in its 90 % interval, which is that of
 * the expected quality widened by the models' luck. A single outcome of 0 or 1 could not tell.
 */
export function coverageByLabel(requests: readonly PredictedRequest[]): Coverage[] {
  const errors = requests.map(({ quality, means, spreads }) => requestError(quality, means, spreads));
  const luck = luckShare(errors);
  return [...Map.groupBy(errors.keys(), (n) => requests[n]?.label ?? '')].map(([label, members]) => ({
    label,
    count: members.length,
    covered:
      members.filter((n) => {
        const error = errors[n];
        return error !== undefined && isCovered(error, luck);
      }).length / members.length,
  }));
}

/** Share of a model's groups of requests whose mean outcome lies in its 90 % interval, between two extremes. */
export type ModelCoverage = {
  label: string;
  groups: number;
  /** When all requests of a group err alike, so that the group's spread is that of one request. */
  alike: number;
  /** When they err independently, so that it falls with the root of their number. */
  independent: number;
};

/** Below this a group's mean outcome is mostly luck. */
const LEAST_REQUESTS = 20;
const Z_90 = 1.645;

/** By model, over labels with enough requests: whether its mean outcome lies in the interval around its mean prediction. */
export function coverageByModel(requests: readonly PredictedRequest[], models: readonly string[]): ModelCoverage[] {
  const groups = [...Map.groupBy(requests, ({ label }) => label).values()].filter(
    ({ length }) => length >= LEAST_REQUESTS,
  );
  return models.map((label, m) => {
    const errors = groups.map((members) => groupError(members, m));
    const share = (holds: (error: GroupError) => boolean): number => errors.filter(holds).length / groups.length;
    return {
      label,
      groups: groups.length,
      alike: share(({ error, luck, spread }) => error <= Z_90 * Math.sqrt(spread ** 2 + luck)),
      independent: share(({ error, luck, spread, requests: n }) => error <= Z_90 * Math.sqrt(spread ** 2 / n + luck)),
    };
  });
}

type GroupError = { error: number; luck: number; spread: number; requests: number };

function groupError(members: readonly PredictedRequest[], m: number): GroupError {
  const mean = (part: (request: PredictedRequest) => number): number =>
    members.reduce((sum, request) => sum + part(request), 0) / members.length;
  return {
    error: Math.abs(mean(({ quality, means }) => (quality[m] ?? 0) - (means[m] ?? 0))),
    luck: mean(({ means }) => (means[m] ?? 0) * (1 - (means[m] ?? 0))) / members.length,
    spread: mean(({ spreads }) => spreads[m] ?? 0),
    requests: members.length,
  };
}
