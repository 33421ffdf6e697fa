import { setTimeout as sleep } from 'node:timers/promises';
import { DIMENSIONS } from '@pointsman/contracts';
import { type TestDatabase, testDatabase } from '@pointsman/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CONTESTANT,
  type EngineOptions,
  JUDGE,
  type StartedEngine,
  sensible,
  smallCases,
  startEngine,
} from '../../test/start-engine.ts';

let database: TestDatabase;
const started: StartedEngine[] = [];
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.close()));
  await database.drop();
});

async function start(cases: number, options: Partial<EngineOptions> = {}): Promise<StartedEngine> {
  const made = await startEngine({ databaseUrl: database.url, cases: smallCases(cases), ...options });
  started.push(made);
  return made;
}

describe('a run', () => {
  it('asks each case once, judges each reply on six dimensions, and adds up what it cost', async () => {
    const evaluator = await start(12);
    const { run, done } = await evaluator.complete(await evaluator.create());
    expect(run).toMatchObject({ status: 'finished', reservedNanoUsd: 0, lostCalls: 0, unknownCosts: 0 });
    expect(done).toBe(12);
    expect(evaluator.asked()).toEqual({ contestant: 12, judge: 24 });
    const items = await evaluator.repositories.evaluationRuns.items(run.id, 0);
    expect(items.map(({ reply }) => (reply.status === 'answered' ? reply.text : reply.why)).sort()).toEqual(
      Array.from({ length: 12 }, (_, index) => `${index + 1}`).sort(),
    );
    const verdicts = items.flatMap(({ verdicts: all }) => DIMENSIONS.map((dimension) => all[dimension]));
    expect(new Set(verdicts.map((verdict) => verdict.status === 'scored' && verdict.score))).toEqual(new Set([0.75]));
    const paid = await database.database.pool.query(
      `select sum((cost->>'nanoUsd')::bigint)::text as sum, count(*)::integer as calls from evaluation_calls`,
    );
    expect(paid.rows).toEqual([{ sum: `${run.spentNanoUsd}`, calls: 36 }]);
  });

  it('gives the judge the conversation and the reply, and never the name of who wrote it', async () => {
    const evaluator = await start(3);
    await evaluator.complete(await evaluator.create());
    const judged = evaluator.emulator.requests.filter(({ model }) => JUDGE.endsWith(`/${model}`));
    expect(judged).toHaveLength(6);
    for (const { body, headers } of judged) {
      expect(JSON.stringify(body)).toContain('what is');
      for (const name of [CONTESTANT, CONTESTANT.split('/')[1] ?? '', 'case-0', 'case-1', 'case-2']) {
        expect(JSON.stringify([body, headers])).not.toContain(name);
      }
    }
  });

  it('pays nothing for what another run has paid, and asks anew as another replicate', async () => {
    const evaluator = await start(6);
    const first = await evaluator.complete(await evaluator.create());
    const second = await evaluator.complete(await evaluator.create());
    expect(evaluator.asked()).toEqual({ contestant: 6, judge: 12 });
    expect(second.run).toMatchObject({ status: 'finished', spentNanoUsd: 0 });
    expect(second.done).toBe(first.done);
    await evaluator.complete(await evaluator.create({ replicate: 1 }));
    expect(evaluator.asked()).toEqual({ contestant: 12, judge: 24 });
  });

  it('shares with a run that goes on at the same time, in another process, without paying anything twice', async () => {
    const pace = { latencyMs: 30 };
    const [one, other] = [await start(30, { concurrency: 8 }), await start(30, { concurrency: 8 })];
    for (const { emulator } of [one, other]) emulator.script(pace);
    const [first, second] = await Promise.all([
      one.create().then((run) => one.complete(run)),
      other.create().then((run) => other.complete(run)),
    ]);
    expect([first.run.status, second.run.status]).toEqual(['finished', 'finished']);
    const [a, b] = [one.asked(), other.asked()];
    expect({ contestant: a.contestant + b.contestant, judge: a.judge + b.judge }).toEqual({
      contestant: 30,
      judge: 60,
    });
  });

  it('scores by checks what they score, and does not pay the judge for it', async () => {
    const evaluator = await start(4, {
      check: async () => ({
        factual_accuracy: { status: 'scored', score: 1, samples: [1], scorer: 'checks', explanation: 'right' },
      }),
    });
    const { run } = await evaluator.complete(await evaluator.create());
    const [item] = await evaluator.repositories.evaluationRuns.items(run.id, 0);
    expect(item?.verdicts.factual_accuracy).toMatchObject({ scorer: 'checks', score: 1 });
    expect(item?.verdicts.tone).toMatchObject({ scorer: 'judge' });
    const judged = evaluator.emulator.requests.find(({ model }) => JUDGE.endsWith(`/${model}`));
    expect(JSON.stringify(judged?.body)).not.toContain('factual_accuracy');
  });
});

