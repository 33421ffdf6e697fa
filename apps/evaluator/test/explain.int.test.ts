import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putPolicy, showShadowRouter } from '@pointsman/administration';
import { repositories, type ShadowDecision } from '@pointsman/db';
import { promptOf, readManifest, type TrainingRow, trainRouter, writeArtefact } from '@pointsman/router-model';
import { seededRandom } from '@pointsman/statistics';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './run-pointsman.ts';

const SMALL = 'groq/llama-3.1-8b-instant';
const LARGE = 'openai/gpt-4.1';

let storage: ReturnType<typeof repositories>;
let url: string;
let drop: () => Promise<void>;
let cwd: string;
let version = '';
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  url = test.url;
  drop = test.drop;
  cwd = await mkdtemp(join(tmpdir(), 'pointsman-explain-'));
  await writeFile(
    join(cwd, 'pointsman.config.yaml'),
    `emulator: on\nmodels:\n  ${SMALL}: { routerNames: [small] }\n  ${LARGE}: { routerNames: [large] }\n`,
  );
  const result = await trainRouter(rows(), { seed: 7, buckets: 1024, latent: 16, folds: 3 });
  ({ version } = await writeArtefact(join(cwd, 'artefact'), result));
  for (const [name, extra] of [
    ['two', { minScores: { factual_accuracy: 0.6 }, risk: 0.45 }],
    ['strict', { minScores: { overall: 1 }, strict: true }],
    ['promised', { floor: { kind: 'share-of-strongest', share: 0.98, confidence: 0.95 } }],
  ] as const)
    await putPolicy(storage, { policy: { name, allowedModels: [SMALL, LARGE], ...extra } });
});
afterAll(async () => {
  await drop();
  await rm(cwd, { recursive: true });
});

const run = (...args: string[]) => runInProcess(['router', ...args], { cwd, env: { DATABASE_URL: url } });
const explain = (prompt: string, ...flags: string[]) => run('explain', prompt, '--artefact', 'artefact', ...flags);

