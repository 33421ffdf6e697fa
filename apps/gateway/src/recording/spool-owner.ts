import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';

export const spoolOwnerSchema = z.object({
  pid: z.int(),
  /** When the process started, in clock ticks since boot: a process id alone may have been given to somebody else. */
  startedTicks: z.string().optional(),
  /** Process ids mean something only within one of these. */
  pidNamespace: z.string(),
});
export type SpoolOwner = z.infer<typeof spoolOwnerSchema>;

export async function describeThisProcess(): Promise<SpoolOwner> {
  const [startedTicks, namespace, boot] = await Promise.all([
    startOf(process.pid),
    readlink('/proc/self/ns/pid').catch(() => ''),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
  ]);
  return { pid: process.pid, startedTicks, pidNamespace: `${hostname()} ${namespace} ${boot.trim()}` };
}

/** Whether the process is known to be gone; undefined when that cannot be told from here (another machine or container). */
export async function hasEnded(owner: SpoolOwner, here: SpoolOwner): Promise<boolean | undefined> {
  if (owner.pidNamespace !== here.pidNamespace) return undefined;
  const started = await startOf(owner.pid);
  if (started !== undefined && owner.startedTicks !== undefined) return started !== owner.startedTicks;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Field 22 of /proc/<pid>/stat; undefined when there is no such process, or no /proc. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the command in parentheses and may itself hold spaces and parentheses.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
