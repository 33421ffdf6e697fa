import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Decision } from '@pointsman/contracts';
import { startEmulator } from '@pointsman/provider-emulator';
import type OpenAI from 'openai';
import {
  type PoolModel,
  type RecordedPrompt,
  readRecordedOutcomes,
  recordingsOf,
  writeTrainingRows,
} from './recorded-outcomes.ts';
import { compare, fit, latency, reasonsAndModels } from './report.ts';
import { pointsman, type RunningGateway, startProduct } from './run-product.ts';
import {
  always,
  domainRules,
  expected,
  type Outcome,
  oracle,
  random,
  routed,
  type Strategy,
  type Trial,
  zeroRouter,
} from './strategies.ts';

// Trains on one part of the real data, picks the policy on a second, and routes a third that nothing has seen.
// Every cost, reason and latency printed comes from the gateway's decision records.

const PROVIDER = 'recorded';
const CONCURRENCY = 8;
/**
 * The ladder of policies, cheapest first: a cheaper model may answer where it is expected to reach this share of the best
 * candidate's quality. One of them is picked on the tuning part.
 */
const SHARES = [0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99];
/** Absolute floors, for comparison: how likely to be right a reply must be before a cheaper model may give it. */
const FLOORS = [0.45, 0.65, 0.85];
/** What the tuned policy must keep of the strongest model's quality on the tuning part. */
const TARGET = 0.98;

const say = (text: string) => process.stdout.write(`${text}\n`);
const quick = process.argv.includes('--quick');

