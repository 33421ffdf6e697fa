import type { PoolRow } from '../data/pool.ts';

/** What one model's answer to one request comes to, against hindsight. */
export type Sizing = {
  /** 1 when a cheaper model scored at least as well. */
  oversized: number;
  /** 1 when it cost more than twice what the cheapest model that meets the bar cost. */
  overTwice: number;
  /** 1 when it scored below the bar. */
  undersized: number;
};

/** Per model of the pool. The bar is what the strongest model scored on this request. */
export function sizingOf({ quality, costUsd }: PoolRow, strongest: number): Sizing[] {
  const bar = quality[strongest] ?? 0;
  const cheapestOver = (least: number): number => {
    let cheapest = Number.POSITIVE_INFINITY;
    quality.forEach((score, m) => {
      if (score >= least) cheapest = Math.min(cheapest, costUsd[m] ?? 0);
    });
    return cheapest;
  };
  const sufficient = cheapestOver(bar);
  return Array.from(quality, (score, m) => {
    const cost = costUsd[m] ?? 0;
    return {
      oversized: cheapestOver(score) < cost ? 1 : 0,
      overTwice: cost > 2 * sufficient ? 1 : 0,
      undersized: score < bar ? 1 : 0,
    };
  });
}
