import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ModelDirectory } from '@pointsman/administration';
import { parseBenchmarkReference } from '@pointsman/benchmark';
import { type BenchmarkCase, type Contestant, GatewayError, type RunSpec } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { priceOn } from '@pointsman/model-catalog';
import { loadCases, loadVersion } from '../benchmarks/load-benchmark.ts';
import { openJudge } from '../judging/open-judge.ts';
import { refuseOther } from './baseline-items.ts';
import { callableModel, judgeModel } from './callable-models.ts';
import type { CallableModel } from './evaluate-item.ts';
import type { OnboardingPlan } from './onboarding-plan.ts';
import { planRun } from './plan-run.ts';

/** What a person asks for when a run begins. */
export type RunWishes = {
  benchmark: string;
  models: readonly string[];
  promptFile?: string | undefined;
  /** A run's id, or `auto`. */
  baseline?: string | undefined;
  judge?: string | undefined;
  samples?: number | undefined;
  maxCostNanoUsd?: number | undefined;
  maxOutputTokens?: number | undefined;
  minEffect?: number | undefined;
  alpha?: number | undefined;
  sequential?: boolean | undefined;
  onboard?: boolean | undefined;
  replicate?: number | undefined;
  labels?: Record<string, string> | undefined;
};

export type RunSurroundings = {
  repositories: Repositories;
  directory: ModelDirectory;
  emulated: boolean;
  onboarding: OnboardingPlan;
  workingDirectory: string;
  now(): number;
};

const DEFAULT_MIN_EFFECT = 0.02;
const DEFAULT_ALPHA = 0.05;

/** Checks everything that can be checked before the first call is paid, and stores the run. @throws what is wrong, and how to mend it. */
export async function prepareRun(wishes: RunWishes, around: RunSurroundings): Promise<StoredRun> {
  const { repositories, directory, emulated, now } = around;
  const { version } = await loadVersion(repositories.benchmarks, parseBenchmarkReference(wishes.benchmark), now);
  const cases = await loadCases(repositories.benchmarks, version);
  const callables = wishes.models.map((name) => callableModel(directory, name));
  const prompt = await readPrompt(wishes.promptFile, around.workingDirectory);
  const contestants = callables.map(({ model }): Contestant => ({ model: model.id, ...(prompt && { prompt }) }));
  const judge = await openJudge(judgeModel(directory, wishes.judge), { samples: wishes.samples });
  if (wishes.maxCostNanoUsd !== undefined) refuseUnpriced([...callables, judge], now());
  const comparison: RunSpec['comparison'] = {
    minEffect: wishes.minEffect ?? DEFAULT_MIN_EFFECT,
    alpha: wishes.alpha ?? DEFAULT_ALPHA,
  };
  const baseline = await findBaseline(wishes, { judgeHash: judge.identity.hash, benchmark: version.name }, around);
  if (baseline !== undefined) comparison.baselineRunId = baseline.id;
  const order = wishes.onboard === true ? await onboardingOrder(contestants, cases, around) : undefined;
  const run = planRun({
    ...wishes,
    version,
    cases,
    contestants,
    judge: judge.identity,
    emulated,
    comparison,
    order,
    sequential: wishes.sequential === true && (baseline !== undefined || contestants.length > 1),
  });
  if (baseline !== undefined) refuseOther(run, baseline);
  return repositories.evaluationRuns.create(run);
}

/** A run of one model: what tells most about it tells little about another. */
async function onboardingOrder(
  contestants: readonly Contestant[],
  cases: readonly BenchmarkCase[],
  { onboarding }: RunSurroundings,
): Promise<string[]> {
  const [contestant, ...others] = contestants;
  if (contestant !== undefined && others.length === 0) return onboarding.order(contestant.model, cases);
  throw new GatewayError(
    'invalid_request',
    `--onboard is for one new model, got ${contestants.length}: begin a run for each`,
  );
}

/** Without a price nobody could tell whether the ceiling holds. */
export function refuseUnpriced(models: readonly CallableModel[], nowMs: number): void {
  const today = new Date(nowMs).toISOString();
  const unpriced = models.filter(({ model }) => priceOn(model, today) === undefined).map(({ model }) => model.id);
  if (unpriced.length === 0) return;
  const message = `no price of ${unpriced.join(', ')} is known: a cost ceiling cannot hold. Set prices under models: in the configuration, or leave out --max-cost-usd.`;
  throw new GatewayError('invalid_request', message);
}

async function readPrompt(file: string | undefined, directory: string): Promise<Contestant['prompt']> {
  if (file === undefined) return undefined;
  const text = (await readFile(resolve(directory, file), 'utf8')).trim();
  if (text === '') throw new GatewayError('invalid_request', `the prompt file ${file} is empty`);
  return { name: basename(file), text, hash: createHash('sha256').update(text).digest('hex') };
}

/** Labels that say where a run stands in a project's history. */
const MERGE_BASE = 'merge-base';
const SERIES = 'series';
const MAIN = { branch: 'main' };

async function findBaseline(
  { baseline, labels }: RunWishes,
  { judgeHash, benchmark }: { judgeHash: string; benchmark: string },
  { repositories, emulated }: RunSurroundings,
): Promise<StoredRun | undefined> {
  const runs = repositories.evaluationRuns;
  if (baseline === undefined) return undefined;
  if (baseline !== 'auto') {
    const run = await runs.get(baseline);
    if (run === undefined) throw new GatewayError('not_found', `there is no run '${baseline}': 'eval list' shows them`);
    if (run.status === 'finished') return run;
    throw new GatewayError('conflict', `run ${baseline} is ${run.status}: only a finished run can be a baseline`);
  }
  // Two workflows on one benchmark keep their runs apart by this label.
  const series = labels?.[SERIES] === undefined ? {} : { [SERIES]: labels[SERIES] };
  const newest = (wanted: Record<string, string>) =>
    runs.newest({ benchmark, judgeHash, emulated, labels: { ...wanted, ...series } });
  const commit = labels?.[MERGE_BASE];
  const found = (commit === undefined ? undefined : await newest({ commit })) ?? (await newest(MAIN));
  if (found !== undefined) return found;
  const message = `no baseline: no finished run on ${benchmark} by this judge is labelled ${commit === undefined ? '' : `commit=${commit} or `}branch=main. Run one on main with --label branch=main --label commit=SHA first.`;
  throw new GatewayError('not_found', message);
}
