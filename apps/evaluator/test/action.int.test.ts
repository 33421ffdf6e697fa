import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeGithub, startFakeGithub } from './fake-github.ts';
import { runActionEntry } from './run-action-entry.ts';
import { sampleReport } from './sample-report.ts';
import { type StandInStep, writeStandIn } from './stand-in-pointsman.ts';

// A run is a process that starts a process; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const TOKEN = 'ghs_aTokenThatMustNotBePrinted';
const MARKER = '<!-- pointsman-report:Evaluate/gate -->';
const MERGE_BASE = 'aa11bb22cc33dd44ee55ff6677889900aabbccdd';

const report = sampleReport({ cases: 84 });
const regression = { ...report, verdict: 'regression' as const };
const passing = { ...report, verdict: 'pass' as const };
const inconclusive = { ...sampleReport({ cases: 60, shift: {}, seed: 'small' }), verdict: 'inconclusive' as const };

let folder: string;
let github: FakeGithub;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pointsman-action-'));
  github = await startFakeGithub();
  github.mergeBase = MERGE_BASE;
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

type Job = { event?: string; eventName?: string; steps: readonly StandInStep[]; env?: Record<string, string> };

async function runJob({ event = 'pull-request', eventName = 'pull_request', steps, env }: Job) {
  const standIn = await writeStandIn(folder, steps);
  const ran = await runActionEntry({
    folder,
    event,
    eventName,
    env: {
      POINTSMAN_COMMAND: standIn.command,
      GITHUB_API_URL: github.apiUrl,
      INPUT_BENCHMARK: 'starter@1',
      INPUT_MODELS: 'openai/gpt-4.1-mini, mistral/mistral-small-3.2',
      INPUT_BASELINE: 'auto',
      INPUT_GITHUB_TOKEN: TOKEN,
      ...env,
    },
  });
  return { ...ran, standIn, calls: await standIn.calls() };
}

const writes = () => github.requests.filter(({ method }) => method !== 'GET');

describe('a pull request of the repository', () => {
  it('fails on a regression: comment, summary and outputs say why', async () => {
    const ran = await runJob({
      steps: [{ code: 1, reports: [regression] }],
      env: {
        INPUT_PROMPT: 'prompts/support.md',
        INPUT_MAX_COST_USD: '5',
        INPUT_MIN_EFFECT: '0.02',
        INPUT_CONFIG: 'pointsman.yaml',
      },
    });
    expect(ran.code).toBe(1);
    const out = join(ran.workspace, 'pointsman-report');
    expect(ran.calls).toEqual([
      [
        '--config=pointsman.yaml',
        'eval',
        'run',
        '--benchmark=starter@1',
        '--models=openai/gpt-4.1-mini,mistral/mistral-small-3.2',
        `--prompt=${join(ran.workspace, 'prompts/support.md')}`,
        '--baseline=auto',
        '--max-cost-usd=5',
        '--min-effect=0.02',
        '--label=branch=warmer-prompt',
        '--label=commit=c3d2a8f15e904b7d8c6f2a1b0e9d7c5b3a4f6e82',
        '--label=pull-request=41',
        `--label=merge-base=${MERGE_BASE}`,
        `--out=${out}`,
      ],
    ]);
    expect(github.comments).toHaveLength(1);
    const [comment] = github.comments;
    expect(comment?.body).toMatch(new RegExp(`^${MARKER}\n## Pointsman evaluation\n\n### ❌ REGRESSION`));
    expect(comment?.body).toContain(
      'Commit c3d2a8f15e90 · [the workflow run](https://github.com/lumen-shop/assistant/actions/runs/7788)',
    );
    expect(ran.summary).toContain('### ❌ REGRESSION');
    const overall = regression.metrics[0];
    const difference = overall?.difference as { estimate: number; low: number; high: number };
    expect(ran.outputs).toEqual({
      verdict: 'regression',
      regressions: String(regression.metrics.filter(({ verdict }) => verdict === 'regression').length),
      delta: String(Number(difference.estimate.toFixed(6))),
      'ci-low': String(Number(difference.low.toFixed(6))),
      'ci-high': String(Number(difference.high.toFixed(6))),
      p: String(Number(overall?.p?.toPrecision(4))),
      'cost-usd': '12.4803',
      'report-path': out,
    });
  });

  it('masks the token and shows it nowhere, nor hands it to the command', async () => {
    const ran = await runJob({ steps: [{ code: 0, reports: [passing] }], env: { GITHUB_TOKEN: TOKEN } });
    expect(ran.code).toBe(0);
    expect(ran.log.replace(`::add-mask::${TOKEN}\n`, '')).not.toContain(TOKEN);
    expect(`${ran.summary}${JSON.stringify(ran.outputs)}${github.comments[0]?.body}`).not.toContain(TOKEN);
    expect(await ran.standIn.lastEnvironment()).not.toContain('INPUT_GITHUB_TOKEN');
    expect(await ran.standIn.lastEnvironment()).not.toContain('GITHUB_TOKEN');
    expect(writes().map(({ authorization }) => authorization)).toEqual([`Bearer ${TOKEN}`]);
  });

  it('updates its comment on a later page; a person who wrote the marker keeps theirs', async () => {
    const said = (id: number, body: string, login = 'ana-lumen', type = 'User') => ({
      id,
      body,
      user: { login, type },
    });
    github.comments = [
      ...[1, 2, 3].map((id) => said(id, 'Looks good')),
      said(4, `${MARKER}\n### ✅ PASS, believe me`, 'bo-outside'),
      said(5, `> ${MARKER}\nquoted`, 'some-app[bot]', 'Bot'),
      said(6, '<!-- pointsman-report:Evaluate/other -->\nof another job', 'github-actions[bot]', 'Bot'),
      said(7, `${MARKER}\nan older report`, 'github-actions[bot]', 'Bot'),
      said(8, 'Thanks'),
    ];
    const before = structuredClone(github.comments);
    await runJob({ steps: [{ code: 0, reports: [passing] }] });
    expect(writes()).toEqual([
      expect.objectContaining({ method: 'PATCH', url: '/repos/lumen-shop/assistant/issues/comments/7' }),
    ]);
    expect(github.comments.filter(({ id }) => id !== 7)).toEqual(before.filter(({ id }) => id !== 7));
    expect(github.comments.find(({ id }) => id === 7)?.body).toContain('### ✅ PASS');
  });

  it('keeps its verdict when the token cannot write, and says so in the summary', async () => {
    github.mayWrite = false;
    const ran = await runJob({ steps: [{ code: 0, reports: [passing] }] });
    expect(ran.code).toBe(0);
    expect(ran.outputs.verdict).toBe('pass');
    expect(ran.summary).toContain('No comment was written: the token cannot write');
    expect(ran.log).toContain('::warning::No comment was written');
  });

  it('cuts the comment at GitHub’s limit; the summary has more', async () => {
    const long = { ...report, verdict: 'pass' as const };
    const many = Array.from({ length: 8 }, (_, index) => ({ ...long, candidate: { model: `lab/model-${index}` } }));
    const ran = await runJob({ steps: [{ code: 0, reports: many }] });
    expect(github.comments[0]?.body.length).toBeLessThanOrEqual(65_536);
    expect(github.comments[0]?.body).toMatch(/Left out: .*The whole report: artefact of \[the workflow run\]/);
    expect(ran.summary.length).toBeGreaterThan(65_536);
  });
});

