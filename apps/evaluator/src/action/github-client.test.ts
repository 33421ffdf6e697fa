import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeGithub, startFakeGithub } from '../../test/fake-github.ts';
import { createGithubClient, type GithubClient } from './github-client.ts';

let github: FakeGithub;
let pauses: number[];
let client: GithubClient;
beforeEach(async () => {
  github = await startFakeGithub();
  pauses = [];
  const pause = async (ms: number) => pauses.push(ms);
  client = createGithubClient({ apiUrl: github.apiUrl, token: 't', fetch: globalThis.fetch, pause });
});
afterEach(() => github.close());

const COMPARE = '/repos/lumen-shop/assistant/compare/a...b';
const COMMENTS = '/repos/lumen-shop/assistant/issues/41/comments';

describe('GitHub’s API', () => {
  it('is asked again after its own trouble', async () => {
    github.mergeBase = 'abc';
    github.failures = 2;
    expect(await client.get(COMPARE)).toMatchObject({ merge_base_commit: { sha: 'abc' } });
    expect(pauses).toEqual([1_000, 4_000]);
  });

  it('is not asked forever, and never twice for a new comment', async () => {
    github.failures = 9;
    await expect(client.get(COMPARE)).rejects.toThrow('502 Bad Gateway');
    expect(github.requests).toHaveLength(3);
    await expect(client.send('POST', COMMENTS, { body: 'x' })).rejects.toThrow('502');
    expect(github.requests).toHaveLength(4);
  });

  it('refuses in its own words, at once', async () => {
    github.mayWrite = false;
    await expect(client.send('PATCH', `${COMMENTS}/1`, { body: 'x' })).rejects.toMatchObject({
      status: 403,
      message: '403 Resource not accessible by integration',
    });
    expect(pauses).toEqual([]);
  });

  it('gives a file as it is, and none where there is none', async () => {
    github.files = { 'a prompt.md@abc': '{"not": "parsed"}' };
    expect(await client.text('/repos/o/r/contents/a%20prompt.md?ref=abc')).toBe('{"not": "parsed"}');
    expect(await client.text('/repos/o/r/contents/other.md?ref=abc')).toBeUndefined();
  });

  it('follows its pages to the end', async () => {
    github.comments = Array.from({ length: 8 }, (_, id) => ({ id, body: '', user: { login: 'a', type: 'User' } }));
    const sizes: number[] = [];
    for await (const page of client.pages(`${COMMENTS}?per_page=100`)) sizes.push((page as unknown[]).length);
    expect(sizes).toEqual([3, 3, 2]);
  });

  it('never follows a page to another host with the token', async () => {
    const asked: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      asked.push(String(url));
      return new Response('[]', { headers: { link: '<https://evil.example/page2>; rel="next"' } });
    };
    const careful = createGithubClient({ apiUrl: 'https://api.github.com', token: 't', fetch, pause: async () => 0 });
    for await (const page of careful.pages(COMMENTS)) expect(page).toEqual([]);
    expect(asked).toEqual([`https://api.github.com${COMMENTS}`]);
  });
});
