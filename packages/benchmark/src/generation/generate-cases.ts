import { type BenchmarkCase, DIFFICULTIES, DOMAINS, type Domain, TASKS, type Task } from '@pointsman/contracts';
import { seededRandom } from '@pointsman/statistics';
import { messagesText, wordsOf } from '../curation/text-overlap.ts';
import { caseFromTemplate, type SeedParts, seedOf } from './case-from-template.ts';
import { at, drawFrom } from './draw.ts';
import { LANGUAGES } from './language.ts';
import { TEMPLATES } from './templates.ts';

export type GenerateOptions = {
  count: number;
  /** Any whole number from 0: another one gives other cases. */
  seed: number;
};

const ROOM_FOR_REPLICATES = 1_000;

/**
 * Verifiable cases, spread evenly over domains, tasks, languages and difficulties: any 10 in a row have every task, any
 * 140 every domain with every task. The same options give the same cases, byte for byte; no two ask the same words.
 */
export function generateCases({ count, seed }: GenerateOptions): BenchmarkCase[] {
  const plans = new Map<string, Iterator<string>>();
  const replicates = new Map<string, number>();
  const asked = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const task = at(TASKS, index % TASKS.length);
    const domain = at(DOMAINS, Math.floor(index / TASKS.length) % DOMAINS.length);
    const round = Math.floor(index / (TASKS.length * DOMAINS.length));
    const cell = `${domain} ${task}`;
    const plan = plans.get(cell) ?? templatePlan(domain, task, seed);
    plans.set(cell, plan);
    const shift = DOMAINS.indexOf(domain) + TASKS.indexOf(task);
    const parts = {
      domain,
      language: at(LANGUAGES, (round + shift) % LANGUAGES.length),
      difficulty: at(DIFFICULTIES, round % DIFFICULTIES.length),
    };
    const name = plan.next().value as string;
    const key = JSON.stringify([name, parts]);
    return firstNew(name, parts, { key, replicates, asked, first: (seed % ROOM_FOR_REPLICATES) * ROOM_FOR_REPLICATES });
  });
}

/** The task's templates in random order, again and again in another: each as often as the others, beside every difficulty. */
function* templatePlan(domain: Domain, task: Task, seed: number): Generator<string> {
  const { shuffle } = drawFrom(seededRandom(`${domain} ${task} ${seed}`));
  const names = TEMPLATES.filter((template) => template.task === task).map(({ name }) => name);
  for (;;) yield* shuffle(names);
}

type Search = { key: string; replicates: Map<string, number>; asked: Set<string>; first: number };

/** The next replicate whose words nobody asked before. */
function firstNew(
  name: string,
  parts: Omit<SeedParts, 'replicate'>,
  { key, replicates, asked, first }: Search,
): BenchmarkCase {
  for (let replicate = replicates.get(key) ?? first; ; replicate++) {
    const made = caseFromTemplate(name, seedOf({ ...parts, replicate }));
    const words = wordsOf(messagesText(made.messages)).join(' ');
    if (asked.has(words)) continue;
    asked.add(words);
    replicates.set(key, replicate + 1);
    return made;
  }
}
