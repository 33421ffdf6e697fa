import { malformedReply } from '../failures/reply-error.ts';
import { isObject, type JsonObject, listOf, objectOf, parseJson } from '../json-value.ts';

/** The body as an object; throws a malformed-reply `ProviderError` for anything else. */
export function parseReply(body: Buffer): JsonObject {
  const parsed = parseJson(body.toString('utf8'));
  if (!isObject(parsed)) throw malformedReply('it is no JSON object', body);
  return parsed;
}

/** Characters of content, reasoning, refusal and tool arguments over all choices of an OpenAI-format reply or chunk. */
export function countReplyChars(reply: JsonObject): number {
  let chars = 0;
  for (const choice of listOf(reply.choices)) {
    const { message: whole, delta } = objectOf(choice);
    const message = objectOf(whole ?? delta);
    chars += lengthOf(message.content) + lengthOf(message.refusal);
    chars += lengthOf(message.reasoning_content) || lengthOf(message.reasoning);
    for (const call of listOf(message.tool_calls)) chars += lengthOf(objectOf(objectOf(call).function).arguments);
  }
  return chars;
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}
