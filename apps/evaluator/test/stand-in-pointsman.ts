import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationReport } from '@pointsman/contracts';

/** What the stand-in does at one call: writes the reports, says something, ends. */
export type StandInStep = {
  code: number;
  reports?: readonly EvaluationReport[];
  stdout?: string;
  stderr?: string;
  /** Waits to be stopped instead of ending. */
  hang?: boolean;
};

export type StandIn = {
  /** For POINTSMAN_COMMAND. */
  command: string;
  /** The arguments of every call so far. */
  calls(): Promise<string[][]>;
  /** Names of the environment variables that the last call saw. */
  lastEnvironment(): Promise<string[]>;
};

/** An executable that behaves like `pointsman eval run` as far as the action can see, in a twentieth of the time. */
export async function writeStandIn(folder: string, steps: readonly StandInStep[]): Promise<StandIn> {
  const command = join(folder, 'pointsman');
  const [plan, log] = [join(folder, 'plan.json'), join(folder, 'calls.jsonl')];
  await writeFile(plan, JSON.stringify(steps));
  await writeFile(log, '');
  await writeFile(command, program(plan, log));
  await chmod(command, 0o755);
  const read = async () =>
    (await readFile(log, 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { args: string[]; names: string[] });
  return {
    command,
    calls: async () => (await read()).map(({ args }) => args),
    lastEnvironment: async () => (await read()).at(-1)?.names ?? [],
  };
}

const program = (plan: string, log: string): string => `#!/usr/bin/env node
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const call = readFileSync(${JSON.stringify(log)}, 'utf8').split('\\n').length - 1;
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, names: Object.keys(process.env) }) + '\\n');
const { code, reports, stdout = '', stderr = '', hang } = JSON.parse(readFileSync(${JSON.stringify(plan)}, 'utf8'))[call];
process.stdout.write(stdout);
process.stderr.write(stderr);
const out = args.find((word) => word.startsWith('--out=')).slice('--out='.length);
if (reports !== undefined) {
  mkdirSync(out, { recursive: true });
  writeFileSync(out + '/report.json', JSON.stringify(reports));
}
if (hang) setInterval(() => undefined, 1000);
else process.exitCode = code;
`;
