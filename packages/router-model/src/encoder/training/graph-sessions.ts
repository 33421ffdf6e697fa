import type { InferenceSession } from 'onnxruntime-node';

/** Arrays by the names of a graph's inputs or outputs. */
export type Arrays = ReadonlyMap<string, { data: Float32Array; shape: readonly number[] }>;

/** One graph for each length that batches are padded to, opened when it is first needed. */
export type GraphSessions = {
  /** Runs the graph of that length and writes its outputs into the arrays given. Blocks the thread. */
  run(positions: number, inputs: Arrays, outputs: Arrays): Promise<void>;
  release(): Promise<void>;
};

/** `graphOf` gives the ONNX bytes for a number of positions. */
export function graphSessions(graphOf: (positions: number) => Uint8Array, threads: number): GraphSessions {
  const sessions = new Map<number, InferenceSession>();
  return {
    async run(positions, inputs, outputs) {
      // Loaded only here: a process that serves requests must not pay for the runtime on its main thread.
      const { InferenceSession, Tensor } = await import('onnxruntime-node');
      const tensors = (arrays: Arrays): Record<string, InstanceType<typeof Tensor>> =>
        Object.fromEntries(
          [...arrays].map(([name, { data, shape }]) => [name, new Tensor('float32', data, shape)] as const),
        );
      let session = sessions.get(positions);
      if (session === undefined) {
        session = await InferenceSession.create(graphOf(positions), {
          intraOpNumThreads: threads,
          interOpNumThreads: 1,
          executionMode: 'sequential',
          // A thread that waits by spinning takes the core it waits for where the machine has other work: on two busy
          // cores a step took 1.7 times as long.
          extra: { session: { intra_op: { allow_spinning: '0' } } },
          logSeverityLevel: 3,
        });
        sessions.set(positions, session);
      }
      await session.run(tensors(inputs), tensors(outputs));
    },
    async release() {
      for (const session of sessions.values()) await session.release();
      sessions.clear();
    },
  };
}
