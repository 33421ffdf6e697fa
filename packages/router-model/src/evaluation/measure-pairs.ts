import { mean } from '@pointsman/statistics';
import { at } from '../mathematics/matrix.ts';
import type { PairRouting } from './evaluation-table.ts';
import type { HeldOutCell } from './held-out-cell.ts';
import type { Pool } from './pool-requests.ts';

/**
 * Average performance gap recovered between the best and the cheapest model of a pool: which requests get the strong
 * model when 0 % to 100 % of them may, by a router's predicted gain (Ong et al. 2024, RouteLLM). `undefined` when the
 * cheapest is no worse than the best.
 */
export function measurePair({ source, models, requests }: Pool): PairRouting | undefined {
  const indices = models.map((_, index) => index);
  const qualityOf = (m: number): number => mean(requests.map(({ cells }) => cells[m]?.outcome ?? 0));
  const strong = indices.reduce(
    (a, b) => ((models[b]?.expectedScore ?? 0) > (models[a]?.expectedScore ?? 0) ? b : a),
    0,
  );
  const cheap = indices.reduce((a, b) => ((models[b]?.expectedCost ?? 0) < (models[a]?.expectedCost ?? 0) ? b : a), 0);
  if (qualityOf(strong) - qualityOf(cheap) <= 0) return undefined;
  const gap = (predict: (cell: HeldOutCell) => number) =>
    requests.map(({ cells }) => {
      const [a, b] = [cells[strong], cells[cheap]];
      return a === undefined || b === undefined ? 0 : predict(a) - predict(b);
    });
  const gains = gap((cell) => cell.outcome);
  return {
    source,
    strong: models[strong]?.name ?? '',
    weak: models[cheap]?.name ?? '',
    requests: requests.length,
    apgr: {
      router: averageGapRecovered(
        gains,
        gap((cell) => cell.mean),
      ),
      domainAverage: averageGapRecovered(
        gains,
        gap((cell) => cell.domainAverage),
      ),
      promptLength: averageGapRecovered(
        gains,
        requests.map(({ request }) => request.row.prompt.characters),
      ),
    },
  };
}

/**
 * Mean over all shares of strong calls of the share of the total gain that is recovered. `gains`: strong minus weak
 * outcome by request; `priorities`: higher goes to the strong model first. Equal priorities share evenly.
 */
export function averageGapRecovered(gains: readonly number[], priorities: readonly number[]): number {
  const order = gains.map((_, n) => n).sort((a, b) => at(priorities, b) - at(priorities, a));
  const total = gains.reduce((a, b) => a + b, 0);
  let recovered = 0;
  let area = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && at(priorities, at(order, end)) === at(priorities, at(order, start))) end += 1;
    const tied = order.slice(start, end).reduce((sum, n) => sum + at(gains, n), 0);
    area += (end - start) * (recovered + tied / 2);
    recovered += tied;
    start = end;
  }
  return area / (order.length * total);
}