describe('what is no verdict', () => {
  it('is an error when runs cannot be compared: told, and never a pass', async () => {
    const message =
      'run run_1 cannot be the baseline: its judge is another one (a, 1234; now b, 5678). Evaluate the baseline again with this judge.';
    const ran = await runJob({
      steps: [{ code: 2, stderr: `Run run_2.\nerror: could not run: ${message}\n` }],
      env: { INPUT_FAIL_ON: 'never' },
    });
    expect(ran.code).toBe(2);
    expect(ran.outputs).toMatchObject({ verdict: 'error', delta: '', regressions: '', 'report-path': '' });
    for (const text of [github.comments[0]?.body, ran.summary]) {
      expect(text).toContain('### 🛑 COULD NOT RUN');
      expect(text).toContain(message);
      expect(text).not.toMatch(/PASS|✅/);
    }
  });

  it('keeps secrets out of what it posts', async () => {
    const key = 'the-key-of-the-shop';
    const password = 'p%40ssw0rd-1';
    const address = `postgres://eva:${password}@db/x`;
    const ran = await runJob({
      steps: [{ code: 2, stderr: `error: could not run: 401 for key ${key} on ${address}\n` }],
      env: { OPENAI_API_KEY: key, DATABASE_URL: address },
    });
    expect(`${ran.summary}${github.comments[0]?.body}`).not.toMatch(/key-of-the-shop|ssw0rd/);
    expect(ran.summary).toContain('401 for key *** on ***');
  });
});

describe('other events', () => {
  it('a pull request from a fork gets the summary only, under a branch that cannot be taken for main', async () => {
    const ran = await runJob({ event: 'pull-request-from-fork', steps: [{ code: 0, reports: [passing] }] });
    expect(ran.code).toBe(0);
    expect(writes()).toEqual([]);
    expect(ran.calls[0]).toContain('--label=branch=bo-outside:main');
    expect(ran.summary).toContain('### ✅ PASS');
    expect(ran.summary).toContain('No comment was written: the pull request comes from a fork');
  });

  it('a push to the default branch becomes main’s last run, whatever that branch is called', async () => {
    const ran = await runJob({
      event: 'push-to-main',
      eventName: 'push',
      steps: [{ code: 0, reports: [passing] }],
      env: { GITHUB_REF: 'refs/heads/trunk', GITHUB_SHA: 'e4f6081a2b3c5d7e9f0a1b2c3d4e5f60718293a4' },
    });
    expect(ran.code).toBe(0);
    expect(ran.calls[0]).toEqual(
      expect.arrayContaining(['--label=branch=main', '--label=commit=e4f6081a2b3c5d7e9f0a1b2c3d4e5f60718293a4']),
    );
    expect(github.requests).toEqual([]);
    expect(ran.summary).toContain('### ✅ PASS');
  });

  it('a dispatched workflow may fail on too little evidence', async () => {
    const ran = await runJob({
      event: 'workflow-dispatch',
      eventName: 'workflow_dispatch',
      steps: [{ code: 0, reports: [inconclusive] }],
      env: { GITHUB_REF: 'refs/heads/try-llama', INPUT_FAIL_ON: 'inconclusive', INPUT_BASELINE: '' },
    });
    expect(ran.code).toBe(1);
    expect(ran.outputs).toMatchObject({ verdict: 'inconclusive', regressions: '0' });
    expect(ran.calls[0]).toContain('--label=branch=try-llama');
    expect(ran.calls[0]?.some((word) => word.startsWith('--baseline'))).toBe(false);
  });
});
