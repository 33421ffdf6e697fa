import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openBench } from '../bench.ts';
import { readPoolDefinitions, sourceReader } from '../data/read-pools.ts';
import { type FoldJob, foldRunner } from './fold-job.ts';
import { startFoldThreads } from './fold-threads.ts';

const POOLS = { toy: { src: ['left'], models: ['small', 'large'] } };
const OPTIONS = { folds: 2, seed: 1, training: SMALL_TRAINING };
const JOB: FoldJob = { pool: 'toy', split: 'cross-validated', fold: 0, tuning: 'none' };

async function writeData(folder: string): Promise<void> {
  const lines = syntheticRows(1_200, 3)
    .filter(({ source }) => source === 'left')
    .map(({ id, source, domain, prompt, observations }) =>
      JSON.stringify({
        id,
        source,
        domain,
        quality_kind: 'exact_match',
        prompt: prompt.text,
        models: Object.fromEntries(
          observations.map(({ model, scores }) => [
            model,
            { q: scores.factual_accuracy, cost: model === 'large' ? 0.01 : 0.001 },
          ]),
        ),
      }),
    );
  await writeFile(join(folder, 'left.jsonl.gz'), gzipSync(lines.join('\n')));
  await writeFile(join(folder, 'pools.json'), JSON.stringify(POOLS));
}

describe('startFoldThreads', () => {
  it('holds out on a thread what this thread holds out, and goes on after a job that fails', async () => {
    await using folder = await temporaryFolder();
    await writeData(folder.path);
    const threads = startFoldThreads(1, { folder: folder.path, options: OPTIONS }, () => undefined);
    try {
      const failing = threads.run({ ...JOB, fold: 9 });
      const waiting = threads.run(JOB);
      await expect(failing).rejects.toThrow('no fold 9 of toy');
      const here = openBench(await readPoolDefinitions(folder.path), sourceReader(folder.path), OPTIONS);
      expect(await waiting).toEqual(await foldRunner(here)(JOB));
    } finally {
      await threads.stop();
    }
  });
});
