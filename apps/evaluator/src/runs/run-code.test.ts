import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CodeLanguage, scoreChecks } from '@pointsman/benchmark';
import type { Check, CodeTest, Verdict } from '@pointsman/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeRunner } from './run-code.ts';

const folder = await mkdtemp(join(tmpdir(), 'pointsman-test-'));
const work = join(folder, 'work');
await mkdir(work);
const runCode = codeRunner({ folder: work });
const hasPython = spawnSync('python3', ['--version']).status === 0;
/** Rows of a table that this machine can run. */
const runnable = <Row extends readonly [CodeLanguage, ...unknown[]]>(rows: readonly Row[]): Row[] =>
  rows.filter(([language]) => hasPython || language !== 'python');

const TESTS: CodeTest[] = [
  { call: 'double', args: [21], expected: 42 },
  { call: 'double', args: [-0.05], expected: -0.1 },
];

async function score(language: CodeLanguage, code: string, run = runCode, tests = TESTS): Promise<Verdict | undefined> {
  const check: Check = { kind: 'code', language, tests, dimension: 'factual_accuracy', weight: 1 };
  const reply = `Here it is:\n\n\`\`\`${language}\n${code}\n\`\`\`\nIt doubles.`;
  return (await scoreChecks(reply, [check], { runCode: run })).factual_accuracy;
}

const explanationOf = (verdict: Verdict | undefined): string =>
  verdict?.status === 'scored' && verdict.score === 0 ? verdict.explanation : `not 0: ${JSON.stringify(verdict)}`;

