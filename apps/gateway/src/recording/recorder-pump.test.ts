import { appendFile, chmod, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Decision } from '@pointsman/contracts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DecisionSpool } from './decision-spool.ts';
import { RecorderPump } from './recorder-pump.ts';
import { openSpoolFolder } from './spool-folder.ts';
import { decision, numberOf, numbers } from './test/decisions.ts';

let root = '';
const opened: RecorderPump[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pointsman-spool-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pump) => pump.close().catch(() => undefined)));
  await rm(root, { recursive: true, force: true });
});

/** A database that takes batches, refuses them, or keeps them waiting. */
function database() {
  const taken: number[] = [];
  const by: string[] = [];
  const waiting: (() => void)[] = [];
  const state = { mode: 'up' as 'up' | 'down' | 'hanging' };
  return {
    taken,
    by,
    state,
    release: () => waiting.splice(0).map((go) => go()),
    async write(batch: Decision[], nodeId: string) {
      if (state.mode === 'hanging') await new Promise<void>((resolve) => waiting.push(resolve));
      if (state.mode === 'down') throw new Error('connection refused');
      // Idempotent, as the real one is.
      for (const number of batch.map(numberOf)) if (!taken.includes(number)) taken.push(number);
      by.push(nodeId);
    },
  };
}

/** A spool that knows whether the disk is busy: tests wait for that, not for time. */
class WatchedSpool extends DecisionSpool {
  busy = 0;

  async #watch<T>(work: Promise<T>): Promise<T> {
    this.busy += 1;
    try {
      return await work;
    } finally {
      this.busy -= 1;
    }
  }

  override append(...given: Parameters<DecisionSpool['append']>) {
    return this.#watch(super.append(...given));
  }
  override peek(...given: Parameters<DecisionSpool['peek']>) {
    return this.#watch(super.peek(...given));
  }
  override advance(...given: Parameters<DecisionSpool['advance']>) {
    return this.#watch(super.advance(...given));
  }
}

