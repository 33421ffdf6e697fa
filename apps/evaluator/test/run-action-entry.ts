import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../src/action/main.ts', import.meta.url));

export type RanAction = {
  code: number | null;
  log: string;
  summary: string;
  outputs: Record<string, string>;
  workspace: string;
};

export type ActionRun = {
  folder: string;
  /** Of a payload in `github-events`. */
  event: string;
  eventName: string;
  env: Record<string, string>;
};

/** Runs the action's entry as a runner would: a process of its own with the variables of a job, and files for what it sets. */
export async function runActionEntry({ folder, event, eventName, env }: ActionRun): Promise<RanAction> {
  const workspace = join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
  const child = spawn(process.execPath, [...flags, ENTRY], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: eventName,
      GITHUB_EVENT_PATH: fileURLToPath(new URL(`./github-events/${event}.json`, import.meta.url)),
      GITHUB_REPOSITORY: 'lumen-shop/assistant',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '7788',
      GITHUB_WORKFLOW: 'Evaluate',
      GITHUB_JOB: 'gate',
      GITHUB_SHA: '77f0d5d3c1c84f1d5b6a2ffb64d8b1f2a87f3c55',
      GITHUB_REF: 'refs/pull/41/merge',
      GITHUB_WORKSPACE: workspace,
      ...files,
      ...env,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    code,
    log,
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    workspace,
  };
}

/** What a runner makes of the file: name<<delimiter, lines, delimiter. */
export function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const [, name, delimiter] = /^([\w-]+)<<(.+)$/.exec(lines.shift() ?? '') ?? [];
    if (name === undefined || delimiter === undefined) continue;
    outputs[name] = lines.splice(0, lines.indexOf(delimiter)).join('\n');
    lines.shift();
  }
  return outputs;
}
