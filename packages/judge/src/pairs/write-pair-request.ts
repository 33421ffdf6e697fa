import type { JudgedCase, Sampling } from '../asking/judge.ts';
import { showMaterial } from '../asking/show-material.ts';
import { preferenceSchema } from '../asking/verdict-schema.ts';
import { type JudgeQuestion, writeRequest } from '../asking/write-judge-request.ts';
import type { PairPrompt } from '../prompts/judge-prompt.ts';
import { fillTemplate } from '../prompts/template.ts';

/** A judge of pairs. */
export type PairJudge = Sampling & { prompt: PairPrompt };

/** The name of the schema that preferences are asked by. */
export const PREFERENCE_SCHEMA_NAME = 'pointsman_preference_v1';

/**
 * The question which of two replies is better, in the order given. It is sent as `writeJudgeRequest` says, with the schema
 * `pointsman_preference_v1`, `{ explanation: string, choice: one of the prompt's letters }`, and the replies between the
 * marks of `FIRST` and `SECOND`.
 */
export function writePairRequest(question: {
  judge: PairJudge;
  case: JudgedCase;
  first: string;
  second: string;
}): JudgeQuestion {
  const { judge, case: judged, first, second } = question;
  const { prompt } = judge;
  const shown = showMaterial(prompt, judged, { first, second });
  const user = fillTemplate(prompt.user, {
    conversation: shown.conversation,
    reference: shown.reference === undefined ? '' : fillTemplate(prompt.reference, { reference: shown.reference }),
    ...shown.replies,
  });
  const system = fillTemplate(prompt.system, {
    choices: prompt.choices.map(({ letter, meaning }) => `${letter}: ${meaning}`).join('\n'),
  });
  return {
    request: writeRequest(judge, system, user),
    schema: preferenceSchema(prompt.choices.map(({ letter }) => letter)),
    name: PREFERENCE_SCHEMA_NAME,
  };
}
