import type { Decision, RequestOptions } from '@pointsman/contracts';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { readDecision } from './read-decision.ts';
import type { TestGateway } from './start-gateway.ts';

/** A request in the client's words, with the gateway's and OpenRouter's fields beside them. */
export type Asking = Partial<ChatCompletionCreateParamsNonStreaming> & {
  pointsman?: RequestOptions;
  models?: string[];
  provider?: object;
};

export type Explained = {
  /** Absent when the gateway refused. */
  reply: ChatCompletion | undefined;
  error: APIError | undefined;
  headers: Headers;
  decision: Decision;
};

/** Asks for a completion, `auto` unless a model is named, and reads why it came from where it came from. */
export async function askAndExplain(
  gateway: TestGateway,
  client: OpenAI,
  asking: Asking,
  headers: Record<string, string> = {},
): Promise<Explained> {
  const request = { model: 'auto', messages: [{ role: 'user' as const, content: 'Hello' }], ...asking };
  try {
    const { data, response } = await client.chat.completions.create(request, { headers }).withResponse();
    return {
      reply: data,
      error: undefined,
      headers: response.headers,
      decision: await readDecision(gateway, response),
    };
  } catch (error) {
    if (!(error instanceof APIError) || error.headers === undefined) throw error;
    return {
      reply: undefined,
      error,
      headers: error.headers,
      decision: await readDecision(gateway, { headers: error.headers }),
    };
  }
}
