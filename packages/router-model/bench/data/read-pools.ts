import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Observation, readRows, type TrainingRow } from '../../src/rows.ts';
import { groupHash } from '../../src/training/prepare-data.ts';
import type { Pool, PoolRow } from './pool.ts';

const poolsSchema = z.record(
  z.string(),
  z.object({
    src: z.array(z.string()),
    models: z.array(z.string()),
    /** Names under which a pool's model may appear in a row; the first that is there counts. */
    alias: z.record(z.string(), z.array(z.string())).optional(),
  }),
);
export type PoolDefinition = z.infer<typeof poolsSchema>[string];

/** Gives the rows of one source; a source is read once. */
export type SourceReader = (source: string) => Promise<TrainingRow[]>;

/** Reads `pools.json` of the shared routing data. */
export async function readPoolDefinitions(folder: string): Promise<Map<string, PoolDefinition>> {
  const text = await readFile(join(folder, 'pools.json'), 'utf8');
  return new Map(Object.entries(poolsSchema.parse(JSON.parse(text))));
}

export function sourceReader(folder: string): SourceReader {
  const known = new Map<string, Promise<TrainingRow[]>>();
  return (source) => {
    const reading = known.get(source) ?? collect(readRows([join(folder, `${source}.jsonl.gz`)]));
    known.set(source, reading);
    return reading;
  };
}

async function collect(rows: AsyncIterable<TrainingRow>): Promise<TrainingRow[]> {
  const collected: TrainingRow[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

/** The pool's rows: those of its sources on which each of its models has a score and a cost. */
export async function readPool(name: string, definition: PoolDefinition, read: SourceReader): Promise<Pool> {
  const { src, models, alias } = definition;
  const rows: PoolRow[] = [];
  for (const source of src)
    for (const row of await read(source)) {
      const poolRow = poolRowOf(
        row,
        models.map((model) => ({ model, names: alias?.[model] ?? [model] })),
      );
      if (poolRow !== undefined) rows.push(poolRow);
    }
  return { name, models, rows };
}

type PoolModel = { model: string; names: readonly string[] };

/** The row as the pool sees it; `undefined` when a model of the pool lacks a score or a cost. */
export function poolRowOf(row: TrainingRow, models: readonly PoolModel[]): PoolRow | undefined {
  const byName = new Map(row.observations.map((observation) => [observation.model, observation]));
  const observations: Observation[] = [];
  for (const { model, names } of models) {
    const name = names.find((candidate) => byName.has(candidate));
    const found = name === undefined ? undefined : byName.get(name);
    const quality = found === undefined ? undefined : Object.values(found.scores)[0];
    if (found?.costNanoUsd === undefined || quality === undefined) return undefined;
    // One quality for all sources, whichever dimensions the source's scores are filed under.
    observations.push({ ...found, model, scores: { factual_accuracy: quality } });
  }
  return {
    row: { ...row, observations },
    group: groupHash(row),
    quality: Float64Array.from(observations, ({ scores }) => scores.factual_accuracy ?? 0),
    costUsd: Float64Array.from(observations, ({ costNanoUsd }) => (costNanoUsd ?? 0) / 1e9),
  };
}
