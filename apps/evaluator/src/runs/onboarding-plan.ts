import type { Configuration } from '@pointsman/administration';
import type { BenchmarkCase } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import type { Onboarding } from '@pointsman/router-model/encoders';
import { loadCases, loadVersion } from '../benchmarks/load-benchmark.ts';
import { servedArtefact } from '../served-artefact.ts';
import { scoresOf } from './scores-of.ts';

/** Plans runs that teach the router a new model: which cases first, and when they are enough. */
export type OnboardingPlan = {
  /** The ids of all cases, the most telling about a model of this name first. */
  order(model: string, cases: readonly BenchmarkCase[]): Promise<string[]>;
  /** Why the run may end, after an item of it was finished; undefined while it may not. */
  end(run: StoredRun): Promise<string | undefined>;
  release(): Promise<void>;
};

/** Known to within this, as a mean score, a model's estimates change little by more answers. */
const TIGHT = 0.04;
/** Fewer answers leave whole kinds of requests unseen, however little they vary. */
const LEAST_ANSWERS = 100;
const LOOK_EVERY = 25;

type Sources = { repositories: Repositories; configuration: Configuration; now(): number };

/** Opens the router artefact in use when it is first asked, and not before: most runs need none. */
export function openOnboardingPlan(sources: Sources): OnboardingPlan {
  let opened: Promise<Onboarding> | undefined;
  const onboarding = (): Promise<Onboarding> => {
    opened ??= open(sources);
    return opened;
  };
  const finished = new Map<string, number>();
  return {
    async order(model, cases) {
      const order = await (await onboarding()).order(model, await promptsOf(cases));
      return order.flatMap((index) => cases[index]?.id ?? []);
    },
    async end(run) {
      const count = (finished.get(run.id) ?? 0) + 1;
      finished.set(run.id, count);
      if (count % LOOK_EVERY !== 0) return undefined;
      const answers = await answersOf(run, sources);
      if (answers.length < LEAST_ANSWERS) return undefined;
      const uncertainty = await (await onboarding()).uncertainty(run.spec.contestants[0]?.model ?? '', answers);
      if (uncertainty > TIGHT) return undefined;
      return `the estimates are tight: its mean score is known to within ${uncertainty.toFixed(3)} after ${answers.length} cases`;
    },
    release: async () => (await opened)?.release(),
  };
}

async function open({ repositories, configuration }: Sources): Promise<Onboarding> {
  // Only runs that ask for it pay for loading onnxruntime.
  const { openOnboarding } = await import('@pointsman/router-model/encoders');
  return openOnboarding((await servedArtefact({ repositories, configuration })).artefactDir);
}

async function promptsOf(cases: readonly Pick<BenchmarkCase, 'messages'>[]) {
  const { promptOf } = await import('@pointsman/router-model');
  return cases.map(({ messages }) => promptOf({ model: 'auto', messages }));
}

async function answersOf(run: StoredRun, { repositories, now }: Sources) {
  const { version } = await loadVersion(repositories.benchmarks, run.spec.benchmark, now);
  const cases = new Map((await loadCases(repositories.benchmarks, version)).map((one) => [one.id, one]));
  const items = await repositories.evaluationRuns.items(run.id, 0);
  const answered = items.flatMap((item) => {
    const subject = cases.get(item.caseId);
    return subject === undefined ? [] : [{ subject, scores: scoresOf(item) }];
  });
  const prompts = await promptsOf(answered.map(({ subject }) => subject));
  return answered.flatMap(({ scores }, index) => {
    const prompt = prompts[index];
    return prompt === undefined ? [] : [{ prompt, scores }];
  });
}
