/** GitHub's REST API, as far as it is needed here. */
export type GithubClient = {
  get(path: string): Promise<unknown>;
  /** A file's text as it is stored; undefined where there is none. */
  text(path: string): Promise<string | undefined>;
  /** A list, page after page. */
  pages(path: string): AsyncGenerator<unknown>;
  send(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown>;
};

export type GithubClientOptions = {
  /** Of the REST API, without trailing slash. */
  apiUrl: string;
  token: string | undefined;
  fetch: typeof globalThis.fetch;
  /** Between two attempts, in milliseconds. */
  pause(ms: number): Promise<unknown>;
};

/** What GitHub refused, with the status and its own words. */
export class GithubRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'GithubRefusal';
    this.status = status;
  }
}

const TIMEOUT_MS = 30_000;
const PAUSES_MS = [1_000, 4_000];

export function createGithubClient(options: GithubClientOptions): GithubClient {
  const request = (path: string, accept: string) =>
    withRetries(options, () => call(options, { method: 'GET', url: `${options.apiUrl}${path}`, accept }));
  return {
    get: async (path) => (await request(path, JSON_TYPE)).json(),
    async text(path) {
      try {
        return await (await request(path, 'application/vnd.github.raw+json')).text();
      } catch (error) {
        if (error instanceof GithubRefusal && error.status === 404) return undefined;
        throw error;
      }
    },
    async *pages(path) {
      let next: string | undefined = path;
      while (next !== undefined) {
        const response: Response = await request(next, JSON_TYPE);
        yield await response.json();
        next = nextPage(response.headers.get('link'), options.apiUrl);
      }
    },
    async send(method, path, body) {
      const sent = () => call(options, { method, url: `${options.apiUrl}${path}`, accept: JSON_TYPE, body });
      // A second POST after a lost answer would leave two of what there must be one of.
      return (await (method === 'POST' ? sent() : withRetries(options, sent))).json();
    },
  };
}

const JSON_TYPE = 'application/vnd.github+json';

type Call = { method: string; url: string; accept: string; body?: unknown };

async function call({ token, fetch }: GithubClientOptions, { method, url, accept, body }: Call): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers: {
      accept,
      'x-github-api-version': '2022-11-28',
      'user-agent': 'pointsman-action',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return response;
  throw new GithubRefusal(response.status, await refusalText(response));
}

/** GitHub's own words; a proxy's page says nothing that the status does not. */
async function refusalText(response: Response): Promise<string> {
  const said: unknown = await response.json().catch(() => undefined);
  const { message } = (said ?? {}) as { message?: unknown };
  return `${response.status} ${typeof message === 'string' ? message : response.statusText}`;
}

async function withRetries<Result>({ pause }: GithubClientOptions, work: () => Promise<Result>): Promise<Result> {
  for (const wait of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof GithubRefusal && error.status < 500 && error.status !== 429) throw error;
      await pause(wait);
    }
  }
  return work();
}

/** The path of `rel="next"`; an address that is not the API's is never followed with the token. */
function nextPage(link: string | null, apiUrl: string): string | undefined {
  const next = link?.split(',').find((part) => /;\s*rel="?next"?/.test(part));
  const url = /<([^>]+)>/.exec(next ?? '')?.[1];
  return url?.startsWith(`${apiUrl}/`) === true ? url.slice(apiUrl.length) : undefined;
}