describe('what goes wrong at a provider', () => {
  it('rate limits that last are waited out, and nothing is lost', async () => {
    const evaluator = await start(20, {
      emulator: { limits: { 'gpt-4.1': { requestsPerMinute: 600 }, 'gpt-4o-mini': { requestsPerMinute: 600 } } },
    });
    evaluator.emulator.script({
      match: { model: 'gpt-4o-mini' },
      times: 5,
      fail: { status: 429, retryAfterSeconds: 2 },
    });
    const { run, done } = await evaluator.complete(await evaluator.create());
    expect(run).toMatchObject({ status: 'finished', lostCalls: 0 });
    expect(done).toBe(20);
  });

  it('rate limits beyond patience stop the run with the reason, and it goes on later', async () => {
    const evaluator = await start(3, { callPatienceMs: 1_500 });
    evaluator.emulator.script({ match: { model: 'gpt-4o-mini' }, fail: { status: 429, retryAfterSeconds: 1 } });
    const run = await evaluator.create();
    expect((await evaluator.complete(run)).run).toMatchObject({
      status: 'stopped',
      why: expect.stringContaining('limits our rate'),
    });
    evaluator.emulator.clear();
    expect((await evaluator.complete(run)).run.status).toBe('finished');
  });

  it('a failure that passes is tried again', async () => {
    const evaluator = await start(4);
    evaluator.emulator.script({ times: 3, fail: { status: 503 } });
    expect((await evaluator.complete(await evaluator.create())).run.status).toBe('finished');
  });

  it('a request that is refused for what it says is a missing reply with its reason, never a zero', async () => {
    const evaluator = await start(4);
    evaluator.emulator.script({
      match: { model: 'gpt-4o-mini' },
      times: 1,
      fail: { status: 400, kind: 'content_policy' },
    });
    const { run } = await evaluator.complete(await evaluator.create());
    expect(run.status).toBe('finished');
    const items = await evaluator.repositories.evaluationRuns.items(run.id, 0);
    const missing = items.filter(({ reply }) => reply.status === 'missing');
    expect(missing).toHaveLength(1);
    expect(missing[0]?.reply).toMatchObject({ why: expect.stringContaining('refused the request') });
    expect(missing[0]?.verdicts.tone).toMatchObject({ status: 'unscored', why: 'no-reply' });
  });

  it('a key that is refused stops the run at once, and says which model cannot be called', async () => {
    const evaluator = await start(8);
    evaluator.emulator.script({ match: { model: 'gpt-4.1' }, fail: { status: 401, kind: 'invalid_key' } });
    const { run } = await evaluator.complete(await evaluator.create());
    expect(run).toMatchObject({ status: 'stopped', why: expect.stringContaining('openai/gpt-4.1 cannot be called') });
    evaluator.emulator.clear();
    const resumed = await evaluator.complete(run);
    expect(resumed.run.status).toBe('finished');
  });

  it.each([
    ['prose', () => 'I would say this is a fine reply.'],
    [
      'half of its JSON',
      ({ schema }: { schema: object }) =>
        sensible({ model: '', prompt: '', texts: [], occurrence: 0, schema: schema as never })?.slice(0, 40) ?? '',
    ],
    [
      'a choice that does not exist',
      () => JSON.stringify(Object.fromEntries(DIMENSIONS.map((one) => [one, { explanation: '', choice: 'Z' }]))),
    ],
  ])('a judge that answers %s gets three complaints and then no score', async (_what, say) => {
    const evaluator = await start(2, {
      emulator: {
        respond: (question) => (question.schema === undefined ? sensible(question) : say({ schema: question.schema })),
      },
    });
    const { run } = await evaluator.complete(await evaluator.create());
    expect(run.status).toBe('finished');
    const items = await evaluator.repositories.evaluationRuns.items(run.id, 0);
    expect(items.map(({ verdicts }) => verdicts.coherence)).toEqual([
      expect.objectContaining({ status: 'unscored', why: 'invalid-verdict' }),
      expect.objectContaining({ status: 'unscored', why: 'invalid-verdict' }),
    ]);
    // Two replies, two samples, four tries.
    expect(evaluator.asked().judge).toBe(16);
  });

  it('a judge that refuses leaves the reply unscored', async () => {
    const evaluator = await start(2);
    evaluator.emulator.script({ match: { model: 'gpt-4.1' }, refusal: 'I cannot judge this.' });
    const { run } = await evaluator.complete(await evaluator.create());
    const items = await evaluator.repositories.evaluationRuns.items(run.id, 0);
    expect(items.map(({ verdicts }) => verdicts.safety)).toEqual([
      expect.objectContaining({ status: 'unscored', why: 'judge-refused' }),
      expect.objectContaining({ status: 'unscored', why: 'judge-refused' }),
    ]);
  });
});

