import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerIgnore } from './docker-ignore.mjs';
import { execForm, parseAssignments, parseDockerfile } from './parse-dockerfile.mjs';
import { repositoryRoot } from './repository-root.mjs';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

describe('parseDockerfile', () => {
  it('joins continued lines, drops comments, splits flags off and numbers unnamed stages', () => {
    const stages = parseDockerfile(
      [
        '# top',
        'FROM node:24 AS build',
        'RUN a \\',
        '  # inside',
        '  && b',
        'FROM node:24',
        'COPY --from=build --chown=n:n /x ./',
      ].join('\n'),
    );
    expect(stages).toEqual([
      { name: 'build', from: 'node:24', instructions: [{ keyword: 'RUN', flags: {}, value: 'a && b', line: 3 }] },
      {
        name: '1',
        from: 'node:24',
        instructions: [{ keyword: 'COPY', flags: { from: 'build', chown: 'n:n' }, value: '/x ./', line: 7 }],
      },
    ]);
  });

  it('refuses an instruction before the first FROM', () => {
    expect(() => parseDockerfile('RUN true')).toThrow(/line 1/);
  });

  it('reads several assignments, quoted or not', () => {
    expect(parseAssignments('A=1   B="two words" C=/data')).toEqual({ A: '1', B: 'two words', C: '/data' });
  });

  it('refuses the shell form of a command', () => {
    expect(execForm('["node", "main.js"]')).toEqual(['node', 'main.js']);
    expect(() => execForm('node main.js')).toThrow(/PID 1/);
  });
});

describe('dockerIgnore', () => {
  const isIgnored = dockerIgnore(
    '# comment\n**/node_modules\n*.md\n!KEEP.md\n/docs/\napps/*/test\n**/*.test.ts\n.env*',
  );

  it.each([
    'node_modules/a.js',
    'apps/x/node_modules/b',
    'A.md',
    'docs/a/b.txt',
    'apps/gateway/test/a.ts',
    'p/a.test.ts',
    '.env.local',
  ])('leaves %s out', (path) => expect(isIgnored(path)).toBe(true));

  it.each(['KEEP.md', 'packages/a/README.md', 'apps/gateway/src/test/a.ts', 'mydocs/a', 'src/latest.ts'])(
    'keeps %s',
    (path) => expect(isIgnored(path)).toBe(false),
  );
});

describe.each(['apps/gateway/Dockerfile', 'apps/evaluator/Dockerfile'])('%s', (path) => {
  const [build, image] = parseDockerfile(read(path));
  const values = (keyword: string) =>
    image?.instructions.filter((i) => i.keyword === keyword).map(({ value }) => value) ?? [];

  it('uses the pnpm that package.json pins', () => {
    const pnpm = build?.instructions.find(({ keyword }) => keyword === 'ARG')?.value;
    expect(pnpm).toBe(`PNPM=${JSON.parse(read('package.json')).packageManager}`);
  });

  it('runs as an ordinary user, with node itself as PID 1', () => {
    expect(values('USER')).toEqual(['node']);
    expect(execForm([...values('ENTRYPOINT'), ...values('CMD')][0] ?? '')[0]).toBe('node');
  });

  it('takes only what the build stage made', () => {
    expect(image?.instructions.filter(({ keyword, flags }) => keyword === 'COPY' && flags.from === undefined)).toEqual(
      [],
    );
  });
});
