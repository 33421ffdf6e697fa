import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Check } from '@pointsman/contracts';
import { expect, it } from 'vitest';
import type { CodeOutcome, CodeProgram, RunCode } from '../checks/run-code.ts';
import { scoreChecks } from '../checks/score-checks.ts';
import { caseAndNearMiss } from './case-from-template.ts';
import { generateCases } from './generate-cases.ts';

// What is run here is written in this repository: no sandbox. The programs are those that the sandbox gets.
const require = createRequire(import.meta.url);

function runJavascript({ source }: CodeProgram): CodeOutcome {
  const printed: string[] = [];
  const run = new Function('require', 'process', source);
  run(require, { stdout: { write: (text: string) => printed.push(text) } });
  return { status: 'ended', exitCode: 0, stdout: printed.join(''), stderr: '' };
}

// One interpreter for all, a fork for each: a program shuts its gate for the whole process.
const FORKING = `
import json, os, sys
sources = json.load(sys.stdin)
import abc, bisect, calendar, cmath, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq, itertools, math, numbers, operator, re, statistics, string, textwrap, typing, unicodedata, _strptime
results = []
for source in sources:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        sys.stdout = os.fdopen(write, 'w', encoding='utf-8')
        exec(compile(source, 'program.py', 'exec'), {'__name__': '__main__'})
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding='utf-8') as printed:
        results.append(printed.read())
    os.waitpid(child, 0)
json.dump(results, sys.stdout)
`;

function runPython(programs: readonly CodeProgram[]): CodeOutcome[] {
  const input = JSON.stringify(programs.map(({ source }) => source));
  const { stdout, stderr } = spawnSync('python3', ['-c', FORKING], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const printed: string[] = JSON.parse(stdout);
  return printed.map((text) => ({ status: 'ended', exitCode: 0, stdout: text, stderr }));
}

const hasPython = spawnSync('python3', ['--version']).status === 0;
const cases = generateCases({ count: 3_780, seed: 1 }).flatMap((one) => {
  if (one.task !== 'code' || one.provenance.kind !== 'generated') return [];
  const { nearMiss } = caseAndNearMiss(one.provenance.template, one.provenance.seed);
  return [{ id: one.id, checks: one.checks, reference: one.reference ?? '', nearMiss }];
});
const isIn = (checks: readonly Check[], language: string) =>
  checks.some((check) => check.kind === 'code' && check.language === language);

async function scoreOf(reply: string, checks: readonly Check[], runCode: RunCode): Promise<number | string> {
  const { factual_accuracy: verdict } = await scoreChecks(reply, checks, { runCode });
  return verdict?.status === 'scored' ? verdict.score : `${verdict?.detail}`;
}

it('generates functions to write in both languages of code', () => {
  expect(cases).toHaveLength(378);
  for (const language of ['javascript', 'python'])
    expect(cases.filter(({ checks }) => isIn(checks, language)).length).toBeGreaterThan(150);
});

it('passes the JavaScript of every reference, and fails every mistaken one', async () => {
  const runCode: RunCode = async (program) => runJavascript(program);
  for (const { id, checks, reference, nearMiss } of cases) {
    if (!isIn(checks, 'javascript')) continue;
    expect(await scoreOf(reference, checks, runCode), id).toBe(1);
    expect(await scoreOf(nearMiss, checks, runCode), id).toBe(0);
  }
});

it.skipIf(!hasPython)('passes the Python of every reference, and fails mistaken ones', async () => {
  const asked = cases
    .filter(({ checks }) => isIn(checks, 'python'))
    // A fork costs: mistakes of every third only, which are of every template.
    .flatMap(({ id, checks, reference, nearMiss }, index) => [
      { id, checks, reply: reference, score: 1 },
      ...(index % 3 === 0 ? [{ id, checks, reply: nearMiss, score: 0 }] : []),
    ]);
  const programs: CodeProgram[] = [];
  const collect: RunCode = async (program) => {
    programs.push(program);
    return { status: 'could-not-run', why: 'later' };
  };
  for (const { checks, reply } of asked) await scoreOf(reply, checks, collect);
  const outcomes = new Map(runPython(programs).map((outcome, index) => [programs[index]?.source, outcome]));
  const runCode: RunCode = async ({ source }) => outcomes.get(source) ?? { status: 'could-not-run', why: 'lost' };
  for (const { id, checks, reply, score } of asked) expect(await scoreOf(reply, checks, runCode), id).toBe(score);
});
