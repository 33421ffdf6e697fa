import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cost, costSchema } from '@pointsman/contracts';
import type { CallClaim, CallRecord } from '@pointsman/db';
import { z } from 'zod';

/** Replies that arrived and may not be in the ledger yet, on this machine's disk: a process can be killed in between. */
export type ReplyJournal = {
  /** Written at once, within the tick in which the reply was read. */
  note(claim: CallClaim, record: CallRecord): void;
  /** Forgets everything noted: all of it stands in the ledger. */
  close(): Promise<void>;
};

const lineSchema = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  claim: z.object({
    runId: z.string(),
    purpose: z.enum(['reply', 'verdict']),
    modelId: z.string(),
    holder: z.string(),
    leaseMs: z.number(),
    reserveNanoUsd: z.number(),
  }),
  record: z.object({ reply: z.unknown(), cost: costSchema, latencyMs: z.number() }),
});

/** Opens a journal of this process's own. A disk that takes nothing is told once and does not stop the run. */
export function openReplyJournal(
  folder: string,
  { pid, holder, onTrouble }: { pid: number; holder: string; onTrouble(message: string): void },
): ReplyJournal {
  const file = join(folder, `${pid}-${holder}.jsonl`);
  let descriptor: number | undefined;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      descriptor = undefined;
      const why = error instanceof Error ? error.message : String(error);
      onTrouble(`${folder} cannot be written (${why}): a reply in hand is paid again if this process is killed now`);
    }
  };
  // There from the beginning: by its name others learn whose claims to give up once this process is gone.
  attempt(() => {
    mkdirSync(folder, { recursive: true });
    descriptor = openSync(file, 'a', 0o600);
  });
  return {
    note({ key, ...claim }, record) {
      const open = descriptor;
      if (open === undefined) return;
      attempt(() => writeSync(open, `${JSON.stringify({ key: key.toString('hex'), claim, record })}\n`));
    },
    async close() {
      if (descriptor !== undefined) closeSync(descriptor);
      await rm(file, { force: true });
    },
  };
}

/** A reply found in the journal of a process that is gone. */
export type FoundReply = { claim: CallClaim; record: CallRecord };

export type TakingUp = {
  isAlive(pid: number): boolean;
  keep(found: FoundReply): Promise<void>;
  /** Gives up the calls that the worker had under way: nobody will write their replies down. */
  giveUp(holder: string): Promise<void>;
};

/**
 * Takes up the journals of processes that died: `keep` writes each reply into the ledger, which passes over those it has.
 * A last line that was cut off is no reply.
 */
export async function takeUpJournals(folder: string, { isAlive, keep, giveUp }: TakingUp): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const [, pid, holder] = /^(\d+)-(.+)\.jsonl$/.exec(name) ?? [];
    if (pid === undefined || holder === undefined || isAlive(Number(pid))) continue;
    const text = await readFile(join(folder, name), 'utf8');
    for (const line of text.split('\n')) {
      const found = readLine(line);
      if (found !== undefined) await keep(found);
    }
    await giveUp(holder);
    await rm(join(folder, name), { force: true });
  }
}

function readLine(line: string): FoundReply | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { key, claim, record } = parsed.data;
  const cost: Cost = record.cost;
  return { claim: { ...claim, key: Buffer.from(key, 'hex') }, record: { ...record, cost } };
}
