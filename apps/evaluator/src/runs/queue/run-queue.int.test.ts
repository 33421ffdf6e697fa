import { setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunQueue, type RunQueue } from './run-queue.ts';

const itemsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ contestant: 0, caseId: `case-${at}` }));

/** The contract of the queue, whatever it stands on. */
function describeRunQueue(open: () => Promise<RunQueue | undefined>): void {
  let queue: RunQueue | undefined;
  const opened: RunQueue[] = [];
  const fresh = async (): Promise<RunQueue | undefined> => {
    const made = await open();
    if (made !== undefined) opened.push(made);
    return made;
  };
  beforeAll(async () => {
    queue = await fresh();
  });
  afterAll(async () => {
    await Promise.all(opened.map((one) => one.close()));
  });

  it('does every item of a run once, several at a time, and then its end', async ({ skip }) => {
    if (queue === undefined) return skip('install redis-server to run this test');
    const [seen, ended] = [new Map<string, number>(), Promise.withResolvers<number>()];
    let [running, most] = [0, 0];
    await queue.enqueue({ runId: 'run_a', generation: 1 }, itemsOf(60));
    const stop = queue.work(
      { runId: 'run_a', generation: 1 },
      {
        item: async ({ caseId }) => {
          running += 1;
          most = Math.max(most, running);
          await sleep(5);
          seen.set(caseId, (seen.get(caseId) ?? 0) + 1);
          running -= 1;
        },
        finish: async ({ generation }) => ended.resolve(generation),
      },
      20,
    );
    expect(await ended.promise).toBe(1);
    await stop();
    expect([...seen.values()]).toEqual(Array.from({ length: 60 }, () => 1));
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThanOrEqual(20);
  });

  it('tries an item that met a fault again, and ends the run when it never works', async ({ skip }) => {
    if (queue === undefined) return skip('install redis-server to run this test');
    const tries = new Map<string, number>();
    const ended = Promise.withResolvers<void>();
    await queue.enqueue({ runId: 'run_b', generation: 1 }, itemsOf(3));
    const stop = queue.work(
      { runId: 'run_b', generation: 1 },
      {
        item: async ({ caseId }) => {
          const count = (tries.get(caseId) ?? 0) + 1;
          tries.set(caseId, count);
          if (caseId === 'case-0' || (caseId === 'case-1' && count < 2)) throw new Error('a fault of ours');
        },
        finish: async () => ended.resolve(),
      },
      2,
    );
    await ended.promise;
    await stop();
    expect(Object.fromEntries(tries)).toEqual({ 'case-0': 3, 'case-1': 2, 'case-2': 1 });
  });

  it('takes the jobs of its own run and generation only', async ({ skip }) => {
    if (queue === undefined) return skip('install redis-server to run this test');
    await queue.enqueue({ runId: 'run_c', generation: 1 }, itemsOf(5));
    await queue.enqueue({ runId: 'run_d', generation: 1 }, itemsOf(5));
    await queue.enqueue({ runId: 'run_d', generation: 2 }, itemsOf(2));
    const seen: string[] = [];
    const ended = Promise.withResolvers<void>();
    const second = await fresh();
    const stop = second?.work(
      { runId: 'run_d', generation: 2 },
      {
        item: async ({ runId, generation, caseId }) => void seen.push(`${runId} ${generation} ${caseId}`),
        finish: async () => ended.resolve(),
      },
      1,
    );
    await ended.promise;
    await stop?.();
    expect(seen.sort()).toEqual(['run_d 2 case-0', 'run_d 2 case-1']);
    await queue.drop({ runId: 'run_c', generation: 1 });
    await queue.drop({ runId: 'run_d', generation: 1 });
  });
}

describe('the queue of evaluation jobs on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());
  describeRunQueue(async () =>
    openRunQueue({ redisUrl: undefined, databaseUrl: database.url, onError: () => undefined }),
  );
});

describe('the queue of evaluation jobs on Redis', () => {
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    const found = await testRedis();
    if (found.available) redis = found.value;
  });
  afterAll(() => redis?.stop());
  describeRunQueue(async () =>
    redis === undefined ? undefined : openRunQueue({ redisUrl: redis.url, databaseUrl: '', onError: () => undefined }),
  );
});
