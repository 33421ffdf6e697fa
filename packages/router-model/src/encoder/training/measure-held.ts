import { batchExpectations, batchMask, batchTokens, type IndexedTargets, type LossWeights } from './batch-inputs.ts';
import { graphSessions } from './graph-sessions.ts';
import { type HeldLosses, heldLosses, type ToldBatch } from './held-losses.ts';
import type { Batch } from './plan-epoch.ts';
import { evaluationGraph, TRAINING_OUTPUTS } from './training-graph.ts';
import { type Learner, parameterInputs } from './training-step.ts';

export type HeldPrompts = { tokens: readonly Int32Array[]; targets: IndexedTargets; batches: readonly Batch[] };

/** Runs prompts through the encoder and its heads as they are now, and measures what the heads tell. */
export async function measureHeld(learner: Learner, held: HeldPrompts, weights: LossWeights): Promise<HeldLosses> {
  const { shape, heads, batch, threads } = learner;
  const sessions = graphSessions((positions) => evaluationGraph({ shape, heads, batch, positions }), threads);
  const told: ToldBatch[] = [];
  try {
    for (const of of held.batches) {
      const inputs = new Map([
        ...parameterInputs(learner, of.positions, batchTokens(held.tokens, of, learner)),
        ...batchMask(held.tokens, of, learner),
        ...batchExpectations(held.targets, of.rows, learner),
      ]);
      const outputs = outputBuffers(learner);
      await sessions.run(of.positions, inputs, outputs);
      told.push({ rows: of.rows, told: new Map(Array.from(outputs, ([name, { data }]) => [name, data])) });
    }
  } finally {
    await sessions.release();
  }
  return heldLosses(told, held.targets, weights);
}

function outputBuffers({ shape, heads, batch }: Learner) {
  const widths = [
    [TRAINING_OUTPUTS.embedding, shape.width],
    [TRAINING_OUTPUTS.kindLogits, heads.kinds],
    [TRAINING_OUTPUTS.replyLogits, heads.skills === 0 ? 0 : heads.columns],
    [TRAINING_OUTPUTS.imitation, heads.teacherWidth],
  ] as const;
  return new Map(
    widths
      .filter(([, width]) => width > 0)
      .map(([name, width]) => [name, { data: new Float32Array(batch * width), shape: [batch, width] }] as const),
  );
}
