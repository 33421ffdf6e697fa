import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeComment = { id: number; body: string; user: { login: string; type: string } };
export type FakeRequest = { method: string; url: string; authorization: string | undefined };

export type FakeGithub = {
  apiUrl: string;
  comments: FakeComment[];
  requests: FakeRequest[];
  /** What the compare endpoint says; absent, there is no common commit. */
  mergeBase: string | undefined;
  /** Files by path and commit: `prompts/a.md@sha`. */
  files: Record<string, string>;
  /** As for the token of a pull request from a fork, or of a job without the permission. */
  mayWrite: boolean;
  /** Requests that are answered 502 before any is answered properly. */
  failures: number;
  close(): Promise<void>;
};

/** GitHub pages of a hundred comments; here three, so that a test need not write hundreds. */
const PAGE = 3;

/** The part of GitHub's REST API that the action speaks, over HTTP, with pages as GitHub links them. */
export async function startFakeGithub(): Promise<FakeGithub> {
  const server = createServer((request, response) => {
    void answer(fake, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeGithub = {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments: [],
    requests: [],
    mergeBase: undefined,
    files: {},
    mayWrite: true,
    failures: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

async function answer(fake: FakeGithub, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request;
  fake.requests.push({ method, url, authorization: headers.authorization });
  let sent = '';
  for await (const chunk of request.setEncoding('utf8')) sent += chunk;
  if (fake.failures > 0) {
    fake.failures -= 1;
    return reply(response, 502, '<html>Bad Gateway</html>');
  }
  const { pathname, searchParams } = new URL(url, fake.apiUrl);
  if (method !== 'GET') {
    const { body } = JSON.parse(sent) as { body: string };
    return reply(response, ...written(fake, { method, pathname, body }));
  }
  if (/\/issues\/\d+\/comments$/.test(pathname)) return list(fake, searchParams, response);
  if (/\/compare\//.test(pathname) && fake.mergeBase !== undefined) {
    return reply(response, 200, { status: 'ahead', merge_base_commit: { sha: fake.mergeBase } });
  }
  const [, path = ''] = /\/contents\/(.+)$/.exec(pathname) ?? [];
  const file = fake.files[`${decodeURIComponent(path)}@${searchParams.get('ref')}`];
  return file === undefined ? reply(response, 404, { message: 'Not Found' }) : reply(response, 200, file);
}

function list(fake: FakeGithub, query: URLSearchParams, response: ServerResponse): void {
  const page = Number(query.get('page') ?? 1);
  const shown = fake.comments.slice(PAGE * (page - 1), PAGE * page);
  const link = (to: number, rel: string) =>
    `<${fake.apiUrl}/repositories/700100/issues/41/comments?per_page=100&page=${to}>; rel="${rel}"`;
  const last = Math.max(1, Math.ceil(fake.comments.length / PAGE));
  if (page < last) response.setHeader('link', `${link(page + 1, 'next')}, ${link(last, 'last')}`);
  reply(response, 200, shown);
}

function written(
  fake: FakeGithub,
  { method, pathname, body }: { method: string; pathname: string; body: string },
): [status: number, body: unknown] {
  if (!fake.mayWrite) return [403, { message: 'Resource not accessible by integration' }];
  if (body.length > 65_536) return [422, { message: 'Body is too long (maximum is 65536 characters)' }];
  if (method === 'POST') {
    const comment = { id: 9_000 + fake.comments.length, body, user: { login: 'github-actions[bot]', type: 'Bot' } };
    fake.comments.push(comment);
    return [201, comment];
  }
  const comment = fake.comments.find(({ id }) => pathname.endsWith(`/comments/${id}`));
  if (comment === undefined) return [404, { message: 'Not Found' }];
  comment.body = body;
  return [200, comment];
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
}
