import OpenAI, { type ClientOptions } from 'openai';
import type { TestGateway } from './start-gateway.ts';

/** The official client, pointed at the gateway as any application would point it. It does not retry unless told to. */
export function connectOpenai(gateway: TestGateway, options: ClientOptions = {}): OpenAI {
  return new OpenAI({ baseURL: gateway.baseURL, apiKey: gateway.apiKey, maxRetries: 0, ...options });
}

/** The client with its own retries, and how often it really asked. */
export function connectCounting(gateway: TestGateway, options: ClientOptions = {}): { client: OpenAI; sent(): number } {
  let sent = 0;
  const counting: typeof fetch = (...request) => {
    sent += 1;
    return fetch(...request);
  };
  return { client: connectOpenai(gateway, { maxRetries: 2, ...options, fetch: counting }), sent: () => sent };
}
