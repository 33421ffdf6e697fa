import { type BenchmarkCase, DIFFICULTIES, DOMAINS, type Domain, TASKS, type Task } from '@pointsman/contracts';
import { seededRandom } from '@pointsman/statistics';

import { at, drawFrom } from './draw.ts';
import { LANGUAGES } from './language.ts';
import { openNovelty } from './novelty.ts';
import { TEMPLATES } from './templates.ts';

export type GenerateOptions = {
  count: number;
  /** Any whole number from 0: another one gives other cases. */
  seed: number;
};

const ROOM_FOR_REPLICATES = 1_000;

/**
 * Verifiable cases, spread evenly over domains, tasks, languages and difficulties: any 10 in a row have every task, any
 * 140 every domain with every task. The same options give the same cases, byte for byte. No two ask the same: two cases
 * share less than four fifths of their runs of three words, whatever their figures, as long as templates have that to give.
 */
export function generateCases({ count, seed }: GenerateOptions): BenchmarkCase[] {
  const plans = new Map<string, Iterator<string, never>>();
  const novelty = openNovelty((seed % ROOM_FOR_REPLICATES) * ROOM_FOR_REPLICATES);
  return Array.from({ length: count }, (_, index) => {
    const task = at(TASKS, index % TASKS.length);
    const domain = at(DOMAINS, Math.floor(index / TASKS.length) % DOMAINS.length);
    const round = Math.floor(index / (TASKS.length * DOMAINS.length));
    const cell = `${domain} ${task}`;
    const plan = plans.get(cell) ?? templatePlan(domain, task, seed);
    plans.set(cell, plan);
    const shift = DOMAINS.indexOf(domain) + TASKS.indexOf(task);
    return novelty.nextCase(plan.next().value, {
      domain,
      language: at(LANGUAGES, (round + shift) % LANGUAGES.length),
      difficulty: at(DIFFICULTIES, round % DIFFICULTIES.length),
    });
  });
}

/** The task's templates in random order, again and again in another: each as often as the others, beside every difficulty. */
function* templatePlan(domain: Domain, task: Task, seed: number): Generator<string, never> {
  const { shuffle } = drawFrom(seededRandom(`${domain} ${task} ${seed}`));
  const names = TEMPLATES.filter((template) => template.task === task).map(({ name }) => name);
  for (;;) yield* shuffle(names);
}
