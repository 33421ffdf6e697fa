import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { EncoderShape } from '../text-encoder.ts';
import { startingState } from '../training/learned-state.ts';
import { encoderModel } from './encoder-model.ts';
import { encoderParameters } from './encoder-parameters.ts';

const shape: EncoderShape = {
  vocabulary: 8192,
  tokenWidth: 128,
  merge: 4,
  width: 256,
  layers: 4,
  attentionHeads: 4,
  hidden: 1024,
  maxTokens: 128,
};
const encoder = { shape, weights: startingState(encoderParameters(shape), 1).weights };

describe('encoderModel', () => {
  it('fits the encoder that is shipped into 5 MB and embeds prompts of any length with it', async () => {
    const model = encoderModel(encoder, { int8: true });
    expect(model.length).toBeLessThan(5_000_000);
    const session = await InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
    for (const positions of [1, 5, 32]) {
      const ids = Int32Array.from({ length: 4 * positions }, (_, i) => 1 + 37 * i);
      const { embedding } = await session.run({
        ids: new Tensor('int32', ids, [1, ids.length]),
        mask: new Tensor('float32', new Float32Array(positions).fill(1), [1, positions]),
      });
      if (!(embedding?.data instanceof Float32Array)) throw new Error('the graph has no embedding');
      expect(embedding.dims).toEqual([1, shape.width]);
      expect(Math.hypot(...embedding.data)).toBeCloseTo(1, 4);
    }
    await session.release();
  });

  it('names the parameter that is missing', () => {
    const weights = new Map(encoder.weights);
    weights.delete('layer 3 hidden weight');
    expect(() => encoderModel({ shape, weights }, { int8: true })).toThrow('no parameter layer 3 hidden weight');
  });
});