async function main(): Promise<void> {
  const shared = process.env.POINTSMAN_SHARED_DIR ?? join(import.meta.dirname, '../../../../shared');
  const dataDir = join(shared, 'data/router');
  if (!existsSync(dataDir)) {
    say(
      `This demo needs the recorded outcomes in ${join('..', 'shared', 'data', 'router')}; they are not there. Set POINTSMAN_SHARED_DIR to the folder that holds data/router.`,
    );
    process.exitCode = process.env.POINTSMAN_REQUIRE_ALL === '1' ? 1 : 0;
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'pointsman-demo-'));
  // As root the embedded PostgreSQL runs under another user, who must be able to enter.
  await chmod(folder, 0o755);
  try {
    await demonstrate(dataDir, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function demonstrate(dataDir: string, folder: string): Promise<void> {
  const { models, prompts } = await readRecordedOutcomes(dataDir);
  const part = (name: RecordedPrompt['part']) =>
    prompts.filter((prompt) => prompt.part === name).slice(0, quick ? 300 : undefined);
  const [train, tune, test] = [prompts.filter((p) => p.part === 'train'), part('tune'), part('test')];
  say(
    `${models.length} models; ${train.length} prompts to train, ${tune.length} to tune, ${test.length} to test (near-duplicates kept together)`,
  );

  await writeTrainingRows(join(folder, 'train.jsonl'), train);
  const artefact = join(folder, 'artefact');
  const startedMs = Date.now();
  await pointsman(['router', 'train', '--data', join(folder, 'train.jsonl'), '--out', artefact], {});
  say(`router trained in ${((Date.now() - startedMs) / 1000).toFixed(0)} s`);

  const emulator = await startEmulator({ recordings: recordingsOf([...tune, ...test]) });
  await writeFile(join(folder, 'pointsman.config.yaml'), configurationFor(models, emulator.baseUrl('openai')));
  const gateway = await startProduct({
    POINTSMAN_CONFIG: join(folder, 'pointsman.config.yaml'),
    POINTSMAN_DATA_DIR: join(folder, 'data'),
    POINTSMAN_ROUTER_DIR: artefact,
    POINTSMAN_EMULATOR: 'off',
  });
  try {
    await run({ gateway, models, train, tune, test });
  } finally {
    await gateway.stop();
    await emulator.close();
  }
}

function configurationFor(models: readonly PoolModel[], baseUrl: string): string {
  const entries = models.map(
    ({ name, inputUsdPerMtok, outputUsdPerMtok }) => `  ${PROVIDER}/${name}:
    contextTokens: 128000
    routerNames: [${name}]
    prices:
      - { from: '2024-01-01', inputUsdPerMtok: ${inputUsdPerMtok}, outputUsdPerMtok: ${outputUsdPerMtok} }
`,
  );
  return `providers:\n  ${PROVIDER}:\n    baseUrl: ${baseUrl}\n    apiKey: recorded\nmodels:\n${entries.join('')}`;
}

type Run = {
  gateway: RunningGateway;
  models: PoolModel[];
  train: RecordedPrompt[];
  tune: RecordedPrompt[];
  test: RecordedPrompt[];
};

async function run({ gateway, models, train, tune, test }: Run): Promise<void> {
  const names = models.map((model) => model.name);
  const mean = (model: string) => train.reduce((sum, p) => sum + (p.replies[model]?.score ?? 0), 0) / train.length;
  const strongestName = [...names].sort((a, b) => mean(b) - mean(a))[0] ?? '';
  const shares = SHARES.map((share) => ({
    name: `share-${Math.round(share * 100)}`,
    minShareOfBest: share,
    minScores: {},
  }));
  const floors = FLOORS.map((floor) => ({
    name: `floor-${Math.round(floor * 100)}`,
    minScores: { factual_accuracy: floor },
  }));
  for (const policy of [...shares, ...floors]) {
    const common = { risk: 0.5, weights: { factual_accuracy: 1 }, allowedModels: [`${PROVIDER}/*`] };
    await gateway.admin.putPolicy({ ...common, ...policy });
  }
  const tunable = shares.map((policy) => policy.name);
  const policies = [...tunable, ...floors.map((policy) => policy.name)];
  await new Promise((resolve) => setTimeout(resolve, 1200));

  const tuning = await trialsOf(gateway, tune, { models: [strongestName], policies: tunable });
  const strongest = always(`always ${strongestName} (strongest)`, strongestName);
  const bar = TARGET * expected(tuning, strongest).score;
  const passing = tunable.filter((policy) => expected(tuning, routed(policy)).score >= bar);
  const cheapestPassing = passing.sort(
    (a, b) => expected(tuning, routed(a)).cost - expected(tuning, routed(b)).cost,
  )[0];
  const chosen = cheapestPassing ?? tunable.at(-1) ?? '';
  say(
    `policy picked for ${TARGET * 100} % of the strongest model's quality on the tuning part: ${chosen}${cheapestPassing === undefined ? ' (none reached it; the most careful is taken)' : ''}\n`,
  );

  const trials = await trialsOf(gateway, test, { models: names, policies: [...new Set([chosen, ...policies])] });
  const cheapestFirst = [...names].sort(
    (a, b) => expected(trials, always(a, a)).cost - expected(trials, always(b, b)).cost,
  );
  const ladder = { cheapestFirst, strongest: strongestName };
  const main = routed(chosen);
  const others = policies.filter((policy) => policy !== chosen).map(routed);
  const strategies: Strategy[] = [
    strongest,
    always(`always ${cheapestFirst[0]} (cheapest)`, cheapestFirst[0] ?? ''),
    random(names),
    domainRules(train, ladder, TARGET),
    zeroRouter(trials, names, main),
    { ...main, name: `${main.name} (tuned)` },
    oracle,
  ];
  say(
    `${trials.length} test prompts through the official openai client, model "auto/${chosen}"; 95 % intervals by paired bootstrap\n`,
  );
  say(compare(trials, strategies, strongest));
  say(`\nThe other policies, for the whole trade-off:\n${compare(trials, others, strongest)}`);
  say(
    `\n${fit(
      trials,
      strategies.filter((s) => !s.name.startsWith('random') && !s.name.startsWith('zero')),
    )}`,
  );
  say(`\n${reasonsAndModels(trials, chosen)}`);
  say(`\n${latency(trials, chosen)}`);
}

type Asked = { models: readonly string[]; policies: readonly string[] };

/** Sends every prompt to every model by name and through every policy, then reads what happened from the decision records. */
async function trialsOf(gateway: RunningGateway, prompts: readonly RecordedPrompt[], asked: Asked): Promise<Trial[]> {
  const sent = new Map<string, { prompt: RecordedPrompt; policy: string | undefined }>();
  const jobs = prompts.flatMap((prompt) => [
    ...asked.models.map((model) => ({ prompt, model: `${PROVIDER}/${model}`, policy: undefined })),
    ...asked.policies.map((policy) => ({ prompt, model: `auto/${policy}`, policy })),
  ]);
  await inParallel(jobs, async ({ prompt, model, policy }) => {
    sent.set(await ask(gateway.client, model, prompt.prompt), { prompt, policy });
  });
  const trials = new Map<string, Trial>(prompts.map((prompt) => [prompt.id, { prompt, byModel: {}, routed: {} }]));
  for await (const decision of settled(gateway, sent.size)) {
    const origin = sent.get(decision.id);
    if (origin !== undefined) note(decision, origin, trials);
  }
  return [...trials.values()];
}

async function ask(client: OpenAI, model: string, content: string): Promise<string> {
  const { response } = await client.chat.completions
    .create({ model, messages: [{ role: 'user', content }] })
    .withResponse();
  const id = response.headers.get('x-pointsman-decision-id');
  if (id === null) throw new Error('the reply names no decision');
  return id;
}

/** Records are written in batches: waits for the last ones. */
async function* settled(gateway: RunningGateway, expectedCount: number): AsyncIterable<Decision> {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  let seen = 0;
  for await (const decision of gateway.admin.decisions()) {
    seen += 1;
    yield decision;
  }
  if (seen < expectedCount) throw new Error(`${expectedCount - seen} decision records are missing`);
}

function note(
  decision: Decision,
  origin: { prompt: RecordedPrompt; policy: string | undefined },
  trials: Map<string, Trial>,
): void {
  const trial = trials.get(origin.prompt.id);
  const model = decision.modelId?.slice(PROVIDER.length + 1) ?? '';
  const reply = origin.prompt.replies[model];
  if (trial === undefined || reply === undefined || decision.cost.status === 'unknown')
    throw new Error(`decision ${decision.id} cannot be scored`);
  const outcome: Outcome = { model, costNanoUsd: decision.cost.nanoUsd, score: reply.score };
  if (origin.policy === undefined) trial.byModel[model] = outcome;
  else trial.routed[origin.policy] = { ...outcome, decision };
}

async function inParallel<Job>(jobs: readonly Job[], work: (job: Job) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await work(job);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

await main();
