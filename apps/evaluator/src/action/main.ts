import { fileURLToPath } from 'node:url';
import { runAction } from './run-action.ts';
import { createRunEvaluation } from './run-evaluation.ts';

/** The command line of this checkout; POINTSMAN_COMMAND names another program in its place. */
function pointsman(): [string, ...string[]] {
  const { POINTSMAN_COMMAND: other } = process.env;
  if (other !== undefined && other !== '') return [other];
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  return [process.execPath, '--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source', main];
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
const write = (text: string): void => {
  process.stdout.write(text);
};
// The command needs no token of GitHub's, so it gets none.
const { INPUT_GITHUB_TOKEN: _token, GITHUB_TOKEN: _githubToken, ...env } = process.env;

process.exitCode = await runAction({
  env: process.env,
  fetch: globalThis.fetch,
  runEvaluation: createRunEvaluation({ command: pointsman(), cwd: workspace, env, signal: stop.signal, write }),
  workspace,
  write,
});
