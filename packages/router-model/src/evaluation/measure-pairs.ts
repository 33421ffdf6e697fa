import { at } from '../mathematics/matrix.ts';
import { bootstrapFigures, type Resampling } from './bootstrap-figures.ts';
import type { PairRouting } from './evaluation-table.ts';
import { type HeldOutCell, PREDICTORS } from './held-out-cell.ts';
import { cheapestOf, type Pool, strongestOf } from './pool-requests.ts';

/**
 * Average performance gap recovered between the best and the cheapest model of a pool: which requests get the strong
 * model when 0 % to 100 % of them may, by a router's predicted gain (Ong et al. 2024, RouteLLM). `undefined` when the
 * cheapest is no worse than the best.
 */
export function measurePair(pool: Pool, resampling: Resampling): PairRouting | undefined {
  const { source, models, requests, groups, isPriced } = pool;
  const [strong, cheap] = [strongestOf(pool), cheapestOf(pool)];
  const gap = (predict: (cell: HeldOutCell) => number): number[] =>
    requests.map(({ cells }) => {
      const [a, b] = [cells[strong], cells[cheap]];
      return a === undefined || b === undefined ? 0 : predict(a) - predict(b);
    });
  const gains = gap((cell) => cell.outcome);
  if (!isPriced || gains.reduce((a, b) => a + b, 0) <= 0) return undefined;
  const areas = {
    router: gainRanking(gains, gap(PREDICTORS.router)),
    kindAverages: gainRanking(gains, gap(PREDICTORS.kindAverages)),
    domainAverage: gainRanking(gains, gap(PREDICTORS.domainAverage)),
    hashedRidge: gainRanking(gains, gap(PREDICTORS.hashedRidge)),
    promptLength: gainRanking(
      gains,
      requests.map(({ request }) => request.row.prompt.characters),
    ),
  };
  const names = Object.keys(areas) as (keyof typeof areas)[];
  const apgr = bootstrapFigures(
    groups.count,
    (weights) => {
      const drawn = Float64Array.from(groups.of, (group) => at(weights, group));
      const entries = names.map((name) => [name, areas[name](drawn)]);
      return Object.fromEntries(entries) as Record<keyof typeof areas, number | undefined>;
    },
    resampling,
  );
  return {
    source,
    strong: models[strong]?.name ?? '',
    weak: models[cheap]?.name ?? '',
    requests: requests.length,
    apgr,
  };
}

/**
 * Mean over all shares of strong calls of the share of the total gain that is recovered, as a function of how much each
 * request counts. `gains`: strong minus weak outcome by request; `priorities`: higher goes to the strong model first.
 * Equal priorities share evenly. `undefined` where nothing is to be gained.
 */
export function gainRanking(
  gains: readonly number[],
  priorities: readonly number[],
): (weights: Float64Array) => number | undefined {
  const order = Int32Array.from(gains.keys()).sort((a, b) => at(priorities, b) - at(priorities, a));
  return (weights) => {
    let [recovered, area, called] = [0, 0, 0];
    for (let start = 0; start < order.length; ) {
      const priority = at(priorities, at(order, start));
      let [end, tied, calls] = [start, 0, 0];
      for (; end < order.length && at(priorities, at(order, end)) === priority; end += 1) {
        const request = at(order, end);
        tied += at(weights, request) * at(gains, request);
        calls += at(weights, request);
      }
      area += calls * (recovered + tied / 2);
      recovered += tied;
      called += calls;
      start = end;
    }
    return recovered <= 0 ? undefined : area / (called * recovered);
  };
}
