import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Manifest } from '../artefact/manifest.ts';
import { ENCODER_FOLDER, readArtefactFile } from '../artefact/read-artefact.ts';
import { writeDerivedArtefact } from '../artefact/write-artefact.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import type { ModelTable } from '../model/model-standing.ts';
import type { RequestReading } from '../model/read-request.ts';
import { describeNewcomer } from '../prior/describe-newcomer.ts';
import type { Prompt } from '../prompt.ts';
import type { TrainingRow } from '../rows.ts';
import { averagesOf } from '../training/average-estimates.ts';
import { mergeTrainedOn } from './merge-trained-on.ts';

/** Where an artefact is, where the one derived from it goes (the same folder replaces it), and how its session reads. */
export type Derivation = {
  artefactDir: string;
  outDir: string;
  read(prompt: Prompt): Promise<RequestReading>;
};

/** What changes: the table, on how many scores it stands, and the prompts that new answers were given to. */
export type Change = {
  table: ModelTable;
  dimensions: Manifest['dimensions'];
  learnedFrom: readonly TrainingRow[];
};

/**
 * Writes an artefact that reads requests as its parent does and knows models by another table. Averages and self-check
 * are computed afresh; the parent's evaluation, which is not about these estimates, is left out.
 */
export async function deriveArtefact(
  { artefactDir, outDir, read }: Derivation,
  parent: Manifest,
  { table, dimensions, learnedFrom }: Change,
): Promise<Manifest> {
  const files = {
    graph: await readArtefactFile(artefactDir, parent.files.graph),
    trainedOn: mergeTrainedOn(await readArtefactFile(artefactDir, parent.files.trainedOn), learnedFrom),
  };
  const selfCheck = await selfCheckOf(parent, table, read);
  if (resolve(artefactDir) !== resolve(outDir)) await copyEncoder(artefactDir, outDir, parent);
  return writeDerivedArtefact(outDir, {
    models: table,
    files,
    manifest: {
      ...parent,
      dimensions,
      parent: parent.version,
      models: averagesOf(table),
      newcomer: describeNewcomer(table),
      evaluation: undefined,
      selfCheck,
    },
  });
}

async function selfCheckOf(
  { selfCheck }: Manifest,
  table: ModelTable,
  read: Derivation['read'],
): Promise<Manifest['selfCheck']> {
  const prepared = prepareModels(table);
  const checks: Manifest['selfCheck'] = [];
  for (const { prompt } of selfCheck) {
    const { means, spreads, outputTokens } = estimateModels(prepared, await read(prompt));
    checks.push({
      prompt,
      means: means.map((values) => [...values]),
      spreads: spreads.map((values) => [...values]),
      outputTokens: [...outputTokens],
    });
  }
  return checks;
}

async function copyEncoder(from: string, to: string, { encoder }: Manifest): Promise<void> {
  await rm(join(to, ENCODER_FOLDER), { recursive: true, force: true });
  if (encoder !== undefined) await cp(join(from, ENCODER_FOLDER), join(to, ENCODER_FOLDER), { recursive: true });
}
