import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BuiltStage, buildStage, containerEnv } from './build-stage.mjs';
import { parseDockerfile } from './parse-dockerfile.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pointsman-stage-'));
  mkdirSync(join(folder, 'context', 'src'), { recursive: true });
  writeFileSync(join(folder, 'context', 'package.json'), '{}');
  writeFileSync(join(folder, 'context', 'src', 'main.js'), 'main');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function build(dockerfile: string): { built: BuiltStage[]; reported: string[] } {
  const built: BuiltStage[] = [];
  const reported: string[] = [];
  for (const stage of parseDockerfile(dockerfile)) {
    const context = { source: join(folder, 'context'), files: ['package.json', 'src/main.js'] };
    built.push(
      buildStage(stage, {
        context,
        folder: join(folder, 'stages'),
        built,
        baseEnv: { PATH: process.env.PATH },
        report: (line) => reported.push(line),
      }),
    );
  }
  return { built, reported };
}

it('copies, runs and hands on between stages as an engine would', () => {
  const { built } = build(`
    FROM a AS build
    ARG GREETING=hello
    WORKDIR /build
    COPY . .
    RUN mkdir ../out ../data && cp src/main.js ../out && echo $GREETING > ../out/said
    FROM b
    ENV DATA=/data OTHER=/nowhere
    WORKDIR /app
    COPY --from=build /out ./
    COPY --from=build /data /data
  `);
  const image = built[1];
  expect(readFileSync(join(image?.root ?? '', 'app', 'said'), 'utf8')).toBe('hello\n');
  expect(existsSync(join(image?.root ?? '', 'app', 'main.js'))).toBe(true);
  expect(image && containerEnv(image)).toEqual({ DATA: join(image?.root ?? '', 'data'), OTHER: '/nowhere' });
});

it('copies named files into a folder and a folder by its content', () => {
  const [stage] = build('FROM a\nWORKDIR /w\nCOPY package.json ./\nCOPY src code').built;
  expect(existsSync(join(stage?.root ?? '', 'w', 'package.json'))).toBe(true);
  expect(existsSync(join(stage?.root ?? '', 'w', 'code', 'main.js'))).toBe(true);
});

it.each([
  ['a command that fails, with its output', 'RUN echo why >&2; exit 3', /line 2: RUN[\s\S]*why/],
  ['a command that would leave the folder', 'RUN touch /etc/x', /relative paths only/],
  ['a file that .dockerignore leaves out', 'COPY secret.txt ./', /not in the build context/],
  ['a stage that does not exist', 'COPY --from=nowhere /a ./', /no stage nowhere/],
  ['an instruction it does not know', 'ADD a b', /not known here/],
])('stops at %s', (_what, line, message) => {
  expect(() => build(`FROM a\n${line}`)).toThrow(message);
});

it('says what it does not do', () => {
  expect(build('FROM base\nUSER node\nRUN apt-get update').reported).toEqual([
    expect.stringMatching(/^FROM base: not pulled/),
    'USER node: not applied',
    'RUN apt-get update: not run',
  ]);
});
