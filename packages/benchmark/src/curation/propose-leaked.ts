import type { BenchmarkCase } from '@pointsman/contracts';
import type { Retirement } from './proposal.ts';
import type { CaseResults } from './results-by-case.ts';
import { longestCommonRun, messagesText, shinglesOf, wordsOf } from './text-overlap.ts';

export type LeakRule = {
  /** Words in a row, of the reference and not of the question, that nobody writes by chance: 13, as for GPT-3 (Brown et al. 2020, appendix C). */
  leastWords: number;
  /** How many times longer than the longest run that replies share with references of other cases. */
  timesChance: number;
  /** Marks that stand in the benchmark so that its text is recognised; a reply with one has seen it. */
  canaries: readonly string[];
};
export const LEAK_RULE: LeakRule = { leastWords: 13, timesChance: 2, canaries: [] };

/** Pairs of a reply and another case's reference by which chance is told. */
const CHANCE_PAIRS = 400;

type Text = { id: string; model: string; text: string; words: readonly string[] };
type Question = { case: BenchmarkCase; reference: readonly string[]; asked: ReadonlySet<string> };

/**
 * Cases whose reference some model writes word for word, or whose replies carry a canary: the model has seen them. What
 * the question itself says may be repeated; where a check fixes the reply, and in generated cases, a repeated reference
 * is a right answer.
 */
export function proposeLeaked(cases: readonly CaseResults[], rule: LeakRule = LEAK_RULE): Retirement[] {
  const replies = cases.flatMap(repliesOf);
  const questions = new Map(cases.map((one) => [one.id, questionOf(one.case, rule)]));
  const chance = longestByChance(replies, [...questions.values()]);
  const least = Math.max(rule.leastWords, Math.ceil(rule.timesChance * chance));
  const byCase = Map.groupBy(replies, ({ id }) => id);
  return cases.flatMap(({ id }) => {
    const question = questions.get(id);
    const own = byCase.get(id) ?? [];
    const canary = own.find(({ text }) => rule.canaries.some((mark) => text.includes(mark)));
    if (canary !== undefined) return [canaryLeak(canary)];
    if (question === undefined || isFixed(question.case)) return [];
    const runs = own.map((reply) => ({ model: reply.model, words: unaskedRun(reply.words, question) }));
    return verbatimLeak({ id, runs, least, chance, referenceWords: question.reference.length });
  });
}

function canaryLeak({ id, model }: Text): Retirement {
  const reason = `leaked: a reply of ${model} carries a canary of the benchmark`;
  return { action: 'retire', why: 'leaked', caseId: id, reason, evidence: { model, canary: 1 } };
}

type Verbatim = {
  id: string;
  runs: { model: string; words: number }[];
  least: number;
  chance: number;
  referenceWords: number;
};

function verbatimLeak({ id, runs, least, chance, referenceWords }: Verbatim): Retirement[] {
  const longest = runs.toSorted((a, b) => b.words - a.words)[0];
  if (longest === undefined || longest.words < least) return [];
  const models = new Set(runs.filter(({ words }) => words >= least).map(({ model }) => model)).size;
  const evidence = { model: longest.model, words: longest.words, referenceWords, longestByChance: chance, models };
  const reason = `leaked: ${longest.model} repeats ${longest.words} words of the reference in a row; by chance at most ${chance}`;
  return [{ action: 'retire', why: 'leaked', caseId: id, reason, evidence }];
}

const repliesOf = ({ id, results }: CaseResults): Text[] =>
  results.flatMap(({ model, reply }) =>
    reply.status === 'answered' ? [{ id, model, text: reply.text, words: wordsOf(reply.text) }] : [],
  );

function questionOf(one: BenchmarkCase, { leastWords }: LeakRule): Question {
  const asked = shinglesOf(wordsOf(messagesText(one.messages)), Math.min(4, leastWords));
  return { case: one, reference: wordsOf(one.reference ?? ''), asked };
}

/** Whether the question leaves one right reply, which then says nothing when it is given. */
const isFixed = ({ checks, provenance, task }: BenchmarkCase): boolean =>
  provenance.kind === 'generated' ||
  ['extract', 'classify', 'translate', 'code'].includes(task) ||
  checks.some(({ kind }) => ['exact', 'json-value', 'numeric', 'code'].includes(kind));

/** Longest run that reply and reference share and the question does not give away. */
function unaskedRun(reply: readonly string[], { reference, asked }: Question): number {
  // A word inside a run of four that the question has is quoted; it parts the reference.
  const size = 4;
  const quoted = reference.map(() => false);
  for (let start = 0; start + size <= reference.length; start += 1)
    if (asked.has(reference.slice(start, start + size).join(' '))) quoted.fill(true, start, start + size);
  return longestCommonRun(
    reply,
    reference.map((word, index) => (quoted[index] === true ? '' : word)),
  );
}

/** The longest run that replies share with references of other cases, over evenly spread pairs. */
function longestByChance(replies: readonly Text[], questions: readonly Question[]): number {
  const withReference = questions.filter(({ reference }) => reference.length > 0);
  if (replies.length === 0 || withReference.length < 2) return 0;
  const pairs = Math.min(CHANCE_PAIRS, replies.length * (withReference.length - 1));
  let longest = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const reply = replies[Math.floor((pair * replies.length) / pairs)];
    const other = withReference[(pair * 7 + 3) % withReference.length];
    if (reply === undefined || other === undefined || other.case.id === reply.id) continue;
    longest = Math.max(longest, unaskedRun(reply.words, other));
  }
  return longest;
}
