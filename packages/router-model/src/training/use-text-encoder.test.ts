import { seededRandom } from '@pointsman/statistics';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { routerGraph } from '../artefact/router-graph.ts';
import { featurise } from '../features/featurise.ts';
import { encodeRequest, readRequest } from '../model/read-request.ts';
import type { Prompt } from '../prompt.ts';
import { type TrainingResult, trainRouter } from './train-router.ts';
import type { TextEncoderOption } from './use-text-encoder.ts';

const WIDTH = 2;

/** Rows whose difficulty no n-gram tells: it is drawn apart from the text. */
const hidden = seededRandom(5);
const hard = new Set<string>();
const rows = syntheticRows(900, 41).map((row) => {
  const isHard = hidden() < 0.5;
  if (isHard) hard.add(row.prompt.text);
  const observations = ['small', 'large'].map((model) => ({
    model,
    scores: { factual_accuracy: hidden() < (isHard ? 0.15 : 0.9) ? 1 : 0 },
  }));
  return { ...row, observations };
});

/** Knows the difficulty outright. */
const knowing: TextEncoderOption = {
  version: '0123456789ab',
  width: WIDTH,
  embed: async ({ text }: Prompt) => Float32Array.from(hard.has(text) ? [1, 0] : [0, 1]),
};

const random = seededRandom(3);
const noisy: TextEncoderOption = {
  version: '0123456789ab',
  width: WIDTH,
  embed: async () => Float32Array.from({ length: WIDTH }, () => random() - 0.5),
};

let withKnowing: TrainingResult;
beforeAll(async () => {
  withKnowing = await trainRouter(rows, { ...SMALL_TRAINING, textEncoder: knowing });
});

describe('trainRouter with a text encoder', () => {
  it('takes in one that predicts better on rows kept from it, and says by how much', () => {
    const { encoderGain, request } = withKnowing;
    expect(request.text?.encoder).toBe(knowing.version);
    expect(encoderGain?.rows).toBeGreaterThan(50);
    const difference = encoderGain?.difference;
    expect(difference !== undefined && 'high' in difference && difference.high).toBeLessThan(0);
    expect(encoderGain?.skillShare).toBeGreaterThan(0);
  });

  it('leaves out one that says nothing', async () => {
    const { encoderGain, request } = await trainRouter(rows, { ...SMALL_TRAINING, textEncoder: noisy });
    expect(encoderGain).toBeDefined();
    expect(request.text).toBeUndefined();
  });

  it('computes in ONNX what it computes in JavaScript', async () => {
    const { request } = withKnowing;
    const session = await InferenceSession.create(routerGraph(request));
    for (const { prompt } of rows.slice(0, 10)) {
      const features = featurise(prompt, request.encoder.buckets);
      const embedding = await knowing.embed(prompt);
      const expected = readRequest(request, encodeRequest(request.encoder, features), embedding);
      const outputs = await session.run({
        indices: new Tensor('int32', features.indices, [features.indices.length]),
        weights: new Tensor('float32', features.weights, [features.weights.length]),
        side: new Tensor('float32', features.side, [1, features.side.length]),
        embedding: new Tensor('float32', embedding, [1, WIDTH]),
      });
      for (const name of ['kinds', 'skills', 'lengths'] as const)
        expected[name].forEach((value, i) => {
          expect(Number(outputs[name]?.data[i])).toBeCloseTo(value, 4);
        });
    }
    await session.release();
  });
});
