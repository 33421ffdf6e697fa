import type { ChatRequest, Message } from '@pointsman/contracts';
import type { JsonSchema } from './validated-reply.ts';

type Structure = { request: ChatRequest; schema: JsonSchema; name: string; strict?: boolean | undefined };

/** The request that demands the schema: from the provider where it is strict, else from the model in words. */
export function requestStructure({ request, schema, name, strict = true }: Structure): ChatRequest {
  if (strict) {
    return { ...request, response_format: { type: 'json_schema', json_schema: { name, strict: true, schema } } };
  }
  const { response_format: _, ...rest } = request;
  return { ...rest, messages: withInstruction(request.messages, describeStructure(name, schema)) };
}

function describeStructure(name: string, schema: JsonSchema): string {
  return [
    `Reply with one JSON value that satisfies the JSON Schema "${name}" below, fields in its order.`,
    'Write nothing before or after it, no code fence and no comments.',
    JSON.stringify(schema),
  ].join('\n');
}

/** At the end of the system prompt, away from what users wrote; in one of its own where there is none in plain text. */
function withInstruction(messages: readonly Message[], instruction: string): Message[] {
  const [first, ...rest] = messages;
  if (first?.role === 'system' && typeof first.content === 'string') {
    return [{ ...first, content: `${first.content}\n\n${instruction}` }, ...rest];
  }
  return [{ role: 'system', content: instruction }, ...messages];
}
