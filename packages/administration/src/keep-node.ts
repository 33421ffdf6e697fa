import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type NodeFacts, VERSION } from '@pointsman/contracts';
import type { NodeBeat, Repositories } from '@pointsman/db';

export type NodeKeeping = {
  nodes: Pick<Repositories['nodes'], 'beat' | 'leave'>;
  /** Of this process alone. */
  id: string;
  kind: NodeBeat['kind'];
  startedAt: string;
  /** What `process.memoryUsage` says. */
  memory(): { rss: number; heapUsed: number };
  /** What else this sort of node tells of itself. */
  facts(): Partial<NodeFacts>;
  onError(error: unknown): void;
};

export type KeptNode = {
  /** As it would tell of itself now. */
  describe(): NodeBeat;
  /** Takes the node off the list of those that live. */
  stop(): Promise<void>;
};

const BEAT_MS = 10_000;
/** A node that has been silent for longer is gone: three beats are missing. */
export const GONE_AFTER_MS = 3.5 * BEAT_MS;

const LAG_RESOLUTION_MS = 20;
const NANO_PER_MILLI = 1e6;

/** Says every ten seconds that this process lives, and how it is, until it is stopped. */
export function keepNode({ nodes, id, kind, startedAt, memory, facts, onError }: NodeKeeping): KeptNode {
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  const describe = (): NodeBeat => {
    const { rss, heapUsed } = memory();
    // What is measured includes the wait that was asked for.
    const eventLoopLagMs = Math.max(0, lag.percentile(99) / NANO_PER_MILLI - LAG_RESOLUTION_MS);
    return {
      id,
      kind,
      version: VERSION,
      startedAt,
      facts: { rssBytes: rss, heapUsedBytes: heapUsed, eventLoopLagMs, ...facts() },
    };
  };
  let stopped = false;
  const beat = async () => {
    try {
      await nodes.beat(describe());
      lag.reset();
    } catch (error) {
      // Whoever stops closes the database next.
      if (!stopped) onError(error);
    }
  };
  let beating = beat();
  const timer = setInterval(() => {
    beating = beat();
  }, BEAT_MS);
  timer.unref();
  return {
    describe,
    async stop() {
      stopped = true;
      clearInterval(timer);
      lag.disable();
      await beating;
      await nodes.leave(id).catch(onError);
    },
  };
}