describe('router explain', () => {
  it('goes from what it reads to what it chooses and why', async () => {
    const { code, stdout, stderr } = await explain(
      'Explain clause tenant lease court covenant waiver notice breach?',
      '--policy',
      'two',
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(new RegExp(`artefact +${version} \\(learned\\) in ${cwd}/artefact\n`));
    expect(stdout).toMatch(/kinds +(left|right)\|contracts \d+ %/);
    expect(stdout).toMatch(/FEATURE OF ITS FORM +STANDARD DEVIATIONS FROM TYPICAL\n.* [+-]\d\.\d\n/);
    expect(stdout).toContain(`LOG ODDS OF ${SMALL.toUpperCase()}`);
    expect(stdout).toMatch(new RegExp(`${LARGE} +0\\.\\d+ \\[0\\.\\d+, [01]\\.\\d+\\] +learned`));
    expect(stdout).toMatch(new RegExp(`${SMALL} .*min-score: risk [01]\\.\\d+ of falling below`));
    expect(stdout).toContain(`Choice: ${LARGE}: cheapest-safe under policy two (minimise-cost)`);
    expect(stdout).not.toMatch(/NaN|undefined/);
  });

  it('chooses the cheap model where it does as well, and as JSON says the same', async () => {
    const { stdout } = await explain(
      'Explain onion oven butter garlic recipe stew flour basil?',
      '--policy',
      'two',
      '--json',
    );
    const { choice, kinds, skills, recognised } = JSON.parse(stdout) as Record<string, never> & {
      choice: { plan: string[]; considered: object[] };
    };
    expect(choice.plan[0]).toBe(SMALL);
    expect(choice.considered).toHaveLength(2);
    expect(recognised).toMatchObject({ kind: 'cooking' });
    expect(kinds).not.toHaveLength(0);
    expect(skills).not.toHaveLength(0);
  });

  it('says when the policy would rather refuse, and what a floor without a certificate comes to', async () => {
    expect((await explain('Explain the lease?', '--policy', 'strict')).stdout).toMatch(
      /Choice: Nothing under policy strict \(minimise-cost\): it would rather refuse \(min-score\)\./,
    );
    const { stdout } = await explain('Explain the lease?', '--policy', 'promised');
    expect(stdout).toMatch(new RegExp(`Choice: ${LARGE}: floor-strongest under policy promised`));
    expect(stdout).toContain('Floor: uncertified, no-certificate.');
  });

  it('takes the models it is told, and names what it does not know', async () => {
    const { stdout } = await explain('Explain the lease?', '--models', SMALL);
    expect(stdout).toContain(`Choice: ${SMALL}: only-candidate under policy default`);
    expect((await explain('x', '--policy', 'nope')).stderr).toMatch(/There is no policy "nope" here/);
    expect((await explain('x', '--models', 'nobody/*')).stderr).toMatch(
      /No model is on that the policy "default" allows/,
    );
    expect((await run('explain', 'x', '--artefact', 'nowhere')).stderr).toMatch(/no router artefact at/);
  });

  it('reads an empty prompt and one of a megabyte', async () => {
    for (const prompt of ['', 'Explain onion. '.repeat(70_000)])
      expect(await explain(prompt, '--policy', 'two')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('router shadow', () => {
  const comparison = (n: number, shadowModelId: string, routerVersion: string): ShadowDecision => ({
    decisionId: `dec_${n.toString(16).padStart(32, '0')}`,
    at: new Date(Date.UTC(2026, 10, 21) + n).toISOString(),
    policy: 'two',
    routerVersion,
    shadowVersion: version,
    modelId: LARGE,
    mean: 0.8,
    spread: 0.1,
    costNanoUsd: 1_000_000 + (n % 5) * 10_000,
    shadowMean: 0.85,
    shadowSpread: 0.1,
    shadowModelId,
    shadowCostNanoUsd: shadowModelId === LARGE ? 1_000_000 + (n % 5) * 10_000 : 100_000,
  });

  it('is set, compared with the one in use, and taken away', async () => {
    expect((await run('shadow')).stdout).toMatch(/^No artefact predicts beside the one in use/);
    expect((await run('shadow', 'nowhere')).stderr).toMatch(/no router artefact at/);
    const cast = await run('shadow', 'artefact', '--share', '0.25');
    expect(cast.stdout).toMatch(/predicts on 25 % of the routed requests/);
    expect(await showShadowRouter(storage)).toEqual({ artefactDir: join(cwd, 'artefact'), version, share: 0.25 });
    expect((await run('shadow')).stdout).toMatch(/same choice +too few samples\n/);

    const { shippedArtefactDir } = await import('@pointsman/router-model');
    const inUse = (await readManifest(shippedArtefactDir())).version;
    await storage.shadowDecisions.add(
      Array.from({ length: 200 }, (_, n) => comparison(n, n % 4 === 0 ? SMALL : LARGE, inUse)),
    );
    const { stdout } = await run('shadow');
    expect(stdout).toMatch(/compared +200 requests/);
    expect(stdout).toMatch(/same choice +75\.0 % \[68\.\d %, 80\.\d %\]/);
    expect(stdout).toMatch(/cost of the choice +-\$0\.000\d+ \[-\$0\.000\d+, -\$0\.000\d+\] a request, -22\.\d % \[/);
    expect(stdout).toMatch(/score of the model in use +\+0\.0500 \[\+0\.0500, \+0\.0500\]/);
    expect(stdout).toMatch(new RegExp(`${LARGE} +${SMALL} +50`));

    expect((await run('shadow', '--off')).stdout).toMatch(/^No artefact predicts/);
    expect(await showShadowRouter(storage)).toBeUndefined();
  });
});

/** Both models cook, only the large one knows contracts. */
function rows(): TrainingRow[] {
  const words = {
    cooking: 'simmer onion recipe oven butter garlic whisk flour roast pepper stew basil'.split(' '),
    contracts: 'clause liable tenant breach indemnity lease statute court notice party waiver covenant'.split(' '),
  };
  const random = seededRandom(5);
  return Array.from({ length: 600 }, (_, n): TrainingRow => {
    const domain = n % 2 === 0 ? 'cooking' : 'contracts';
    const picked = Array.from({ length: 8 }, () => words[domain][Math.floor(random() * 12)]);
    const content = `Explain ${picked.join(' ')}?`;
    return {
      id: `row-${n}`,
      source: n % 4 < 2 ? 'left' : 'right',
      domain,
      prompt: promptOf({ model: 'auto', messages: [{ role: 'user', content }] }),
      observations: [
        {
          model: 'small',
          scores: { factual_accuracy: domain === 'cooking' || n % 10 === 1 ? 1 : 0 },
          outputTokens: 80,
        },
        { model: 'large', scores: { factual_accuracy: n % 20 === 3 ? 0 : 1 }, outputTokens: 120 },
      ],
    };
  });
}
