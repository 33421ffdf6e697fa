import { seededRandom } from '@pointsman/statistics';
import type { Bench } from '../bench.ts';
import type { Pool, PoolRow } from '../data/pool.ts';
import { areaUnder, upperHull } from '../measures/cost-quality-hull.ts';
import { dearestCost, fitCosts, meanCost } from '../measures/expected-costs.ts';
import { fixedPicks, picksAt, tradeOffs } from '../measures/trade-offs.ts';
import type { Answer, ExpectQuality, Newcomer, Onboard } from '../methods/onboarding.ts';
import { meanQuality } from '../methods/routing-method.ts';
import { table } from '../report/markdown.ts';
import type { Fold } from '../splits/folds.ts';
import { pointsOf } from '../splits/hold-out.ts';
import type { SectionInput, SectionReport } from './section.ts';

const POOL = 'unified_7';
const COUNTS = [10, 30, 100, 300] as const;
const CHOICES = ['random', 'adaptive'] as const;
type Choice = (typeof CHOICES)[number];
/** As many cases as a benchmark may have; one answer after the other is chosen among them. */
const MOST_CANDIDATES = 1_500;

type OnboardingPart = {
  model: string;
  choice: Choice | 'all';
  answers: number;
  /** Distance between predicted and observed mean quality by domain, weighted by requests. */
  abilityError: number;
  /** Average quality of routing over the whole pool, the newcomer's estimates among the others'. */
  averageQuality: number;
};

/** How many benchmark answers a new model needs, each model of the pool in turn being the new one. */
export async function reportOnboarding(
  { bench, options }: SectionInput,
  onboard: Onboard | undefined,
): Promise<SectionReport> {
  if (onboard === undefined)
    return { data: [], markdown: 'Not yet measured: the router cannot yet take up a model from answers alone.' };
  const pool = await bench.pool(options.pools.includes(POOL) ? POOL : (options.pools[0] ?? POOL));
  const fold = pool === undefined ? undefined : bench.folds(pool, 'cross-validated')[0];
  if (pool === undefined || fold === undefined) return { data: [], markdown: `The data has no pool ${POOL}.` };
  const parts: OnboardingPart[] = [];
  for (const [newcomer, model] of pool.models.entries()) {
    options.onProgress(`onboarding ${model}`);
    parts.push(...(await onboardOne(bench, { pool, fold, newcomer }, onboard)));
  }
  return { data: parts, markdown: describe(parts) };
}

type Trial = { pool: Pool; fold: Fold; newcomer: number };

async function onboardOne(bench: Bench, trial: Trial, onboard: Onboard): Promise<OnboardingPart[]> {
  const { pool, fold, newcomer } = trial;
  const model = pool.models[newcomer] ?? '';
  const others = pool.models.filter((name) => name !== model);
  const rows = fold.train.map(({ row }) => ({
    ...row,
    observations: row.observations.filter((observation) => observation.model !== model),
  }));
  const learner = await onboard(rows, others, bench.training);
  const parts: OnboardingPart[] = [];
  const everything = shuffledAnswers(trial, bench.options.seed);
  const record = async (choice: Choice | 'all', answers: readonly Answer[]): Promise<void> => {
    const measured = await measure(bench, trial, await learner.learn(answers));
    parts.push({ model, choice, answers: answers.length, ...measured });
  };
  for (const choice of CHOICES) {
    const candidates = everything.slice(0, MOST_CANDIDATES);
    const answered: Answer[] = [];
    for (const count of COUNTS.filter((most) => most <= candidates.length)) {
      const chosen = await chooseNext(learner, choice, { candidates, answered, count: count - answered.length });
      answered.push(...chosen.flatMap((index) => candidates[index] ?? []));
      for (const index of [...chosen].sort((a, b) => b - a)) candidates.splice(index, 1);
      await record(choice, answered);
    }
  }
  await record('all', everything);
  return parts;
}

function shuffledAnswers({ fold, newcomer }: Trial, seed: number): Answer[] {
  const random = seededRandom(seed);
  return fold.train
    .map(({ row, quality }) => ({ key: random(), answer: { prompt: row.prompt, quality: quality[newcomer] ?? 0 } }))
    .sort((a, b) => a.key - b.key)
    .map(({ answer: own }) => own);
}

function chooseNext(
  learner: Newcomer,
  choice: Choice,
  { candidates, answered, count }: { candidates: readonly Answer[]; answered: readonly Answer[]; count: number },
): readonly number[] | Promise<readonly number[]> {
  // The candidates come shuffled.
  if (choice === 'random') return Array.from({ length: count }, (_, n) => n);
  return learner.choose(
    candidates.map(({ prompt }) => prompt),
    answered,
    count,
  );
}

async function measure(
  bench: Bench,
  { pool, fold, newcomer }: Trial,
  expect: ExpectQuality,
): Promise<Pick<OnboardingPart, 'abilityError' | 'averageQuality'>> {
  const predict = bench.ours(fold.train, pool);
  const quality: Float64Array[] = [];
  for (const row of fold.test) {
    const own = (await predict(row)).means.slice();
    own[newcomer] = await expect(row.row.prompt);
    quality.push(own);
  }
  return {
    abilityError: abilityError(
      fold.test,
      quality.map((own) => own[newcomer] ?? 0),
      newcomer,
    ),
    averageQuality: averageQuality(pool, fold, quality),
  };
}

function abilityError(rows: readonly PoolRow[], predicted: readonly number[], newcomer: number): number {
  let distance = 0;
  for (const members of Map.groupBy(rows.keys(), (n) => rows[n]?.row.domain ?? '').values())
    distance += Math.abs(members.reduce((sum, n) => sum + (rows[n]?.quality[newcomer] ?? 0) - (predicted[n] ?? 0), 0));
  return distance / rows.length;
}

function averageQuality(pool: Pool, { train, test }: Fold, quality: readonly Float64Array[]): number {
  const costs = fitCosts(train, pool.models.length);
  const picks = picksAt(tradeOffs(dearestCost(pool.rows)), quality, test.map(costs));
  const trained = meanQuality(train, pool.models.length);
  const strongest = trained.indexOf(Math.max(...trained));
  const single = pointsOf(fixedPicks(test.length, pool.models.length), test);
  const cheapest = Math.min(...meanCost(test));
  const ends = single.filter(({ cost }, m) => m === strongest || cost === cheapest);
  const dearest = dearestCost(test);
  return areaUnder(upperHull([...pointsOf(picks, test), ...ends]), cheapest, dearest) / (dearest - cheapest);
}

function describe(parts: readonly OnboardingPart[]): string {
  const groups = [...Map.groupBy(parts, ({ choice, answers }) => `${choice}\n${answers}`).values()];
  const rows = groups.map((members) => {
    const mean = (part: (entry: OnboardingPart) => number): number =>
      members.reduce((sum, entry) => sum + part(entry), 0) / members.length;
    const [first] = members;
    return [
      `${first?.answers ?? 0}`,
      first?.choice ?? '',
      (100 * mean(({ abilityError: error }) => error)).toFixed(1),
      mean(({ averageQuality: quality }) => quality).toFixed(4),
    ];
  });
  return [
    'Each model of the pool in turn is new to a router trained without it. Ability error: distance between predicted and observed mean quality by domain, in points. AIQ: of routing over the whole pool with the newcomer’s estimates from its answers. Means over the models.',
    table(['answers', 'chosen', 'ability error', 'AIQ'], rows),
  ].join('\n\n');
}
