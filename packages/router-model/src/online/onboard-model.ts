import type { Interval } from '@pointsman/statistics';
import { type Manifest, readManifest } from '../artefact/manifest.ts';
import { readModelTable, readTrainedOn } from '../artefact/read-artefact.ts';
import type { TrainedOn } from '../artefact/trained-on.ts';
import type { ModelStanding, ModelTable } from '../model/model-standing.ts';
import { abilityFromFacts } from '../prior/catalog-prior.ts';
import type { ModelFacts } from '../prior/model-facts.ts';
import type { Observation, TrainingRow } from '../rows.ts';
import { groupHash } from '../training/prepare-data.ts';
import { type Derivation, deriveArtefact } from './derive-artefact.ts';
import { foldIn, type ScoredAnswer } from './fold-in.ts';
import { normalInterval } from './normal-interval.ts';

export type OnboardingOptions = Derivation & {
  /** As the artefact is to know the model: a router name, or the id of a catalogue model. */
  name: string;
  /** Its answers; those of other models are passed over. */
  rows: AsyncIterable<TrainingRow> | Iterable<TrainingRow>;
  /** What the catalogue says of it: a better start than any model's, where the artefact learned from a catalogue. */
  facts?: ModelFacts | undefined;
};

export type OnboardingReport = {
  name: string;
  /** Whether the artefact did not know it before. */
  isNew: boolean;
  /** Scored answers learned now. */
  answers: number;
  leftOut: {
    /** Answers that were learned before, or may have been: to prompts, or near-duplicates, the artefact learned from. */
    learnedBefore: number;
    /** The same answer again. */
    repeated: number;
    /** Without a score in a dimension the artefact predicts. */
    unscored: number;
  };
  /** Of those learned, how many were to prompts that other models had answered in training. */
  onTrainedPrompts: number;
  /** Log odds of a full score on a request of average ease, before and after. */
  ability: { before: Interval; after: Interval };
};

/**
 * Derives an artefact that knows one more model, or one of its models better, from benchmark answers alone: seconds,
 * no training. No answer is learned twice: what training, or an earlier call, learned from is left out and counted.
 * Throws when no answer is left.
 */
export async function onboardModel(
  options: OnboardingOptions,
): Promise<{ manifest: Manifest; report: OnboardingReport }> {
  const { artefactDir, name, facts } = options;
  const parent = await readManifest(artefactDir);
  const table = await readModelTable(artefactDir, parent);
  const trainedOn = await readTrainedOn(artefactDir, parent);
  const known = table.models.find((model) => model.name === name);
  const prior = facts && table.catalogPrior ? abilityFromFacts(table.catalogPrior, facts) : table.abilityPrior;
  const { fresh, leftOut } = await freshAnswers(options, parent, known, trainedOn);
  if (fresh.length === 0)
    throw new Error(
      `no answer of ${name} to learn: ${leftOut.learnedBefore} were, or may have been, learned before, ` +
        `${leftOut.unscored} have no score in ${parent.heads.join(', ')}`,
    );
  const answers: ScoredAnswer[] = [];
  for (const { row, observation } of fresh) answers.push({ ...observation, reading: await options.read(row.prompt) });
  const learned = withAnswered(foldIn(table, name, answers, prior), name, fresh);
  const after = learned.models.find((model) => model.name === name);
  const manifest = await deriveArtefact(options, parent, {
    table: learned,
    dimensions: evidenceOf(parent, fresh, trainedOn),
    learnedFrom: fresh.map(({ row }) => row),
  });
  return {
    manifest,
    report: {
      name,
      isNew: known === undefined,
      answers: fresh.length,
      leftOut,
      onTrainedPrompts: fresh.filter(({ row }) => trainedOn.has(row)).length,
      ability: { before: abilityOf(known, prior), after: abilityOf(after, prior) },
    },
  };
}

type Fresh = { row: TrainingRow; observation: Observation };

async function freshAnswers(
  { name, rows }: OnboardingOptions,
  { heads }: Manifest,
  known: ModelStanding | undefined,
  trainedOn: TrainedOn,
): Promise<{ fresh: Fresh[]; leftOut: OnboardingReport['leftOut'] }> {
  const fresh: Fresh[] = [];
  const leftOut = { learnedBefore: 0, repeated: 0, unscored: 0 };
  const seen = new Set<string>();
  const wasLearned = learnedBefore(known, trainedOn);
  for await (const row of rows)
    for (const observation of row.observations) {
      if (observation.model !== name) continue;
      const key = JSON.stringify([row.source, row.prompt, observation]);
      if (!heads.some((dimension) => observation.scores[dimension] !== undefined)) leftOut.unscored += 1;
      else if (wasLearned(row)) leftOut.learnedBefore += 1;
      else if (seen.has(key)) leftOut.repeated += 1;
      else fresh.push({ row, observation });
      seen.add(key);
    }
  return { fresh, leftOut };
}

/**
 * Tells rows whose answer by this model was, or may have been, learned. Of a model that training knew only the prompts
 * are on record, so each of them counts; of one taken up later its own answers are.
 */
function learnedBefore(known: ModelStanding | undefined, trainedOn: TrainedOn): (row: TrainingRow) => boolean {
  const answered = new Set(known?.answered);
  const isFromTraining = known !== undefined && known.prior === undefined;
  return (row) => answered.has(groupHash(row)) || (isFromTraining && trainedOn.has(row));
}

function withAnswered(table: ModelTable, name: string, fresh: readonly Fresh[]): ModelTable {
  const groups = fresh.map(({ row }) => groupHash(row));
  const models = table.models.map((model) =>
    model.name === name
      ? { ...model, answered: [...new Set([...(model.answered ?? []), ...groups])].sort((a, b) => a - b) }
      : model,
  );
  return { ...table, models };
}

function evidenceOf(
  { heads, dimensions }: Manifest,
  fresh: readonly Fresh[],
  trainedOn: TrainedOn,
): Manifest['dimensions'] {
  const evidence = { ...dimensions };
  for (const dimension of heads) {
    const scored = fresh.filter(({ observation }) => observation.scores[dimension] !== undefined);
    const prompts = new Set(scored.filter(({ row }) => !trainedOn.has(row)).map(({ row }) => row.prompt.text));
    const { basis, rows, scores } = dimensions[dimension];
    evidence[dimension] = { basis, rows: rows + prompts.size, scores: scores + scored.length };
  }
  return evidence;
}

const abilityOf = (model: ModelStanding | undefined, prior: { mean: number; variance: number }): Interval =>
  normalInterval(
    model === undefined ? prior : { mean: model.ability, variance: model.abilityVariance },
    model?.rows ?? 0,
  );