describe('a cost ceiling', () => {
  it('is never passed, and says so when it ends the run', async () => {
    const evaluator = await start(40);
    const whole = await evaluator.complete(await evaluator.create());
    const ceiling = Math.round(whole.run.spentNanoUsd / 2) + 20_000_000;
    const { run, done } = await evaluator.complete(await evaluator.create({ replicate: 1, maxCostNanoUsd: ceiling }));
    expect(run).toMatchObject({ status: 'stopped', why: expect.stringContaining('cost ceiling') });
    expect(run.spentNanoUsd + run.lostNanoUsd).toBeLessThanOrEqual(ceiling);
    expect(run.spentNanoUsd).toBeGreaterThan(0);
    expect(done).toBeLessThan(40);
  });
});

describe('a run that is cancelled', () => {
  it('stops within seconds, keeps what it has, and cannot be begun again', async () => {
    const evaluator = await start(200, { concurrency: 4 });
    evaluator.emulator.script({ latencyMs: 50 });
    const run = await evaluator.create();
    await evaluator.begin(run);
    await expect
      .poll(async () => (await evaluator.repositories.evaluationRuns.progress(run.id)).done)
      .toBeGreaterThan(2);
    await evaluator.repositories.evaluationRuns.end(run.id, 'cancelled', 'enough');
    await sleep(2_500);
    const asked = evaluator.asked();
    const { done } = await evaluator.repositories.evaluationRuns.progress(run.id);
    await sleep(500);
    expect(evaluator.asked()).toEqual(asked);
    expect(done).toBeLessThan(200);
    expect(await evaluator.engine.enqueue(run.id)).toBeUndefined();
    expect(await evaluator.repositories.evaluationRuns.items(run.id, 0)).toHaveLength(done);
  });
});

describe('a worker that dies', () => {
  it('leaves its jobs to the next, which pays nothing again that was written down', async () => {
    const first = await start(60, { concurrency: 4 });
    first.emulator.script({ latencyMs: 20 });
    const run = await first.create();
    await first.begin(run);
    await expect.poll(async () => (await first.repositories.evaluationRuns.progress(run.id)).done).toBeGreaterThan(10);
    await first.close();
    started.length = 0;
    const second = await start(60, { concurrency: 16 });
    const { run: ended, done } = await second.complete(run);
    expect(ended).toMatchObject({ status: 'finished', generation: 2 });
    expect(done).toBe(60);
    const [a, b] = [first.asked(), second.asked()];
    // What was under way when it was stopped was waited for, so that nothing is asked twice at all.
    expect(a.contestant + b.contestant).toBe(60);
    expect(a.judge + b.judge).toBe(120);
  });
});
