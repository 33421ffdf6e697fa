import { readsAsRefusal } from './reads-as-refusal.ts';
import { schemaChecker } from './schema/schema-checker.ts';
import { findJson, type RootKind } from './syntax/find-json.ts';
import type { JsonSchema, ReplyText, Rule, Stage } from './validated-reply.ts';

/** A reply that passed, or the stage that it failed and every complaint of that stage. */
export type ReplyCheck<T> = { value: T; review: readonly string[] } | { stage: Stage; complaints: readonly string[] };

/** The whole check of one reply, cheapest stage first; a stage is reached only when the one before found nothing. */
export function replyChecker<T>(
  schema: JsonSchema,
  rules: readonly Rule<T>[],
): (reply: ReplyText) => Promise<ReplyCheck<T>> {
  const checkSchema = schemaChecker<T>(schema);
  const root: RootKind = schema.type === 'object' || schema.type === 'array' ? schema.type : 'any';
  return async (reply) => {
    const refusal = refusalOf(reply);
    if (refusal !== undefined) return { stage: 'refusal', complaints: [refusal] };
    const found = findJson(reply.text, root);
    if ('complaint' in found) return syntaxFailure(reply, found.complaint);
    const checked = checkSchema(found.value);
    if ('complaints' in checked) return { stage: 'schema', complaints: checked.complaints };
    return checkRules(checked.value, rules);
  };
}

function refusalOf({ refusal, finish }: ReplyText): string | undefined {
  if (refusal !== undefined && refusal !== '') return refusal;
  return finish === 'content_filter' ? 'The provider filtered the reply.' : undefined;
}

function syntaxFailure<T>({ text, finish }: ReplyText, complaint: string): ReplyCheck<T> {
  if (!/[{[]/.test(text) && readsAsRefusal(text)) return { stage: 'refusal', complaints: [text.trim()] };
  if (finish !== 'length') return { stage: 'syntax', complaints: [complaint] };
  const cut = `The reply was cut at its length limit after ${text.length} characters, before the JSON was whole: be shorter.`;
  return { stage: 'syntax', complaints: [cut, complaint] };
}

async function checkRules<T>(value: T, rules: readonly Rule<T>[]): Promise<ReplyCheck<T>> {
  const complaints: string[] = [];
  const review: string[] = [];
  for (const rule of rules) {
    const complaint = await rule.check(value);
    if (complaint !== undefined) (rule.review === true ? review : complaints).push(`${rule.name}: ${complaint}`);
  }
  return complaints.length === 0 ? { value, review } : { stage: 'rules', complaints };
}
