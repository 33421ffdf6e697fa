import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showRouter } from '@pointsman/administration';
import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './run-pointsman.ts';

let storage: ReturnType<typeof repositories>;
let url: string;
let drop: () => Promise<void>;
let cwd: string;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  url = test.url;
  drop = test.drop;
  cwd = await mkdtemp(join(tmpdir(), 'pointsman-router-'));
});
afterAll(async () => {
  await drop();
  await rm(cwd, { recursive: true });
});

const run = (...args: string[]) => runInProcess(args, { cwd, env: { DATABASE_URL: url } });

describe('router', () => {
  it('is trained, evaluated, put to use, shown, and given back', async () => {
    await writeFile(join(cwd, 'rows.jsonl'), scoredReplies(400).join('\n'));
    const trained = await run(
      'router',
      'train',
      '--data',
      'rows.jsonl',
      '--out',
      'artefact',
      '--min-model-rows',
      '20',
      '--json',
    );
    expect(trained.code, trained.stderr).toBe(0);
    const { version } = JSON.parse(trained.stdout) as { version: string };

    const evaluated = await run(
      'router',
      'evaluate',
      '--data',
      'rows.jsonl',
      '--artefact',
      'artefact',
      '--record',
      '--json',
    );
    expect(evaluated.code, evaluated.stderr).toBe(0);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ version, requests: expect.any(Number) });

    const before = await storage.configRevision();
    expect(await run('router', 'use', 'artefact')).toMatchObject({ code: 0, stderr: '' });
    expect(await showRouter(storage)).toEqual({ artefactDir: join(cwd, 'artefact'), version });
    expect(await storage.configRevision()).toBeGreaterThan(before);

    const shown = await run('router', 'show');
    expect(shown.stdout).toMatch(new RegExp(`version +${version}\\n`));
    expect(shown.stdout).toMatch(/evaluated +on \d+ held-out requests/);

    expect(await run('router', 'use')).toMatchObject({ code: 0 });
    expect(await showRouter(storage)).toBeUndefined();
  }, 120_000);

  it('is not taken from a folder that holds none, and training names the line it cannot read', async () => {
    const { code, stderr } = await run('router', 'use', 'nowhere');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: no router artefact at [^\n]*nowhere[^\n]*\n$/)]);
    expect(await showRouter(storage)).toBeUndefined();
    await writeFile(join(cwd, 'bad.jsonl'), '{"model": 1}\n');
    expect((await run('router', 'train', '--data', 'bad.jsonl', '--out', 'x')).stderr).toContain('bad.jsonl:1');
  });
});

const NAMES = [
  'Ada',
  'Boris',
  'Chloe',
  'Dmitri',
  'Elsa',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kaya',
  'Lukas',
  'Maria',
];
const THINGS = [
  'apples',
  'bricks',
  'candles',
  'dominoes',
  'engines',
  'flutes',
  'gloves',
  'hammers',
  'icons',
  'jars',
  'kites',
];

/** Two models, of which one is good at sums and the other at letters. */
function scoredReplies(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const sums = index % 2 === 0;
    // Words differ from prompt to prompt: near duplicates, numbers aside, are held out together.
    const [name, thing] = [NAMES[index % NAMES.length], THINGS[index % THINGS.length]];
    const prompt = sums
      ? `${name} has ${index} ${thing} and buys ${index * 7} more. How many ${thing} does ${name} have?`
      : `Write a warm letter to my friend ${name}, who sent me ${thing} for my birthday.`;
    return ['calculator', 'poet'].map((model) =>
      JSON.stringify({
        id: `${index}`,
        domain: sums ? 'sums' : 'letters',
        prompt,
        model,
        scores: { factual_accuracy: (model === 'calculator') === sums ? 1 : 0 },
        output_tokens: sums ? 10 : 200,
      }),
    );
  }).flat();
}