const canary = join(folder, 'canary');
let connections = 0;
const server = createServer((socket) => {
  connections += 1;
  socket.end('secret');
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  await writeFile(canary, '42');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe.concurrent('code that is what was asked for', () => {
  it.each(
    runnable<[CodeLanguage, string, string]>([
      ['javascript', 'a function', 'function double(x) { return 2 * x; }'],
      [
        'javascript',
        'an arrow function that prints',
        'const double = (x) => { console.log(x); return 2 * x; };\nconsole.log(double(4));',
      ],
      ['javascript', 'an exported async function', 'export async function double(x) { await null; return 2 * x; }'],
      ['javascript', 'an export of CommonJS', 'module.exports = { double: (x) => x + x };'],
      [
        'python',
        'a function with imports',
        'import math\nfrom typing import List\n\ndef double(x):\n    print(x)\n    return math.fsum([x, x])',
      ],
      [
        'python',
        'a main guard',
        'def double(x): return 2 * x\n\nif __name__ == "__main__":\n    print(double(int(input())))',
      ],
    ]),
  )('passes in %s as %s', async (language, _, code) => {
    expect(await score(language, code)).toMatchObject({ status: 'scored', score: 1 });
  });

  it('fails where it is wrong, and says what it returned', async () => {
    expect(explanationOf(await score('javascript', 'const double = (x) => x * x;'))).toBe(
      "expected 'double(21)' to return '42', found '441'",
    );
    expect(explanationOf(await score('javascript', 'function dubble() {}'))).toContain('not a function');
  });
});

it.skipIf(!hasPython)('fails Python that is wrong or no Python', async () => {
  expect(explanationOf(await score('python', 'def double(x): return x ** 2'))).toContain("found '441'");
  expect(explanationOf(await score('python', 'def double(x) return 2'))).toContain('SyntaxError');
});

describe.concurrent('code that means harm', () => {
  // Each returns the right answer if it gets what it must not have.
  const harmful: [CodeLanguage, string, string, RegExp][] = [
    [
      'javascript',
      'reads a file',
      "const double = (x) => x + Number(require('node:fs').readFileSync(CANARY, 'utf8')) - 42 + x;",
      /no modules/,
    ],
    [
      'javascript',
      'climbs out by a constructor',
      "const double = (x) => { const p = console.log.constructor('return process')(); p.exit(0); };",
      /Code generation/,
    ],
    [
      'javascript',
      'climbs out by an import',
      "const double = async (x) => { const fs = await import('node:fs'); return 2 * x; };",
      /dynamic import/i,
    ],
    [
      'javascript',
      "climbs out by an import's error",
      "const double = async (x) => { try { await import('x'); } catch (e) { const p = e.constructor.constructor('return process')(); p.getBuiltinModule('fs').readFileSync(CANARY); return 2 * x; } };",
      /Code generation|access/i,
    ],
    [
      'javascript',
      'asks for the process',
      'const double = (x) => { process.kill(1); return 2 * x; };',
      /process is not defined/,
    ],
    ['javascript', 'waits for ever', 'const double = (x) => new Promise(() => {});', /before giving any|no result/],
    [
      'python',
      'reads a file',
      'def double(x):\n    return 2 * x + int(open(CANARY).read()) - 42',
      /not allowed here: open/,
    ],
    ['python', 'opens a socket', 'import socket\ndef double(x):\n    return 2 * x', /not allowed here: import/],
    [
      'python',
      'starts a process',
      "import os\ndef double(x):\n    os.system('touch ' + CANARY)\n    return 2 * x",
      /not allowed here: os.system/,
    ],
    ['python', 'forks', 'import os\ndef double(x):\n    os.fork()\n    return 2 * x', /not allowed here: os.fork/],
    ['python', 'calls foreign code', 'import ctypes\ndef double(x):\n    return 2 * x', /not allowed here: import/],
    [
      'python',
      'replaces what refuses',
      'import builtins, os\nbuiltins.PermissionError = lambda *a: None\ndef double(x):\n    os.fork()\n    return 2 * x',
      /TypeError/,
    ],
    ['python', 'ends before its results', 'import os\nos._exit(0)\ndef double(x): return 2 * x', /before giving any/],
  ];
  it.each(runnable(harmful))('scores 0 when %s %s', async (language, _, code, why) => {
    const named = code.replaceAll('CANARY', JSON.stringify(canary));
    expect(explanationOf(await score(language, named))).toMatch(why);
  });

  it.skipIf(!hasPython)(
    'scores 0 when a forged marker is printed, for the expected values never enter the sandbox',
    async () => {
      const python =
        'import sys\nfor frame in range(2):\n    f = sys._getframe(frame)\n    if "marker" in f.f_locals:\n        f.f_locals["out"].write("\\n" + f.f_locals["marker"] + \'[{"value":1},{"value":1}]\\n\')\n        f.f_locals["out"].flush()\nimport os\nos._exit(0)';
      expect(explanationOf(await score('python', python))).toContain("found '1'");
      const javascript = `console.log('results-${'0'.repeat(64)}:[{"value":42},{"value":-0.1}]'); theResults = '[{"value":42}]'; Object.defineProperty(globalThis, 'theResults', { value: '[{"value":1},{"value":1}]', writable: false });`;
      expect(explanationOf(await score('javascript', javascript))).toMatch(/expected/);
    },
  );

  it.skipIf(!hasPython)('reaches no network even where it gets hold of the modules for it', async () => {
    const net = (program: string, language: CodeLanguage) => runCode({ language, source: program });
    const [node, python] = await Promise.all([
      net(
        `require('node:net').connect(${port}, '127.0.0.1').on('data', (d) => console.log('got ' + d)).on('error', (e) => console.log(e.code))`,
        'javascript',
      ),
      net(
        `import socket\ntry:\n    print('got', socket.create_connection(('127.0.0.1', ${port}), 2).recv(9))\nexcept OSError as e:\n    print(e)`,
        'python',
      ),
    ]);
    const isIsolated = (await runCode({
      language: 'python',
      source: "print(open('/proc/net/dev').read().count(':'))",
    })) as { stdout?: string };
    // Without namespaces (the docstring says so) only the programs' own gates stand: tested above.
    if (isIsolated.stdout?.trim() !== '1') return;
    expect(JSON.stringify([node, python])).not.toContain('got');
    expect(connections).toBe(0);
  });

  it('holds no file open to Node, even to a program without a realm', async () => {
    const source = `for (const act of [() => require('node:fs').readFileSync(${JSON.stringify(canary)}), () => require('node:child_process').spawnSync('ls'), () => new (require('node:worker_threads').Worker)('1', { eval: true })]) { try { act(); console.log('done'); } catch (error) { console.log(error.code); } }\nconsole.log(Object.keys(process.env).join());`;
    expect(await runCode({ language: 'javascript', source })).toMatchObject({
      stdout: 'ERR_ACCESS_DENIED\nERR_ACCESS_DENIED\nERR_ACCESS_DENIED\nPWD\n',
    });
  });
});

describe.concurrent('code without end', () => {
  const impatient = codeRunner({ timeoutMs: 300, folder: work });

  it.each(
    runnable<[CodeLanguage, string]>([
      ['javascript', 'function double() { for (;;); }'],
      ['javascript', 'const double = async () => { for (;;) await null; };'],
      ['python', 'def double(x):\n    while True: pass'],
    ]),
  )('is stopped: %s %s', async (language, code) => {
    expect(explanationOf(await score(language, code, impatient))).toContain('took longer than 0.3 s');
  });

  it.each(
    runnable<[CodeLanguage, string, RegExp]>([
      [
        'javascript',
        'const double = () => { const all = []; for (;;) all.push(new Array(1e6).fill(0)); };',
        /before giving any/,
      ],
      [
        'javascript',
        'const double = () => { const all = []; for (;;) all.push(new ArrayBuffer(1e8)); };',
        /allocation failed/,
      ],
      ['python', 'def double(x):\n    all = []\n    while True: all.append(bytearray(10 ** 8))', /MemoryError/],
    ]),
  )('gets no memory without end: %s %s', async (language, code, why) => {
    expect(explanationOf(await score(language, code))).toMatch(why);
  });

  it('is stopped when it prints without end', async () => {
    const source = "setInterval(() => process.stdout.write('x'.repeat(1e5)))";
    const outcome = await runCode({ language: 'javascript', source });
    expect(outcome).toMatchObject({ status: 'stopped', why: expect.stringContaining('printed more than') });
  });
});

describe('a sandbox that cannot be had', () => {
  it('leaves the dimension unscored where python3 is not installed', async () => {
    expect(await score('python', 'def double(x): return 2 * x', codeRunner({ path: '/nowhere' }))).toEqual({
      status: 'unscored',
      why: 'check-could-not-run',
      detail: 'python3 is not installed',
    });
  });

  it('leaves it unscored when the run is cancelled', async () => {
    const signal = AbortSignal.abort();
    expect(await runCode({ language: 'javascript', source: '' }, { signal })).toMatchObject({
      status: 'could-not-run',
    });
  });

  it('leaves no folder behind', async () => {
    expect(await readdir(work)).toEqual([]);
    expect(existsSync(canary)).toBe(true);
  });
});
