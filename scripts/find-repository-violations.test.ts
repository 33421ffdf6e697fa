import { describe, expect, it } from 'vitest';
import { findRepositoryViolations } from './find-repository-violations.mjs';

// Put together here so that this file does not hold what it forbids.
const join = (...parts: string[]) => parts.join('');
const random = 'Zq8Rk2LmN5vXw7Yb4Hd9Jc3Tf6Gs1PaQeUi0';

const violationsOf = (path: string, text: string) => findRepositoryViolations([{ path, text }]).map(({ what }) => what);

describe('findRepositoryViolations', () => {
  it.each([
    ['npm settings in any folder', 'apps/gateway/.npmrc', ''],
    ['a second lockfile', 'package-lock.json', '{}'],
    ['an environment file', '.env', 'A=1'],
    ['an environment file of one stage', 'deploy/.env.production', 'A=1'],
    ['a working folder', 'a.ts', join("const at = '", '/work', "/main/src';")],
    ['a home folder', 'a.md', join('see ', '/home', '/ada/notes.md')],
    ['a macOS home folder', 'a.md', join('see ', '/Users', '/ada/notes.md')],
    ['a Windows home folder', 'a.md', join('C:', '\\Users\\ada')],
    ['a registry address', 'a.yaml', join('https://registry.', 'npmjs.org/zod')],
    ['an address in the lockfile', 'pnpm-lock.yaml', join('resolution: {tarball: ', 'https:', '//host/zod.tgz}')],
    ['a merge conflict', 'a.ts', join('<<<<<<', '< HEAD')],
    ['an OpenAI key', 'a.ts', join('sk-', 'proj-', random)],
    ['an Anthropic key', 'a.ts', join('sk-', 'ant-', random)],
    ['one of our own keys', 'a.ts', join('pm', '_', random, random.slice(0, 43 - random.length))],
    ['an AWS key', 'a.ts', join('AKIA', 'Q3EGRVHZ7N2LPX4M')],
    ['a GitHub token', 'a.ts', join('ghp', '_', random)],
    ['a private key', 'a.pem', join('-----BEGIN ', 'PRIVATE KEY-----')],
    ['a password in an address', 'a.yaml', join('postgres://app:', random, '@db.internal/app')],
  ])('reports %s', (_what, path, text) => {
    expect(violationsOf(path, text)).not.toEqual([]);
  });

  it.each([
    ['the example environment', '.env.example', 'OPENAI_API_KEY='],
    ['a key that says it is made up', 'a.test.ts', join('sk-', 'test-', random)],
    [
      'an interpolated password',
      'docker-compose.yml',
      ['postgres://app:', '$', '{POSTGRES_PASSWORD}@postgres/app'].join(''),
    ],
    ['a path inside a URL', 'a.md', join('https://example.com', '/work', '/item')],
    ['a relative path', 'a.ts', '../shared/data'],
    ["a home folder that is nobody's", 'a.ts', join('/home', '/app/data')],
    ['a container path', 'Dockerfile', 'WORKDIR /build'],
    ['an address outside the lockfile', 'README.md', 'https://nodejs.org'],
  ])('leaves %s alone', (_what, path, text) => {
    expect(violationsOf(path, text)).toEqual([]);
  });

  it('names the line', () => {
    const text = join('fine\n', '/home', '/ada/x\n');
    expect(findRepositoryViolations([{ path: 'a.md', text }])).toEqual([
      { path: 'a.md', line: 2, what: 'a path of one machine' },
    ]);
  });
});
