import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from './create-program.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const CALL = /(?:pnpm pointsman|npm run pointsman --|run --rm evaluator) ([^\n`#]+)/g;

const commands: [file: string, line: string][] = [];
for await (const file of glob(['*.md', 'docs/**/*.md'], { cwd: ROOT })) {
  for (const [, line = ''] of readFileSync(`${ROOT}${file}`, 'utf8').matchAll(CALL)) {
    if (!/^[-<.]/.test(line)) commands.push([file, line.trim()]);
  }
}

const words = (line: string): string[] => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '');

/** What the command line would refuse before it does anything; undefined when it would run. */
function refusal(line: string): string | undefined {
  let command: Command = createProgram({
    env: {},
    directory: '/',
    now: () => 0,
    write: () => undefined,
    writeError: () => undefined,
    readInput: async () => '',
    untilStopped: () => new AbortController().signal,
  });
  const rest = words(line);
  while (command.commands.length > 0) {
    const name = rest.shift();
    const next = command.commands.find((child) => child.name() === name);
    if (next === undefined) return `no command ${name}`;
    command = next.exitOverride();
  }
  const { operands, unknown } = command.parseOptions(rest);
  const required = command.registeredArguments.filter((argument) => argument.required).length;
  const missing = command.options.filter((o) => o.mandatory && command.getOptionValue(o.attributeName()) === undefined);
  if (unknown.length > 0) return `does not know ${unknown.join(' ')}`;
  if (operands.length < required || operands.length > command.registeredArguments.length)
    return `takes ${required} arguments, not ${operands.length}`;
  return missing.length > 0 ? `needs ${missing.map((o) => o.long).join(', ')}` : undefined;
}

it('finds the commands of the first minutes', () => {
  expect(commands.map(([, line]) => line)).toContain('keys issue acme');
});

it.each(commands)('%s: "%s" is a command that runs', (_file, line) => {
  expect(refusal(line)).toBeUndefined();
});

it.each(['clients create --name acme', 'keys issue --client acme', 'router evaluate --artefact router'])(
  'a line that the command line refuses is found out: %s',
  (line) => {
    expect(refusal(line)).toBeDefined();
  },
);
