import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChange } from './read-change.ts';

const RUNNER = {
  GITHUB_REPOSITORY: 'lumen-shop/assistant',
  GITHUB_SHA: 'f'.repeat(40),
  GITHUB_REF: 'refs/pull/41/merge',
};
const recorded = (name: string) => new URL(`../../test/github-events/${name}.json`, import.meta.url).pathname;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pointsman-change-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A recorded payload with something changed. */
async function altered(name: string, from: string, to: string): Promise<string> {
  const text = await readFile(recorded(name), 'utf8');
  expect(text).toContain(from);
  const path = join(folder, 'event.json');
  await writeFile(path, text.replaceAll(from, to));
  return path;
}

describe('what the job was started for', () => {
  it('is the commit of the pull request, not the merge that GitHub tests', async () => {
    expect(await readChange({ ...RUNNER, GITHUB_EVENT_PATH: recorded('pull-request') })).toEqual({
      repository: 'lumen-shop/assistant',
      commit: 'c3d2a8f15e904b7d8c6f2a1b0e9d7c5b3a4f6e82',
      branch: 'warmer-prompt',
      pullRequest: { number: 41, isFork: false, baseCommit: '5b1e0a4c9d3f47b2a8e6c1d05f9b7a3e2c4d6f81' },
    });
  });

  it('knows a fork, one that was deleted since too', async () => {
    const gone = await altered(
      'pull-request-from-fork',
      '"full_name": "bo-outside/assistant"',
      '"full_name": "gone/gone"',
    );
    for (const path of [recorded('pull-request-from-fork'), gone]) {
      const change = await readChange({ ...RUNNER, GITHUB_EVENT_PATH: path });
      expect(change).toMatchObject({ branch: 'bo-outside:main', pullRequest: { isFork: true } });
    }
  });

  it('is main for the default branch only: a branch or tag that is called main is not', async () => {
    const on = (ref: string) =>
      readChange({ ...RUNNER, GITHUB_REF: ref, GITHUB_EVENT_PATH: recorded('push-to-main') }).then(
        ({ branch }) => branch,
      );
    expect(await on('refs/heads/trunk')).toBe('main');
    expect(await on('refs/heads/main')).toBe('refs/heads/main');
    expect(await on('refs/tags/main')).toBe('refs/tags/main');
    expect(await on('refs/heads/try-llama')).toBe('try-llama');
    const disguised = await altered('pull-request', '"ref": "warmer-prompt"', '"ref": "main"');
    expect((await readChange({ ...RUNNER, GITHUB_EVENT_PATH: disguised })).branch).toBe('refs/heads/main');
  });

  it('needs no payload', async () => {
    expect(await readChange({ ...RUNNER, GITHUB_REF: 'refs/heads/main' })).toMatchObject({
      branch: 'main',
      pullRequest: undefined,
    });
  });

  it('says what is wrong with a payload, and where it is no job at all', async () => {
    const path = join(folder, 'broken.json');
    await writeFile(path, '{"pull_request": {"number": "41"}}');
    await expect(readChange({ ...RUNNER, GITHUB_EVENT_PATH: path })).rejects.toThrow(
      /payload has another shape[\s\S]*number/,
    );
    await writeFile(path, '{');
    await expect(readChange({ ...RUNNER, GITHUB_EVENT_PATH: path })).rejects.toThrow(`payload ${path} cannot be read`);
    await expect(readChange({})).rejects.toThrow('runs as a step of a GitHub workflow');
  });
});
