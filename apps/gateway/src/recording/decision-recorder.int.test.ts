import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDecisionRecorder } from './decision-recorder.ts';
import { decision, numberOf, numbers } from './test/decisions.ts';

let root = '';
const children: ChildProcess[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pointsman-recorder-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

type Life = { recorded: number[]; written: number[]; spooledAtDeath: number };

/** Lets a recorder run in a process of its own until `enough` of its lines were seen, then kills it with -9. */
async function liveAndDie(
  mode: 'up' | 'down' | 'hanging',
  from: number,
  enough: (life: Life) => boolean,
): Promise<Life> {
  const script = join(import.meta.dirname, 'test', 'recording-child.ts');
  const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
  const child = spawn(process.execPath, [...flags, script, root, mode, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ended = once(child, 'exit');
  const life: Life = { recorded: [], written: [], spooledAtDeath: 0 };
  let killed = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, number, spooled] = line.split(' ');
    if (what === 'written') life.written.push(Number(number));
    else {
      life.recorded.push(Number(number));
      life.spooledAtDeath = Number(spooled);
    }
    if (!killed && enough(life)) {
      killed = true;
      child.kill('SIGKILL');
    }
  }
  await ended;
  return life;
}

/** What the next process finds and writes. */
async function recover() {
  const written: number[] = [];
  const nodes = new Set<string>();
  const errors: string[] = [];
  const recorder = await createDecisionRecorder({
    spoolDir: root,
    nodeId: 'next',
    write: (batch, nodeId) => {
      nodes.add(nodeId);
      written.push(...batch.map(numberOf));
      return Promise.resolve();
    },
    onError: (error) => errors.push(error.message),
  });
  await recorder.flush();
  await recorder.close();
  return { written, nodes, errors };
}

describe('the recorder of a process killed with -9', () => {
  it.each(['down', 'hanging'] as const)(
    'has left all but the last beats on disk while the database was %s',
    async (mode) => {
      const life = await liveAndDie(
        mode,
        0,
        ({ recorded, spooledAtDeath }) => recorded.length > 400 && spooledAtDeath > 100,
      );
      const { written, nodes, errors } = await recover();
      // In order, without a gap, and everything the child knew to be spooled.
      expect(written).toEqual(numbers(0, written.length));
      expect(written.length).toBeGreaterThanOrEqual(life.spooledAtDeath);
      // Beats of 20 ms, two to be slow, one on its way to disk, a millisecond each: with room for a busy machine.
      expect(life.recorded.length - written.length).toBeLessThan(200);
      expect([...nodes]).toEqual([expect.stringMatching(/^child-/)]);
      expect(errors.filter((message) => !message.includes('cut off'))).toEqual([]);
      expect(await readdir(root)).toEqual([]);
    },
  );

  it('has lost at most the last beats while the database answered', async () => {
    const life = await liveAndDie('up', 0, ({ written }) => written.length > 300);
    expect((await recover()).written).toEqual([]);
    expect(life.written).toEqual(numbers(0, life.written.length));
    expect(life.recorded.length - life.written.length).toBeLessThan(200);
  });

  it('has its spool adopted by one of two that start together, beside one that lives', async () => {
    await liveAndDie('down', 0, ({ spooledAtDeath }) => spooledAtDeath > 50);
    await liveAndDie('down', 1_000, ({ recorded }) => recorded.length > 400);
    const [one, two] = await Promise.all([recover(), recover()]);
    const all = [...one.written, ...two.written];
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((number) => number < 1_000).length).toBeGreaterThan(50);
    expect(all.filter((number) => number >= 1_000).length).toBeGreaterThan(50);
  });
});

describe('a recorder on its own timer', () => {
  it('writes what was recorded without being asked', async () => {
    const written: number[] = [];
    const recorder = await createDecisionRecorder({
      spoolDir: root,
      nodeId: 'node-1',
      flushMs: 5,
      write: (batch) => Promise.resolve(written.push(...batch.map(numberOf))),
    });
    for (const number of numbers(0, 10)) recorder.record(decision(number));
    await expect.poll(() => written).toEqual(numbers(0, 10));
    await recorder.close();
  });
});
