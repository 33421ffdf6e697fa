/** Whom to ask, and as whom. */
export type Target = { baseURL: string; apiKey: string };

/** Sends a chat completion as it is, past every client library: `auto`, and a question, unless the body says otherwise. */
export function postChat(
  { baseURL, apiKey }: Target,
  body: object = {},
  { headers, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(`${baseURL}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'Hello' }], ...body }),
    ...(signal === undefined ? {} : { signal }),
  });
}
