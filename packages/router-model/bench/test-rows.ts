import type { PoolRow } from './data/pool.ts';

/** A row made up for a test; what is not given is empty. */
export function poolRow(given: {
  quality: number[];
  costUsd: number[];
  text?: string;
  group?: number;
  source?: string;
  domain?: string;
}): PoolRow {
  const { quality, costUsd, text = '', group = 0, source = 'made-up', domain = 'any' } = given;
  const prompt = { text, system: '', characters: text.length, messageCount: 1, toolCount: 0, imageCount: 0 };
  return {
    row: { id: `${source}:${group}`, source, domain, prompt, observations: [] },
    group,
    quality: Float64Array.from(quality),
    costUsd: Float64Array.from(costUsd),
  };
}
