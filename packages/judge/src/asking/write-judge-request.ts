import type { ChatRequest, Dimension, Message, Rubric } from '@pointsman/contracts';
import type { JsonSchema } from '@pointsman/validated-replies';
import type { VerdictPrompt } from '../prompts/judge-prompt.ts';
import { fillTemplate } from '../prompts/template.ts';
import type { Judge, JudgedCase, Sampling } from './judge.ts';
import { showMaterial } from './show-material.ts';
import { verdictSchema } from './verdict-schema.ts';

/** The name of the schema that verdicts are asked by. */
export const VERDICT_SCHEMA_NAME = 'pointsman_verdict_v1';

export type JudgeQuestion = { request: ChatRequest; schema: JsonSchema; name: string };

/**
 * The question put to the judge, the same for the same texts. In strict mode it is sent with
 * `response_format.json_schema.name` `pointsman_verdict_v1`, whose schema has a property for each dimension asked, in the
 * order of `DIMENSIONS`: `{ explanation: string, choice: one of the rubric's letters }`. Without strict mode that schema and
 * its name stand at the end of the system prompt.
 *
 * Messages: system (instructions and rubrics: equal for all cases that ask the same dimensions, so that providers cache
 * it), then user, with each text between a line `<<<CONVERSATION mark` and a line `mark CONVERSATION>>>`, likewise
 * `REFERENCE` (only where a rubric takes it) and `REPLY`; `mark` is 12 hex digits that stand in none of the texts: the
 * first line `<<<CONVERSATION` tells it. A turn of the conversation begins with a line such as `[1: user]`. A repair adds
 * an assistant's and a user's turn. Nothing says which case it is or who wrote the reply.
 */
export function writeJudgeRequest(question: {
  judge: Judge;
  case: JudgedCase;
  reply: string;
  dimensions: readonly Dimension[];
}): JudgeQuestion {
  const { judge, dimensions } = question;
  const { prompt, rubrics } = judge;
  const system = fillTemplate(prompt.system, {
    rubrics: dimensions.map((dimension) => writeRubric(prompt, rubrics[dimension])).join('\n'),
  });
  return {
    request: writeRequest(judge, system, writeMaterial(question)),
    schema: verdictSchema(dimensions, rubrics),
    name: VERDICT_SCHEMA_NAME,
  };
}

/** What every question to a judge has: model, temperature, a system prompt and one user's turn. */
export function writeRequest({ model, temperature }: Sampling, system: string, user: string): ChatRequest {
  const messages: Message[] = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  return { model, temperature, messages };
}

function writeRubric(prompt: VerdictPrompt, rubric: Rubric): string {
  return fillTemplate(prompt.rubric, {
    dimension: rubric.dimension,
    title: rubric.title,
    question: rubric.question,
    guidance: rubric.guidance.map((line) => `- ${line}`).join('\n'),
    choices: rubric.choices.map(({ letter, meaning }) => `${letter}: ${meaning}`).join('\n'),
  });
}

function writeMaterial({ judge, case: judged, reply, dimensions }: Parameters<typeof writeJudgeRequest>[0]): string {
  const { prompt, rubrics } = judge;
  const takers = dimensions.filter((dimension) => rubrics[dimension].reference !== 'never');
  const reference = takers.length > 0 ? judged.reference : undefined;
  const shown = showMaterial(prompt, { messages: judged.messages, reference }, { reply });
  return fillTemplate(prompt.user, {
    conversation: shown.conversation,
    reference:
      shown.reference === undefined
        ? ''
        : fillTemplate(prompt.reference, { dimensions: takers.join(', '), reference: shown.reference }),
    reply: shown.replies.reply,
    dimensions: dimensions.join(', '),
  });
}
