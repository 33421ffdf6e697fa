import { ApiError, errorOf } from './api-error.ts';

export type Query = Record<string, string | number | boolean | undefined | null>;

/** `/api` + path + the parts of the query that say something. */
export function apiUrl(path: string, query: Query = {}): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(said.map(([key, value]) => [key, String(value)])).toString();
  return `/api${path}${search === '' ? '' : `?${search}`}`;
}

export type Ask = { query?: Query; body?: unknown; signal?: AbortSignal | undefined; headers?: Record<string, string> };

/** The raw answer, for streams and downloads. @throws ApiError, also when there was no answer (status 0). */
export async function askApi(method: string, path: string, ask: Ask = {}): Promise<Response> {
  const { query, body, signal, headers } = ask;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal && { signal }),
      credentials: 'same-origin',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, { code: 'unreachable', message: error instanceof Error ? error.message : String(error) });
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** The answer as JSON; its shape is what the route's contract says. @throws ApiError */
export async function requestJson<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
  const response = await askApi(method, path, ask);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