async function pumpOn(
  db: ReturnType<typeof database>,
  settings: { memoryLimit?: number; limitBytes?: number; nodeId?: string } = {},
) {
  const errors: string[] = [];
  const dropped: number[] = [];
  const nodeId = settings.nodeId ?? 'node-1';
  const report = (error: Error) => errors.push(error.message);
  const folder = await openSpoolFolder(root);
  const spool = new WatchedSpool({ folder, nodeId, limitBytes: settings.limitBytes ?? 10_000_000, onError: report });
  const pump = new RecorderPump(spool, {
    write: db.write,
    nodeId,
    batchSize: 10,
    memoryLimit: settings.memoryLimit ?? 1_000,
    closeMs: 20,
    report,
    onDropped: (count) => dropped.push(count),
  });
  opened.push(pump);
  await pump.adopt();
  const record = (from: number, count: number): void => {
    for (const number of numbers(from, count)) pump.record(decision(number));
  };
  /** Beats until nothing moves any more. */
  const settle = async (beats = 1) => {
    for (let i = 0; i < beats; i += 1) {
      pump.beat();
      for (let quiet = 0; quiet < 5; quiet = spool.busy === 0 ? quiet + 1 : 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  return { pump, folder, errors, dropped, record, settle };
}

async function lines(): Promise<number[]> {
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(names.map((name) => readFile(join(root, name), 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => numberOf(JSON.parse(line))),
  );
}

describe('the decision recorder', () => {
  it('writes in batches and in order, and nothing to disk, while the database answers', async () => {
    const db = database();
    const { pump, record } = await pumpOn(db);
    record(0, 35);
    await pump.flush();
    expect(db.taken).toEqual(numbers(0, 35));
    expect(db.by).toHaveLength(4);
    expect(pump.stats()).toEqual({ queued: 0, spooled: 0, dropped: 0, written: 35 });
    expect(await lines()).toEqual([]);
    await pump.close();
    expect(await readdir(root)).toEqual([]);
  });

  it('has every decision on disk one beat after the database began to refuse, and replays them in order when it is back', async () => {
    const db = database();
    const { pump, record, settle, errors } = await pumpOn(db);
    db.state.mode = 'down';
    record(0, 25);
    await settle();
    record(25, 25);
    await settle();
    expect(await lines()).toEqual(numbers(0, 50));
    expect(pump.stats()).toEqual({ queued: 0, spooled: 50, dropped: 0, written: 0 });
    expect(errors).toContain('connection refused');
    db.state.mode = 'up';
    record(50, 10);
    await settle(10);
    expect(db.taken).toEqual(numbers(0, 60));
    expect(pump.stats()).toEqual({ queued: 0, spooled: 0, dropped: 0, written: 60 });
    expect(await lines()).toEqual([]);
  });

  it('puts what waits for a slow database on disk as well, and takes it off when the database answers after all', async () => {
    const db = database();
    const { pump, record, settle } = await pumpOn(db);
    db.state.mode = 'hanging';
    record(0, 5);
    await settle(1);
    record(5, 3);
    await settle(3);
    expect(await lines()).toEqual(numbers(0, 8));
    db.state.mode = 'up';
    db.release();
    await settle(3);
    expect(db.taken).toEqual(numbers(0, 8));
    expect(pump.stats()).toEqual({ queued: 0, spooled: 0, dropped: 0, written: 8 });
  });

  it('asks a database that refuses less and less often', async () => {
    const db = database();
    const { record, settle, errors } = await pumpOn(db);
    db.state.mode = 'down';
    record(0, 1);
    await settle(60);
    expect(errors.length).toBeGreaterThan(3);
    expect(errors.length).toBeLessThan(9);
  });

  it('drops only when neither memory nor disk has room, and says how many', async () => {
    const db = database();
    const size = Buffer.byteLength(JSON.stringify(decision(0))) + 1;
    const { pump, record, settle, dropped } = await pumpOn(db, { memoryLimit: 20, limitBytes: 30 * size + 100 });
    db.state.mode = 'down';
    for (let from = 0; from < 60; from += 10) {
      record(from, 10);
      await settle(12);
    }
    expect(pump.stats()).toMatchObject({ spooled: 30, queued: 20, dropped: 10 });
    expect(dropped).toEqual([10]);
    db.state.mode = 'up';
    await settle(40);
    expect(db.taken).toEqual(numbers(0, 50));
  });

  it('keeps decisions in memory when the disk refuses, and writes them when the database is back', async () => {
    const db = database();
    const { pump, folder, record, settle, errors } = await pumpOn(db);
    db.state.mode = 'down';
    await rm(folder.path, { recursive: true });
    // A file where the folder should be: it cannot be made again.
    await writeFile(folder.path, '');
    record(0, 15);
    await settle(20);
    expect(pump.stats()).toMatchObject({ queued: 15, spooled: 0, dropped: 0 });
    expect(errors.some((message) => message.includes('ENOTDIR') || message.includes('EEXIST'))).toBe(true);
    db.state.mode = 'up';
    await settle(25);
    expect(db.taken).toEqual(numbers(0, 15));
  });

  it('spools on closing what the database does not take in time, for the next to adopt under the name of who made it', async () => {
    const db = database();
    const first = await pumpOn(db, { nodeId: 'node-old/1' });
    db.state.mode = 'hanging';
    first.record(0, 25);
    await first.pump.close();
    first.record(25, 1);
    expect(first.pump.stats()).toMatchObject({ queued: 0, spooled: 25, dropped: 1 });
    const next = database();
    const second = await pumpOn(next, { nodeId: 'node-new' });
    expect(second.pump.stats().spooled).toBe(25);
    second.record(100, 1);
    await second.pump.flush();
    expect(next.taken).toEqual([...numbers(0, 25), 100]);
    expect(new Set(next.by.slice(0, 3))).toEqual(new Set(['node-old/1']));
    expect(next.by.at(-1)).toBe('node-new');
    await second.pump.close();
    expect(await readdir(root)).toEqual([]);
  });

  it('leaves out a last line that a crash cut off, with a warning, and keeps all before it', async () => {
    const db = database();
    const first = await pumpOn(db);
    db.state.mode = 'down';
    first.record(0, 12);
    await first.pump.close();
    const [name] = (await readdir(root, { recursive: true })).filter((each) => each.endsWith('.jsonl'));
    const path = join(root, name ?? '');
    await truncate(path, (await readFile(path)).length - 20);
    const next = database();
    const second = await pumpOn(next);
    await second.pump.flush();
    expect(next.taken).toEqual(numbers(0, 11));
    expect(second.errors).toEqual([expect.stringContaining('cut off by a crash')]);
  });

  it('leaves out damaged lines in the middle, with a warning, and keeps all around them', async () => {
    const db = database();
    const first = await pumpOn(db);
    db.state.mode = 'down';
    first.record(0, 2);
    await first.pump.close();
    const [name] = (await readdir(root, { recursive: true })).filter((each) => each.endsWith('.jsonl'));
    await appendFile(join(root, name ?? ''), `{"id":\n[]\n${JSON.stringify(decision(2))}\n`);
    const next = database();
    const second = await pumpOn(next);
    await second.pump.flush();
    expect(next.taken).toEqual([0, 1, 2]);
    expect(second.errors).toHaveLength(2);
    expect(second.pump.stats().spooled).toBe(0);
  });

  it('never adopts from a process that lives, and no segment twice', async () => {
    const db = database();
    db.state.mode = 'down';
    const living = await pumpOn(db);
    living.record(0, 10);
    await living.settle();
    const ended = await pumpOn(db);
    ended.record(10, 10);
    await ended.pump.close();
    const others = await Promise.all([1, 2, 3].map((n) => pumpOn(database(), { nodeId: `node-${n}` })));
    expect(others.map(({ pump }) => pump.stats().spooled).sort()).toEqual([0, 0, 10]);
    expect(living.pump.stats().spooled).toBe(10);
  });

  it('adopts from another machine only after a minute of silence, and a process taken for dead starts anew', async () => {
    const db = database();
    db.state.mode = 'down';
    const elsewhere = await pumpOn(db);
    elsewhere.record(0, 5);
    await elsewhere.settle();
    const owner = join(elsewhere.folder.path, 'owner.json');
    await writeFile(owner, JSON.stringify({ pid: 1, pidNamespace: 'another machine' }));
    expect((await pumpOn(database())).pump.stats().spooled).toBe(0);
    const old = new Date(Date.now() - 61_000);
    await utimes(owner, old, old);
    const next = database();
    const adopter = await pumpOn(next);
    await adopter.pump.flush();
    expect(next.taken).toEqual(numbers(0, 5));
    elsewhere.record(5, 5);
    await elsewhere.settle(3);
    expect(await lines()).toEqual(numbers(5, 5));
    db.state.mode = 'up';
    await elsewhere.settle(25);
    expect(db.taken).toEqual(numbers(5, 5));
  });

  it('fails at the start when the spool directory cannot be written', async () => {
    await writeFile(join(root, 'file'), '');
    await chmod(join(root, 'file'), 0o400);
    await expect(openSpoolFolder(join(root, 'file'))).rejects.toThrow(/ENOTDIR|EEXIST/);
  });

  it('brings every decision to the database once and in order, whatever the database does', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('record' as const), count: fc.integer({ min: 1, max: 25 }) }),
      fc.record({
        do: fc.constant('mode' as const),
        mode: fc.constantFrom('up' as const, 'down' as const, 'hanging' as const),
      }),
      fc.record({ do: fc.constant('beat' as const), count: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ do: fc.constantFrom('release' as const, 'restart' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const db = database();
        let running = await pumpOn(db);
        let recorded = 0;
        for (const each of steps) {
          if (each.do === 'record') {
            running.record(recorded, each.count);
            recorded += each.count;
          } else if (each.do === 'mode') db.state.mode = each.mode;
          else if (each.do === 'beat') await running.settle(each.count);
          else if (each.do === 'release') db.release();
          else {
            await running.pump.close();
            running = await pumpOn(db);
          }
        }
        db.state.mode = 'up';
        db.release();
        await running.settle(30);
        await running.pump.flush();
        expect(db.taken).toEqual(numbers(0, recorded));
        expect(running.pump.stats()).toMatchObject({ queued: 0, spooled: 0, dropped: 0 });
        await running.pump.close();
        expect(await readdir(root)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
