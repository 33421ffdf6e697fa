import { migrate, openDatabase } from '@pointsman/db';
import { type OwnPostgres, startOwnPostgres } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedEngine, smallCases, startEngine } from './start-engine.ts';

let postgres: OwnPostgres;
let evaluator: StartedEngine;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  const database = openDatabase({ url: postgres.url });
  await migrate(database);
  await database.close();
  evaluator = await startEngine({ databaseUrl: postgres.url, cases: smallCases(120), concurrency: 8 });
});
afterAll(async () => {
  await evaluator.close();
  await postgres.close();
});

describe('a database that is killed in the middle of a run', () => {
  it('is waited for: no reply in hand is thrown away, nothing is paid twice, and the run ends', async () => {
    evaluator.emulator.script({ latencyMs: 60 });
    const run = await evaluator.create();
    const ended = evaluator.complete(run);
    await expect.poll(() => evaluator.asked().contestant, { timeout: 20_000 }).toBeGreaterThan(20);
    await postgres.kill();
    await postgres.restart();
    const { run: last, done } = await ended;
    expect(last).toMatchObject({ status: 'finished', reservedNanoUsd: 0 });
    expect(done).toBe(120);
    expect(evaluator.troubles.join('\n')).toContain('the database answers again');
    expect(evaluator.asked()).toEqual({ contestant: 120, judge: 240 });
  }, 90_000);
});
