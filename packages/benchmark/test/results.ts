import {
  type BenchmarkCase,
  benchmarkCaseSchema,
  DIMENSIONS,
  DOMAINS,
  type EvaluatedItem,
  TASKS,
  type Verdict,
  type Verdicts,
} from '@pointsman/contracts';
import { normalQuantile, type Random, seededRandom } from '@pointsman/statistics';

/** As many cases as asked, spread over domains, tasks and languages. */
export function sampleCases(count: number): BenchmarkCase[] {
  return Array.from({ length: count }, (_, index) =>
    benchmarkCaseSchema.parse({
      id: `case-${index}`,
      messages: [{ role: 'user', content: `Question ${index}` }],
      reference: `Answer ${index}`,
      domain: DOMAINS[index % DOMAINS.length],
      task: TASKS[index % TASKS.length],
      language: index % 2 === 0 ? 'en' : 'fr',
      provenance: { kind: 'written', author: 'test' },
      licence: 'Apache-2.0',
    }),
  );
}

export const scored = (score: number, scorer: 'judge' | 'checks' = 'judge'): Verdict => ({
  status: 'scored',
  score,
  samples: [score],
  scorer,
  explanation: '',
});
export const unscored = (why: 'judge-failed' | 'not-asked' | 'no-reply' = 'judge-failed'): Verdict => ({
  status: 'unscored',
  why,
  detail: '',
});

/** The same verdict on each dimension. */
export const allVerdicts = (verdictOn: (dimension: (typeof DIMENSIONS)[number]) => Verdict): Verdicts =>
  Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, verdictOn(dimension)])) as Verdicts;

export function sampleItem({ id, domain, task, language }: BenchmarkCase, verdicts: Verdicts): EvaluatedItem {
  return {
    caseId: id,
    caseHash: `hash of ${id}`,
    domain,
    task,
    language,
    reply: {
      status: 'answered',
      text: `Reply to ${id}`,
      cost: { status: 'exact', nanoUsd: 1_000_000 },
      latencyMs: 800,
      outputTokens: 120,
    },
    verdicts,
  };
}

const clamped = (value: number) => Math.min(1, Math.max(0, value));
export const gaussian = (random: Random) => normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random())));

/** Judged replies around a mean that each case shifts alike for every contestant, with noise of the contestant's own. */
export function simulateContestant(
  cases: readonly BenchmarkCase[],
  {
    seed,
    mean,
    shift = () => 0,
  }: { seed: string; mean: number; shift?: (subject: BenchmarkCase, dimension: string) => number },
): EvaluatedItem[] {
  const random = seededRandom(seed);
  return cases.map((subject) => {
    const ease = 0.15 * gaussian(seededRandom(`ease of ${subject.id}`));
    return sampleItem(
      subject,
      allVerdicts((dimension) => scored(clamped(mean + ease + shift(subject, dimension) + 0.12 * gaussian(random)))),
    );
  });
}
