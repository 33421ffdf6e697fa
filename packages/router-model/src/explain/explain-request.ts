import type { Manifest } from '../artefact/manifest.ts';
import { readModelTable } from '../artefact/read-artefact.ts';
import { at, rowOf } from '../mathematics/matrix.ts';
import { type PreparedModels, prepareModels, skillEffect } from '../model/estimate-models.ts';
import type { RequestReading } from '../model/read-request.ts';
import { SIDE_LIMIT } from '../model/request-model.ts';
import type { Prompt } from '../prompt.ts';
import { openPredictor, type RouterPrediction } from '../serving/open-predictor.ts';
import type { ServingMode } from '../serving/serving-mode.ts';

/** A feature of a prompt's form: how far it lies from the training prompts', in their standard deviations. */
export type ExplainedFeature = { name: string; value: number; deviations: number };

export type Likely = { label: string; probability: number };

/** One skill: how much the request asks for it, and what that does to the log odds of each model asked about. */
export type ExplainedSkill = { asked: number; effects: { model: string; logOdds: number }[] };

/** What an artefact makes of one request, in the order in which it does. */
export type RequestExplanation = {
  version: string;
  mode: ServingMode;
  /** Furthest from typical first; undefined for an artefact that does not know what is typical. */
  features: ExplainedFeature[] | undefined;
  /** 1: like the training data, 0: like nothing seen. What is learned of the request counts by this share. */
  familiarity: number;
  kinds: Likely[];
  domains: Likely[];
  tasks: Likely[];
  /** In the dimension with most scores; empty in a mode that leaves skills out. */
  skills: ExplainedSkill[];
  /** What serving would get. */
  prediction: RouterPrediction;
};

const MOST_LISTED = 5;
/** Less likely labels tell nothing. */
const LEAST_PROBABILITY = 0.01;
const PATIENCE_MS = 10_000;

/** Explains what an artefact reads in a prompt; `models`: router names whose use of the skills is told. */
export async function explainRequest(
  dir: string,
  prompt: Prompt,
  models: readonly string[] = [],
): Promise<RequestExplanation> {
  const predictor = await openPredictor({ artefactDir: dir });
  try {
    const prediction = await predictor.predict(prompt, PATIENCE_MS);
    // Only here on demand: the gateway imports this package too, and must not carry the runtime on its main thread.
    const { openRouterSession } = await import('../serving/router-session.ts');
    const session = await openRouterSession(dir);
    const { manifest } = session;
    const reading = await session.read(prompt);
    const { side } = session.featuresOf(prompt);
    await session.release();
    const prepared = prepareModels(await readModelTable(dir, manifest));
    return {
      version: manifest.version,
      mode: manifest.mode,
      features: explainFeatures(side, manifest),
      familiarity: reading.familiarity,
      kinds: likeliest(reading.kinds, manifest.kinds),
      domains: likeliest(reading.domains, manifest.domains),
      tasks: likeliest(reading.tasks, manifest.tasks),
      skills: manifest.mode === 'learned' ? explainSkills(reading, prepared, models) : [],
      prediction,
    };
  } finally {
    await predictor.close();
  }
}

function explainFeatures(side: Float32Array, { features }: Manifest): ExplainedFeature[] | undefined {
  const { typical, sideFeatures } = features;
  if (typical === undefined) return undefined;
  return sideFeatures
    .map((name, n) => {
      const value = at(side, n);
      const deviations = (value - at(typical.means, n)) * at(typical.inverseDeviations, n);
      // Beyond this the model itself sees no difference.
      return { name, value, deviations: Math.min(Math.max(deviations, -SIDE_LIMIT), SIDE_LIMIT) };
    })
    .sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations));
}

function likeliest(probabilities: ArrayLike<number>, labels: readonly string[]): Likely[] {
  return labels
    .map((label, n) => ({ label, probability: at(probabilities, n) }))
    .filter(({ probability }) => probability >= LEAST_PROBABILITY)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_LISTED);
}

/** Effects add up: to what the kinds let expect, before it is calibrated. */
function explainSkills(
  { skills, familiarity }: RequestReading,
  { names, heads }: PreparedModels,
  models: readonly string[],
): ExplainedSkill[] {
  const head = heads[0];
  if (head === undefined) return [];
  return Array.from(skills, (asked, skill) => ({
    asked,
    effects: models.flatMap((model) => {
      const row = names.indexOf(model);
      if (row < 0) return [];
      const logOdds =
        familiarity * head.calibration.slope * skillEffect([asked], [at(rowOf(head.strengths, row), skill)]);
      return [{ model, logOdds }];
    }),
  }));
}
