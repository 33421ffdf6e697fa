import type { Prompt } from '../../src/prompt.ts';
import type { TrainingRow } from '../../src/rows.ts';
import type { OurTraining } from './ours.ts';

/** One benchmark answer of a new model: how well it did on a prompt. */
export type Answer = { prompt: Prompt; quality: number };

/** A model new to a router that was trained without it. */
export type Newcomer = {
  /** Which `count` candidates, by index and each once, to have it answer next, given what it has answered. */
  choose(
    candidates: readonly Prompt[],
    answered: readonly Answer[],
    count: number,
  ): readonly number[] | Promise<readonly number[]>;
  /** What is expected of it on any prompt, given its answers alone. */
  learn(answers: readonly Answer[]): ExpectQuality | Promise<ExpectQuality>;
};

export type ExpectQuality = (prompt: Prompt) => number | Promise<number>;

/** Trains a router for the given models on rows that say nothing of the newcomer, and makes it ready to learn it. */
export type Onboard = (train: TrainingRow[], models: string[], training: OurTraining) => Promise<Newcomer>;
