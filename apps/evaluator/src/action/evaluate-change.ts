import { mkdir, writeFile } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import type { EvaluationReport } from '@pointsman/contracts';
import { z } from 'zod';
import { CouldNotRun } from './could-not-run.ts';
import type { GithubClient } from './github-client.ts';
import type { Change, PullRequest } from './read-change.ts';
import type { ActionInputs } from './read-inputs.ts';
import type { EvaluationRequest, RunEvaluation } from './run-evaluation.ts';

export type EvaluationPlace = {
  github: GithubClient;
  runEvaluation: RunEvaluation;
  /** Of the repository under test, absolute. */
  workspace: string;
  /** For the reports, absolute. */
  reportDir: string;
};

export type Evaluated = {
  reports: EvaluationReport[];
  /** Of all runs that were needed, the baseline's included. */
  spentNanoUsd: number;
  /** What a reader has to know about how it came about. */
  notes: string[];
};

/**
 * Evaluates what a change proposes against what there was: main's last run or the merge base's, or the prompt as it stood
 * at the merge base, evaluated first.
 * @throws {CouldNotRun} and what the API throws.
 */
export async function evaluateChange(inputs: ActionInputs, change: Change, place: EvaluationPlace): Promise<Evaluated> {
  const { prompt } = inputs;
  const promptFile = prompt === undefined ? undefined : resolve(place.workspace, prompt);
  const request = { ...inputs, promptFile, outDir: place.reportDir };
  if (inputs.baseline === 'merge-base') return againstMergeBase(request, change, place);
  const { mergeBase, notes } = await mergeBaseForLabels(inputs, change, place.github);
  const reports = await place.runEvaluation({ ...request, labels: labelsOf(change, mergeBase) });
  return { reports, spentNanoUsd: spentBy(reports), notes };
}

type Unlabelled = Omit<EvaluationRequest, 'labels'>;

async function againstMergeBase(request: Unlabelled, change: Change, place: EvaluationPlace): Promise<Evaluated> {
  if (change.pullRequest === undefined) {
    throw new CouldNotRun('baseline: merge-base needs a pull request, and this event has none: use baseline: auto');
  }
  const mergeBase = await findMergeBase(change, change.pullRequest, place.github);
  const before = await promptBefore(request.promptFile ?? '', { change, mergeBase, place });
  const first = await place.runEvaluation({
    ...request,
    baseline: undefined,
    promptFile: before,
    outDir: join(place.reportDir, 'merge-base'),
    labels: { commit: mergeBase },
  });
  const spent = spentBy(first);
  const reports = await place.runEvaluation({
    ...request,
    baseline: first[0]?.runId,
    maxCostUsd: ceilingLeft(request.maxCostUsd, spent),
    labels: labelsOf(change, mergeBase),
  });
  const isNew = 'The prompt is new: the baseline ran without one.';
  return { reports, spentNanoUsd: spent + spentBy(reports), notes: before === undefined ? [isNew] : [] };
}

/** One ceiling for both runs: what the baseline cost is not there for the change. */
function ceilingLeft(maxCostUsd: number | undefined, spentNanoUsd: number): number | undefined {
  if (maxCostUsd === undefined) return undefined;
  const left = maxCostUsd - spentNanoUsd / 1e9;
  if (left > 0) return Number(left.toFixed(9));
  throw new CouldNotRun(`the baseline alone used up max-cost-usd (${maxCostUsd}): raise it, or use baseline: auto`);
}

/** The prompt as it stood at the merge base, in a file; undefined where there was none. */
async function promptBefore(
  promptFile: string,
  { change, mergeBase, place }: { change: Change; mergeBase: string; place: EvaluationPlace },
): Promise<string | undefined> {
  const path = relative(place.workspace, promptFile);
  if (path.startsWith('..') || isAbsolute(path)) {
    throw new CouldNotRun(
      `the prompt ${promptFile} lies outside of the repository: its version at the merge base cannot be found`,
    );
  }
  const url = path.split(sep).map(encodeURIComponent).join(posix.sep);
  const text = await place.github.text(`/repos/${change.repository}/contents/${url}?ref=${mergeBase}`);
  if (text === undefined) return undefined;
  const file = join(place.reportDir, 'merge-base', posix.basename(url));
  await mkdir(join(place.reportDir, 'merge-base'), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** `auto` looks for the merge base's run first: without the API main's last run has to do. */
async function mergeBaseForLabels(
  { baseline }: ActionInputs,
  change: Change,
  github: GithubClient,
): Promise<{ mergeBase: string | undefined; notes: string[] }> {
  if (change.pullRequest === undefined || baseline !== 'auto') return { mergeBase: undefined, notes: [] };
  try {
    return { mergeBase: await findMergeBase(change, change.pullRequest, github), notes: [] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      mergeBase: undefined,
      notes: [`The merge base could not be found (${why}): main's last run is the baseline.`],
    };
  }
}

const comparisonSchema = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

async function findMergeBase({ repository, commit }: Change, pull: PullRequest, github: GithubClient): Promise<string> {
  const found = await github.get(`/repos/${repository}/compare/${pull.baseCommit}...${commit}?per_page=1`);
  return comparisonSchema.parse(found).merge_base_commit.sha;
}

function labelsOf({ commit, branch, pullRequest }: Change, mergeBase: string | undefined): Record<string, string> {
  return {
    branch,
    commit,
    ...(pullRequest !== undefined && { 'pull-request': String(pullRequest.number) }),
    ...(mergeBase !== undefined && { 'merge-base': mergeBase }),
  };
}

/** Reports of one run tell the same sum. */
const spentBy = (reports: readonly EvaluationReport[]): number =>
  [...new Map(reports.map(({ runId, spent }) => [runId, spent.nanoUsd])).values()].reduce((sum, nano) => sum + nano, 0);
