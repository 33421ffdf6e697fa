import { utcDay } from '@pointsman/contracts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export type PartitionKeeping = {
  partitions: { ensure(fromDay: string, days: number): Promise<unknown>; dropBefore(day: string): Promise<string[]> };
  retentionDays: number;
  now(): number;
  onDropped(names: string[]): void;
  onError(error: unknown): void;
};

/** Makes tomorrow's partition before it is needed and drops those past their retention, which frees their disk at once. */
export function keepPartitions(keeping: PartitionKeeping): { stop(): void } {
  let stopped = false;
  const keep = async () => {
    try {
      const nowMs = keeping.now();
      await keeping.partitions.ensure(utcDay(nowMs), 3);
      const dropped = await keeping.partitions.dropBefore(utcDay(nowMs - keeping.retentionDays * DAY_MS));
      if (dropped.length > 0) keeping.onDropped(dropped);
    } catch (error) {
      // Whoever stops closes the database next: what that interrupts is done by the next start.
      if (!stopped) keeping.onError(error);
    }
  };
  void keep();
  const timer = setInterval(keep, HOUR_MS);
  timer.unref();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
