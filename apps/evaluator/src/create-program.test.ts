import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './create-program.ts';

const page = await readFile(new URL('../../../docs/reference/cli.md', import.meta.url), 'utf8');
const silent = {
  env: {},
  directory: '/',
  now: () => 0,
  write: () => undefined,
  writeError: () => undefined,
  readInput: async () => '',
  untilStopped: () => new AbortController().signal,
};

function leavesOf(command: Command, path: string): { path: string; command: Command }[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((child) => leavesOf(child, `${path} ${child.name()}`.trim()));
}
const leaves = leavesOf(createProgram(silent), '');

/** The part of the page under the heading in whose tables the command stands. */
const sectionOf = (path: string): string =>
  page.split(/^## /m).find((section) => section.includes(`\n| \`${path}`)) ?? '';

describe('the reference page of the command line', () => {
  it.each(leaves.map(({ path, command }) => [path, command] as const))(
    'tells what "%s" does and all its options',
    (path, command) => {
      const section = sectionOf(path);
      expect(section).not.toBe('');
      expect(command.options.map(({ long }) => long).filter((long) => long && !section.includes(long))).toEqual([]);
    },
  );

  it('tells of no command that does not exist', () => {
    const told = [...page.matchAll(/^\| `([a-z]+(?: [a-z][a-z-]*)*)/gm)].map(([, path]) => path);
    const known = leaves.map(({ path }) => path);
    expect(told.filter((path) => path === undefined || !known.includes(path))).toEqual([]);
    expect(new Set(told).size).toBe(known.length);
  });
});

describe('every command', () => {
  it.each(leaves.map(({ path, command }) => [path, command] as const))(
    '"%s" says what it does and describes its options',
    (_path, command) => {
      expect(command.description()).not.toBe('');
      expect(command.options.filter(({ description }) => description === '').map(({ long }) => long)).toEqual([]);
    },
  );
});
