import { mean } from '@pointsman/statistics';
import type { ServingMode } from '../serving/serving-mode.ts';
import { isCovered, luckShare, NOMINAL_COVERAGE, type RequestError, requestError } from '../training/request-errors.ts';
import { bootstrapFigures, numberGroups, type Resampling } from './bootstrap-figures.ts';
import type { Coverage } from './evaluation-table.ts';
import type { HeldOutCell, HeldOutRequest } from './held-out-cell.ts';
import { addToGroup, emptySums, weightedTotals } from './weighted-sums.ts';

/** Fewer requests cannot tell 80 % from 95 %. */
const LEAST_REQUESTS = 30;
const LEAST_GROUP = 20;

type Scored = { group: number; domain: string; cells: readonly HeldOutCell[]; error: RequestError };

/**
 * Whether spreads are honest. By request: the mean outcome over models lies in the 90 % interval, luck included. By
 * model and domain: the mean outcome lies within one mean spread of the mean prediction, which a spread that covers
 * single requests must do nearly always.
 */
export function measureCoverage(
  requests: readonly HeldOutRequest[],
  dimension: string,
  mode: ServingMode,
  resampling: Resampling,
): Coverage | undefined {
  const numbers = numberGroups(requests.map(({ group }) => group));
  const scored = requests.flatMap(({ domain, cells }, n): Scored[] => {
    const own = cells.filter((cell) => cell.dimension === dimension);
    return own.length === 0 ? [] : [{ group: numbers.of[n] ?? 0, domain, cells: own, error: errorOf(own, mode) }];
  });
  if (scored.length === 0) return undefined;
  const luck = luckShare(scored.map(({ error }) => error));
  const domains = [...Map.groupBy(scored, ({ domain }) => domain)]
    .filter(([, members]) => members.length >= LEAST_REQUESTS)
    .map(([domain, members]) => ({ domain, requests: members.length, share: coveredShare(members, luck) }))
    .sort((a, b) => a.share - b.share);
  const worst = domains[0];
  const coverageOf = (members: readonly Scored[]) => measureShare(members, luck, resampling);
  return {
    mode,
    dimension,
    nominal: NOMINAL_COVERAGE,
    requests: scored.length,
    overall: coverageOf(scored),
    worstDomain: worst && {
      domain: worst.domain,
      requests: worst.requests,
      coverage: coverageOf(scored.filter(({ domain }) => domain === worst.domain)),
    },
    domains: domains.length,
    groups: measureParts(scored, mode, resampling),
  };
}

const coveredShare = (members: readonly Scored[], luck: number): number =>
  members.filter(({ error }) => isCovered(error, luck)).length / members.length;

/** The luck share is that of all requests: a domain's own would be too noisy, and resampling it moves nothing. */
function measureShare(members: readonly Scored[], luck: number, resampling: Resampling): Coverage['overall'] {
  const groups = numberGroups(members.map(({ group }) => group));
  const sums = emptySums(groups.count, 2);
  members.forEach(({ error }, n) => {
    addToGroup(sums, groups.of[n] ?? 0, [1, isCovered(error, luck) ? 1 : 0]);
  });
  const figures = bootstrapFigures(
    groups.count,
    (weights) => {
      const [count = 0, covered = 0] = weightedTotals(sums, weights);
      return { share: covered / count };
    },
    resampling,
  );
  return figures.share;
}

function errorOf(cells: readonly HeldOutCell[], mode: ServingMode): RequestError {
  return requestError(
    cells.map((cell) => cell.outcome),
    cells.map((cell) => cell.estimates[mode].mean),
    cells.map((cell) => cell.estimates[mode].spread),
  );
}

/**
 * Models' replies in one domain, where there are enough. Domains are resampled, not requests: drawing requests anew would
 * push every part away from its own mean.
 */
function measureParts(scored: readonly Scored[], mode: ServingMode, resampling: Resampling): Coverage['groups'] {
  const domains = [...Map.groupBy(scored, ({ domain }) => domain).values()].flatMap((members) => {
    const byModel = Map.groupBy(
      members.flatMap(({ cells }) => cells),
      ({ model }) => model,
    );
    const parts = [...byModel.values()].filter((own) => own.length >= LEAST_GROUP);
    return parts.length === 0
      ? []
      : [{ parts: parts.length, covered: parts.filter((own) => isWithinSpread(own, mode)).length }];
  });
  const sums = emptySums(domains.length, 2);
  domains.forEach(({ parts, covered }, d) => {
    addToGroup(sums, d, [parts, covered]);
  });
  const { covered } = bootstrapFigures(
    domains.length,
    (weights) => {
      const [parts = 0, within = 0] = weightedTotals(sums, weights);
      return { covered: parts === 0 ? undefined : within / parts };
    },
    resampling,
  );
  return { count: domains.reduce((sum, { parts }) => sum + parts, 0), covered };
}

function isWithinSpread(cells: readonly HeldOutCell[], mode: ServingMode): boolean {
  const gap = mean(cells.map(({ outcome, estimates }) => outcome - estimates[mode].mean));
  return Math.abs(gap) <= mean(cells.map(({ estimates }) => estimates[mode].spread));
}
