import { type ChatRequest, DIMENSIONS, type Dimension } from '@pointsman/contracts';
import type { ReplyText } from '@pointsman/validated-replies';
import { type AskJudge, JUDGE_DEFAULTS, type Judge } from '../src/asking/judge.ts';
import type { PairJudge } from '../src/pairs/write-pair-request.ts';
import { readJudgePrompts } from '../src/prompts/read-judge-prompts.ts';
import { readRubrics } from '../src/rubrics/read-rubrics.ts';

const prompts = await readJudgePrompts();

export const judge: Judge = {
  ...JUDGE_DEFAULTS,
  model: 'acme/judge',
  rubrics: await readRubrics(),
  prompt: prompts.verdict,
};
export const pairJudge: PairJudge = { ...JUDGE_DEFAULTS, model: 'acme/judge', prompt: prompts.pair };

type Question = {
  request: ChatRequest;
  sample: number;
  /** How many replies of the judge stand in the conversation already. */
  turn: number;
};
type Line = string | Partial<ReplyText> | Error;

/** A judge that says what `say` makes of each question, and keeps every question. */
export function scriptedJudge(say: (question: Question) => Line): { ask: AskJudge; asked: Question[] } {
  const asked: Question[] = [];
  const ask: AskJudge = async (request, { sample }) => {
    const question = { request, sample, turn: request.messages.filter(({ role }) => role === 'assistant').length };
    asked.push(question);
    const line = say(question);
    if (line instanceof Error) throw line;
    return { kind: 'text', text: '', finish: 'stop', ...(typeof line === 'string' ? { text: line } : line) };
  };
  return { ask, asked };
}

/** A verdict that gives every dimension the letter. */
export function verdictText(letter: string, dimensions: readonly Dimension[] = DIMENSIONS): string {
  const choices = dimensions.map((dimension) => [dimension, { explanation: `about ${dimension}`, choice: letter }]);
  return JSON.stringify(Object.fromEntries(choices));
}

export const preferenceText = (choice: string) => JSON.stringify({ explanation: `why ${choice}`, choice });

/** The text between the marks of a name in the question's user turn; the turn's first mark is the genuine one. */
export function shown(request: ChatRequest, name: string): string | undefined {
  const text = String(request.messages[1]?.content);
  const mark = /<<<[A-Z]+ ([0-9a-f]{12})\n/.exec(text)?.[1];
  return new RegExp(`<<<${name} ${mark}\n([^]*)\n${mark} ${name}>>>`).exec(text)?.[1];
}
