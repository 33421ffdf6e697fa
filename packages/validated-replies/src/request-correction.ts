import type { ChatRequest } from '@pointsman/contracts';
import { cutMiddle } from './cut-middle.ts';
import type { ReplyText, Stage } from './validated-reply.ts';

/** Characters of a bad reply that go back with the complaint: enough to correct it, and a loop that fills a context costs no more. */
const LONGEST_ECHO = 8_000;

/** The conversation so far, what the model said, and a user's turn that says what is wrong with it. */
export function requestCorrection(
  request: ChatRequest,
  { text, refusal }: ReplyText,
  { stage, complaints }: { stage: Stage; complaints: readonly string[] },
): ChatRequest {
  const said = text === '' ? (refusal ?? '') : text;
  const echo = cutMiddle(said, LONGEST_ECHO, (leftOut) => `\n[… ${leftOut} characters left out …]\n`);
  return {
    ...request,
    messages: [
      ...request.messages,
      // Providers refuse an empty turn.
      { role: 'assistant', content: echo.trim() === '' ? '(empty reply)' : echo },
      { role: 'user', content: stage === 'refusal' ? QUESTION : complain(stage, complaints) },
    ],
  };
}

const QUESTION =
  'You declined. Nothing is asked of you but the JSON described above, filled in as well as you can. Reply with that JSON and nothing else.';

const FAULT = {
  syntax: 'Your reply could not be read as JSON:',
  schema: 'Your reply is JSON but does not satisfy the schema:',
  rules: 'Your reply satisfies the schema but breaks a rule:',
} as const;

function complain(stage: Exclude<Stage, 'refusal'>, complaints: readonly string[]): string {
  return [
    FAULT[stage],
    ...complaints.map((complaint) => `- ${complaint}`),
    'Reply again with the whole JSON value, corrected, and nothing else.',
  ].join('\n');
}
