import type { Dimension } from '@pointsman/contracts';
import { readModelTable } from '../artefact/read-artefact.ts';
import { sigmoid } from '../mathematics/logistic.ts';
import type { RequestReading } from '../model/read-request.ts';
import type { Prompt } from '../prompt.ts';
import { openRouterSession } from '../serving/router-session.ts';
import { foldIn } from './fold-in.ts';
import { nextCases } from './next-cases.ts';
import { normalInterval } from './normal-interval.ts';

export type OnboardingAnswer = { prompt: Prompt; scores: Partial<Record<Dimension, number>> };

export type Onboarding = {
  /** Indices of all prompts: the most telling first as far as choosing pays, then the rest in their order. */
  order(name: string, prompts: readonly Prompt[]): Promise<number[]>;
  /**
   * How well the model's ability is known after these answers: half of its 95 % interval, as a mean score on requests of
   * average ease, in [0, 1].
   */
  uncertainty(name: string, answers: readonly OnboardingAnswer[]): Promise<number>;
  release(): Promise<void>;
};

/** Each choice looks at all cases that are left: beyond this many a model is known, and order says little. */
const MOST_CHOSEN = 1_000;

/** Opens an artefact to plan which benchmark cases a model should answer so that the artefact knows it soon. */
export async function openOnboarding(artefactDir: string): Promise<Onboarding> {
  const session = await openRouterSession(artefactDir);
  const table = await readModelTable(artefactDir, session.manifest);
  const readings = new Map<Prompt, RequestReading>();
  const read = async (prompt: Prompt): Promise<RequestReading> => {
    const known = readings.get(prompt) ?? (await session.read(prompt));
    readings.set(prompt, known);
    return known;
  };
  return {
    async order(name, prompts) {
      const cases: RequestReading[] = [];
      for (const prompt of prompts) cases.push(await read(prompt));
      const chosen = nextCases(table, name, cases, MOST_CHOSEN);
      const taken = new Set(chosen);
      return [...chosen, ...[...prompts.keys()].filter((index) => !taken.has(index))];
    },
    async uncertainty(name, answers) {
      const scored = [];
      for (const { prompt, scores } of answers) scored.push({ scores, reading: await read(prompt) });
      const model = foldIn(table, name, scored).models.find((known) => known.name === name);
      const belief =
        model === undefined ? table.abilityPrior : { mean: model.ability, variance: model.abilityVariance };
      const known = normalInterval(belief, answers.length);
      return 'tooFew' in known ? 1 : (sigmoid(known.high) - sigmoid(known.low)) / 2;
    },
    release: () => session.release(),
  };
}
