import type { ChatRequest } from '@pointsman/contracts';
import { type ReplyCheck, replyChecker } from './check-reply.ts';
import { requestCorrection } from './request-correction.ts';
import { requestStructure } from './request-structure.ts';
import type { AskModel, Attempt, JsonSchema, ReplyText, Rule, ValidatedReply } from './validated-reply.ts';

export type AskValidatedOptions<T> = {
  ask: AskModel;
  /** Asked as it stands, with the structure added. */
  request: ChatRequest;
  /** Draft 2020-12. Keep one object for all requests of a kind: it is compiled once. That it describes `T` is the caller's word. */
  schema: JsonSchema;
  /** Of the schema, as providers want it: letters, digits, `_` and `-`, at most 64. */
  name: string;
  rules?: readonly Rule<T>[] | undefined;
  /** Tries after the first: 3. */
  tries?: number | undefined;
  /** The provider's strict mode holds the model to the schema (the default); false puts the schema in the prompt instead. */
  strict?: boolean | undefined;
};

const TRIES_AFTER_THE_FIRST = 3;

/**
 * Asks a model for data and does not take the first reply's word for it: syntax, then schema, then rules. What fails goes
 * back to the model with the precise complaint, the conversation kept. A refusal is questioned once, then believed.
 *
 * @throws Error before anything is asked when the schema cannot be used; and whatever a rule throws.
 */
export async function askValidated<T>(options: AskValidatedOptions<T>): Promise<ValidatedReply<T>> {
  const { ask, schema, rules = [], tries = TRIES_AFTER_THE_FIRST } = options;
  const check = replyChecker(schema, rules);
  const attempts: Attempt[] = [];
  let request = requestStructure(options);
  for (;;) {
    const called = await call(ask, request);
    if ('error' in called) return { status: 'failed', why: 'call-failed', error: called.error, attempts };
    const checked = await check(called.reply);
    attempts.push(attemptOf(called.reply, checked));
    if ('value' in checked) {
      return { status: attempts.length === 1 ? 'valid' : 'repaired', ...checked, attempts };
    }
    const refusals = attempts.filter(({ stage }) => stage === 'refusal').length;
    if (refusals > 1 || attempts.length > tries) return givenUp(checked, attempts);
    request = requestCorrection(request, called.reply, checked);
  }
}

type Called = { reply: ReplyText } | { error: unknown };

async function call(ask: AskModel, request: ChatRequest): Promise<Called> {
  try {
    return { reply: await ask(request) };
  } catch (error) {
    return { error };
  }
}

function attemptOf<T>({ text, refusal, finish }: ReplyText, checked: ReplyCheck<T>): Attempt {
  const said = { text: text === '' ? (refusal ?? '') : text, finish };
  return 'value' in checked ? { ...said, complaints: [] } : { ...said, ...checked };
}

type Failure<T> = Exclude<ReplyCheck<T>, { value: T }>;

function givenUp<T>({ stage, complaints }: Failure<T>, attempts: readonly Attempt[]): ValidatedReply<T> {
  if (stage === 'refusal') return { status: 'refused', detail: complaints.join(' '), attempts };
  return { status: 'failed', why: 'invalid', complaints, attempts };
}
