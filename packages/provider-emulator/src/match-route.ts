import type { WireFormatName } from '@pointsman/contracts';
import { anthropicFormat } from './anthropic/anthropic-format.ts';
import { mistralFormat } from './mistral/mistral-format.ts';
import { openaiFormat } from './openai/openai-format.ts';
import type { WireFormat } from './wire-format.ts';

export const WIRE_FORMATS: Record<WireFormatName, WireFormat> = {
  openai: openaiFormat,
  anthropic: anthropicFormat,
  mistral: mistralFormat,
};

export type Endpoint = 'chat' | 'embeddings' | 'models' | 'model' | 'unknown';
export type Route = { format: WireFormat; endpoint: Endpoint; modelId: string | undefined };

/** Which format's which endpoint a request means; a path of no format counts as OpenAI's, who would not know it. */
export function matchRoute(method: string, path: string): Route {
  const match = /^\/(openai|anthropic|mistral)\/v1(\/.*)$/.exec(path);
  const format = WIRE_FORMATS[(match?.[1] ?? 'openai') as WireFormatName];
  const rest = match?.[2] ?? '';
  const modelId = /^\/models\/(.+)$/.exec(rest)?.[1];
  const route = (endpoint: Endpoint): Route => ({
    format,
    endpoint,
    modelId: modelId === undefined ? undefined : decoded(modelId),
  });
  if (method === 'POST' && rest === format.chatPath) return route('chat');
  if (method === 'POST' && rest === format.embeddings?.path) return route('embeddings');
  if (method === 'GET' && rest === '/models') return route('models');
  return route(method === 'GET' && modelId !== undefined ? 'model' : 'unknown');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not percent-encoded after all: then it is the name of no model, which the lookup will say.
    return part;
  }
}
