import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeGithub, startFakeGithub } from '../../test/fake-github.ts';
import { sampleReport } from '../../test/sample-report.ts';
import { evaluateChange } from './evaluate-change.ts';
import { createGithubClient } from './github-client.ts';
import type { Change } from './read-change.ts';
import { readInputs } from './read-inputs.ts';
import type { EvaluationRequest } from './run-evaluation.ts';

const report = sampleReport({ cases: 28 });
const change: Change = {
  repository: 'lumen-shop/assistant',
  commit: 'c3d2',
  branch: 'warmer-prompt',
  pullRequest: { number: 41, isFork: false, baseCommit: '5b1e' },
};

let github: FakeGithub;
let workspace: string;
let requests: EvaluationRequest[];
beforeEach(async () => {
  github = await startFakeGithub();
  github.mergeBase = 'aa11';
  workspace = await mkdtemp(join(tmpdir(), 'pointsman-change-'));
  requests = [];
});
afterEach(async () => {
  await github.close();
  await rm(workspace, { recursive: true });
});

function evaluate(inputs: Record<string, string>, of: Change = change) {
  const env = { INPUT_BENCHMARK: 'starter', INPUT_MODELS: 'a/b', ...inputs };
  return evaluateChange(readInputs(env), of, {
    github: createGithubClient({ apiUrl: github.apiUrl, token: 't', fetch: globalThis.fetch, pause: async () => 0 }),
    async runEvaluation(request) {
      requests.push(request);
      return [{ ...report, runId: `run_${requests.length}`, spent: { ...report.spent, nanoUsd: 2_000_000_000 } }];
    },
    workspace,
    reportDir: join(workspace, 'out'),
  });
}

const PROMPT = { INPUT_PROMPT: 'prompts/the support.md', INPUT_BASELINE: 'merge-base' };

describe('the prompt at the merge base', () => {
  it('is evaluated first, and is then the baseline', async () => {
    github.files = { 'prompts/the support.md@aa11': 'You are warm.' };
    const { spentNanoUsd, notes } = await evaluate({ ...PROMPT, INPUT_MAX_COST_USD: '5' });
    const [before, after] = requests;
    expect(before).toMatchObject({ baseline: undefined, maxCostUsd: 5, labels: { commit: 'aa11' } });
    expect(await readFile(before?.promptFile ?? '', 'utf8')).toBe('You are warm.');
    expect(after).toMatchObject({
      baseline: 'run_1',
      promptFile: join(workspace, 'prompts/the support.md'),
      // One ceiling for both.
      maxCostUsd: 3,
      labels: { branch: 'warmer-prompt', commit: 'c3d2', 'merge-base': 'aa11', 'pull-request': '41' },
    });
    expect(before?.outDir).not.toBe(after?.outDir);
    expect({ spentNanoUsd, notes }).toEqual({ spentNanoUsd: 4_000_000_000, notes: [] });
  });

  it('is none for a new prompt, and that is said', async () => {
    const { notes } = await evaluate(PROMPT);
    expect(requests[0]?.promptFile).toBeUndefined();
    expect(notes).toEqual(['The prompt is new: the baseline ran without one.']);
  });

  it('may use up the ceiling: then nothing was decided', async () => {
    await expect(evaluate({ ...PROMPT, INPUT_MAX_COST_USD: '1.5' })).rejects.toThrow('used up max-cost-usd (1.5)');
    expect(requests).toHaveLength(1);
  });

  it('needs a pull request, and a prompt that is in the repository', async () => {
    await expect(evaluate(PROMPT, { ...change, pullRequest: undefined })).rejects.toThrow('needs a pull request');
    await expect(evaluate({ ...PROMPT, INPUT_PROMPT: '../secret.md' })).rejects.toThrow('outside of the repository');
    expect(requests).toEqual([]);
  });

  it('is never guessed when GitHub does not say where it is', async () => {
    github.mergeBase = undefined;
    await expect(evaluate(PROMPT)).rejects.toThrow('404 Not Found');
    expect(requests).toEqual([]);
  });
});

describe('baseline: auto', () => {
  it('looks for the run of the merge base', async () => {
    await evaluate({ INPUT_BASELINE: 'auto' });
    expect(requests[0]).toMatchObject({ baseline: 'auto', labels: { 'merge-base': 'aa11' } });
  });

  it('does with main’s last run when GitHub does not say where it is, and says so', async () => {
    github.mergeBase = undefined;
    const { notes } = await evaluate({ INPUT_BASELINE: 'auto' });
    expect(requests[0]?.labels).not.toHaveProperty('merge-base');
    expect(notes).toEqual(["The merge base could not be found (404 Not Found): main's last run is the baseline."]);
  });

  it('asks nothing of GitHub where there is no pull request, or no baseline', async () => {
    await evaluate({ INPUT_BASELINE: 'auto' }, { ...change, pullRequest: undefined });
    await evaluate({});
    expect(github.requests).toEqual([]);
  });
});
