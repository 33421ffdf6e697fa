import { mean } from '@pointsman/statistics';
import { isCovered, luckShare, NOMINAL_COVERAGE, type RequestError, requestError } from '../training/request-errors.ts';
import type { Coverage } from './evaluation-table.ts';
import type { HeldOutCell, HeldOutRequest } from './held-out-cell.ts';

/** Fewer requests cannot tell 80 % from 95 %. */
const LEAST_REQUESTS = 30;
const LEAST_GROUP = 20;

/**
 * Whether spreads are honest. By request: the mean outcome over models lies in the 90 % interval, luck included. By
 * model and domain: the mean outcome lies within one mean spread of the mean prediction, which a spread that covers
 * single requests must do nearly always.
 */
export function measureCoverage(requests: readonly HeldOutRequest[], dimension: string): Coverage | undefined {
  const scored = requests.flatMap(({ domain, cells }) => {
    const own = cells.filter((cell) => cell.dimension === dimension);
    return own.length === 0 ? [] : [{ domain, cells: own, error: errorOf(own) }];
  });
  if (scored.length === 0) return undefined;
  const luck = luckShare(scored.map(({ error }) => error));
  const share = (members: typeof scored): number =>
    members.filter(({ error }) => isCovered(error, luck)).length / members.length;
  const domains = [...Map.groupBy(scored, ({ domain }) => domain)]
    .filter(([, members]) => members.length >= LEAST_REQUESTS)
    .map(([domain, members]) => ({ domain, requests: members.length, coverage: share(members) }))
    .sort((a, b) => a.coverage - b.coverage);
  return {
    dimension,
    nominal: NOMINAL_COVERAGE,
    requests: scored.length,
    overall: share(scored),
    worstDomain: domains[0],
    domains: domains.length,
    groups: groupCoverage(scored),
  };
}

function errorOf(cells: readonly HeldOutCell[]): RequestError {
  return requestError(
    cells.map((cell) => cell.outcome),
    cells.map((cell) => cell.mean),
    cells.map((cell) => cell.spread),
  );
}

function groupCoverage(scored: readonly { domain: string; cells: readonly HeldOutCell[] }[]): Coverage['groups'] {
  const cells = scored.flatMap(({ domain, cells: own }) => own.map((cell) => ({ domain, cell })));
  const groups = [...Map.groupBy(cells, ({ domain, cell }) => `${domain}\n${cell.model}`).values()].filter(
    (members) => members.length >= LEAST_GROUP,
  );
  const covered = groups.filter((members) => {
    const own = members.map(({ cell }) => cell);
    const gap = mean(own.map((cell) => cell.outcome - cell.mean));
    return Math.abs(gap) <= mean(own.map((cell) => cell.spread));
  });
  return { count: groups.length, covered: groups.length === 0 ? 0 : covered.length / groups.length };
}
