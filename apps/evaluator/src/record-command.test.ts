import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from './create-program.ts';
import { CHANGING_COMMANDS, pathOf } from './record-command.ts';

/** Everything else the command line can do. A new command stands here or among those that are recorded. */
const NOT_RECORDED = `
  clients list, keys list, policies list, catalog show, catalog prices, router train, router evaluate, router show,
  router explain, router history, router list, router onboard, router encoder train, router encoder pull, router distil,
  router certificates list, router certificates show, benchmark list, benchmark show, benchmark export, benchmark diff,
  benchmark coverage, benchmark scores, benchmark generate, eval run, eval resume, eval report, eval list, eval show,
  eval export, judge show, judge annotations export, judge calibrate, judge benchmark, judge drift, judge swap,
  config check, config schema, users list, usage, decisions list, decisions show, worker
`;

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

test('every command is recorded as a change, or known to be none', () => {
  const program = createProgram({
    env: {},
    directory: '/',
    now: () => 0,
    write: () => undefined,
    writeError: () => undefined,
    readInput: async () => '',
    untilStopped: () => new AbortController().signal,
  });
  const known = [...CHANGING_COMMANDS, ...NOT_RECORDED.split(',').map((name) => name.trim().replace(/\s+/g, ' '))];
  expect(leavesOf(program).map(pathOf).sort()).toEqual(known.sort());
});
