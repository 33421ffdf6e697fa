import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ActionOutcome, errorOutcome, exitCodeOf, outcomeOf, outputsOf } from './action-outcome.ts';
import { evaluateChange } from './evaluate-change.ts';
import { createGithubClient, type GithubClient } from './github-client.ts';
import { outcomeText } from './outcome-text.ts';
import { commentKey, publishComment } from './publish-comment.ts';
import { type Change, readChange } from './read-change.ts';
import { type ActionEnvironment, type FailOn, type Publishing, readInputs, readPublishing } from './read-inputs.ts';
import { createRedact } from './redact.ts';
import type { RunEvaluation } from './run-evaluation.ts';
import { SUMMARY_BYTES, writeOutputs, writeSummary } from './runner-files.ts';

export type ActionSurroundings = {
  env: ActionEnvironment;
  fetch: typeof globalThis.fetch;
  runEvaluation: RunEvaluation;
  /** Of the repository under test, absolute. */
  workspace: string;
  /** To the job's log. */
  write(text: string): void;
};

/** Runs the action: evaluate, tell, decide. Resolves to the exit code; whatever goes wrong on the way is told, never a pass. */
export async function runAction(around: ActionSurroundings): Promise<number> {
  const { env, fetch, write } = around;
  const publishing = readPublishing(env);
  const { token } = publishing;
  if (token !== undefined) write(`::add-mask::${token}\n`);
  const apiUrl = (env.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/+$/, '');
  const github = createGithubClient({ apiUrl, token, fetch, pause });
  const reportDir = resolve(around.workspace, publishing.reportDir);
  const { change, outcome, failOn } = await evaluate(around, { github, reportDir });
  await publish(around, { change, outcome, publishing, github, reportDir });
  return exitCodeOf(outcome, failOn);
}

type Decided = { change: Change | undefined; outcome: ActionOutcome; failOn: FailOn };

async function evaluate(
  { env, runEvaluation, workspace }: ActionSurroundings,
  { github, reportDir }: { github: GithubClient; reportDir: string },
): Promise<Decided> {
  let change: Change | undefined;
  let failOn: FailOn = 'regression';
  try {
    change = await readChange(env);
    const inputs = readInputs(env);
    failOn = inputs.failOn;
    const evaluated = await evaluateChange(inputs, change, { github, runEvaluation, workspace, reportDir });
    return { change, outcome: outcomeOf(evaluated, inputs.allowEmulated), failOn };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // Before anything is cut: half a secret would not be found.
    return { change, outcome: errorOutcome(createRedact(env)(why)), failOn };
  }
}

type Publication = Omit<Decided, 'failOn'> & { publishing: Publishing; github: GithubClient; reportDir: string };

/** The comment first: the summary says what became of it. */
async function publish({ env, write }: ActionSurroundings, publication: Publication): Promise<void> {
  const { outcome, change, publishing, github, reportDir } = publication;
  const redact = createRedact(env);
  const context = { commit: change?.commit ?? env.GITHUB_SHA, runUrl: runUrlOf(env) };
  const render = (what: ActionOutcome) => (limit: number) => redact(outcomeText(what, context, limit));
  const key = commentKey(publishing.commentId ?? `${env.GITHUB_WORKFLOW ?? ''}/${env.GITHUB_JOB ?? ''}`);
  const unwritten = await publishComment({ change, publishing, github, key, render: render(outcome) });
  const told = unwritten === undefined ? outcome : { ...outcome, notes: [...outcome.notes, redact(unwritten)] };
  await writeSummary(env.GITHUB_STEP_SUMMARY, render(told)(SUMMARY_BYTES - 1));
  await writeOutputs(env.GITHUB_OUTPUT, outputsOf(outcome, reportDir));
  for (const note of told.notes) write(`::warning::${commandText(redact(note))}\n`);
  if (outcome.verdict === 'error') write(`::error::${commandText(`Could not run: ${outcome.why}`)}\n`);
  write(`Verdict: ${outcome.verdict}\n`);
}

function runUrlOf({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id }: ActionEnvironment) {
  return server === undefined || repository === undefined || id === undefined
    ? undefined
    : `${server}/${repository}/actions/runs/${id}`;
}

/** The runner's own escaping of a command's text. */
const commandText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
