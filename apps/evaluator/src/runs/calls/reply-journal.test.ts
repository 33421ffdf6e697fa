import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallClaim, CallRecord } from '@pointsman/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FoundReply, openReplyJournal, takeUpJournals } from './reply-journal.ts';

let folder: string;
beforeEach(async () => {
  givenUp = [];
  folder = join(await mkdtemp(join(tmpdir(), 'pointsman-journal-')), 'journal');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const claim: CallClaim = {
  key: Buffer.alloc(32, 7),
  runId: 'run_1',
  purpose: 'verdict',
  modelId: 'acme/judge',
  holder: 'worker',
  leaseMs: 1,
  reserveNanoUsd: 5,
};
const record: CallRecord = {
  reply: { kind: 'text', text: 'é\n"' },
  cost: { status: 'exact', nanoUsd: 3 },
  latencyMs: 9,
};
const owner = { pid: 4_000_000, holder: 'worker', onTrouble: () => undefined };

let givenUp: string[] = [];
async function takenUp(isAlive = false): Promise<FoundReply[]> {
  const found: FoundReply[] = [];
  await takeUpJournals(folder, {
    isAlive: () => isAlive,
    keep: async (one) => void found.push(one),
    giveUp: async (holder) => void givenUp.push(holder),
  });
  return found;
}

describe('replies on their way into the ledger', () => {
  it('survive the process that read them, up to the line that was cut off', async () => {
    openReplyJournal(folder, owner).note(claim, record);
    const [name] = await readdir(folder);
    await appendFile(join(folder, name ?? ''), '{"key":"00');
    expect(await takenUp()).toEqual([{ claim, record }]);
    expect(givenUp).toEqual(['worker']);
    expect(await takenUp()).toEqual([]);
  });

  it('are left to the process that lives', async () => {
    openReplyJournal(folder, owner).note(claim, record);
    expect(await takenUp(true)).toEqual([]);
    expect(await takenUp()).toHaveLength(1);
  });

  it('are forgotten once the process ended well', async () => {
    const journal = openReplyJournal(folder, owner);
    journal.note(claim, record);
    await journal.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('cost nothing where there are none', async () => {
    expect(await takenUp()).toEqual([]);
    await openReplyJournal(folder, owner).close();
  });

  it('stop being noted when the disk takes nothing, which is told once', async () => {
    const troubles: string[] = [];
    await writeFile(folder, 'a file where the folder should be');
    const journal = openReplyJournal(folder, { ...owner, onTrouble: (message) => void troubles.push(message) });
    journal.note(claim, record);
    journal.note(claim, record);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain('cannot be written');
  });
});
