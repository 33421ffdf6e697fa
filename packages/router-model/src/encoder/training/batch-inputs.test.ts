import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import type { EncoderShape, EncoderTargets } from '../text-encoder.ts';
import { batchExpectations, batchMask, batchTargets, batchTokens, indexTargets } from './batch-inputs.ts';
import type { Arrays } from './graph-sessions.ts';
import { TRAINING_INPUTS } from './training-graph.ts';

const size = { shape: { merge: 2, maxTokens: 8 } as EncoderShape, batch: 3 };
const tokens = [Int32Array.of(5, 6, 7), Int32Array.of(9)];
const batch = { rows: [0, 1], positions: 3 };
const targets: EncoderTargets = {
  kinds: { columns: 2, data: Float32Array.of(1, 0, 0, 0) },
  replies: {
    row: Int32Array.of(1, 0, 1, 1),
    column: Int32Array.of(2, 0, 2, 1),
    score: Float32Array.of(1, 0.5, 0, 1),
    offset: Float32Array.of(-1, 2, -1, 3),
  },
  abilities: { columns: 3, skills: 2, data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  teacher: { width: 2, data: Float32Array.of(3, 4, 0, 0) },
};
const lossWeights = { kinds: 2, replies: 4, teacher: 10, labelSmoothing: 0.5 };
const valuesOf = (arrays: Arrays, name: string): number[] => [...(arrays.get(name)?.data ?? [])];

describe('batchTokens', () => {
  it('pads prompts and the prompts a batch lacks with 0', () => {
    expect([...batchTokens(tokens, batch, size)]).toEqual([5, 6, 7, 0, 0, 0, 9, 0, 0, 0, 0, 0, ...Array(6).fill(0)]);
  });

  it('hides the share of tokens it is told to', () => {
    const long = { rows: [0], positions: 1000 };
    const prompt = [new Int32Array(2000).fill(1)];
    const drop = { probability: 0.25, random: seededRandom(1) };
    const kept = batchTokens(prompt, long, { ...size, batch: 1 }, drop).reduce((sum, id) => sum + id, 0);
    expect(Math.abs(kept / 2000 - 0.75)).toBeLessThan(0.03);
  });
});

describe('batchMask', () => {
  it('spreads the mean over the positions with text and hides the others from attention', () => {
    const mask = batchMask(tokens, batch, size);
    expect(valuesOf(mask, TRAINING_INPUTS.pooling)).toEqual([0.5, 0.5, 0, 1, 0, 0, 0, 0, 0]);
    expect(valuesOf(mask, TRAINING_INPUTS.attentionBias)).toEqual([0, 0, -1e4, 0, -1e4, -1e4, 0, 0, 0]);
  });
});

describe('batchTargets', () => {
  const made = batchTargets(indexTargets(targets, 2), batch.rows, { ...size, ...lossWeights });

  it('smooths labels, and gives none to a prompt of unknown kind', () => {
    expect(valuesOf(made, TRAINING_INPUTS.kinds)).toEqual([0.75, 0.25, 0, 0, 0, 0]);
  });

  it('weighs every prompt alike, however many replies it has, and adds up replies in the same column', () => {
    const weights = valuesOf(made, TRAINING_INPUTS.replyWeights);
    [2, 0, 0, 0, 2 / 3, 4 / 3, 0, 0, 0].forEach((expected, i) => {
      expect(weights[i]).toBeCloseTo(expected, 6);
    });
    const scores = valuesOf(made, TRAINING_INPUTS.replyScores);
    [1, 0, 0, 0, 2 / 3, 2 / 3, 0, 0, 0].forEach((expected, i) => {
      expect(scores[i]).toBeCloseTo(expected, 6);
    });
  });

  it('takes of the teacher the direction alone', () => {
    const teacher = valuesOf(made, TRAINING_INPUTS.teacher);
    [3, 4, 0, 0, 0, 0].forEach((expected, i) => {
      expect(teacher[i]).toBeCloseTo(expected, 6);
    });
  });
});

describe('batchExpectations', () => {
  it('places offsets by column and abilities by skill', () => {
    const made = batchExpectations(indexTargets(targets, 2), batch.rows, size);
    expect(valuesOf(made, TRAINING_INPUTS.replyOffsets)).toEqual([2, 0, 0, 0, 3, -1, 0, 0, 0]);
    expect(valuesOf(made, TRAINING_INPUTS.abilities)).toEqual([1, 3, 5, 2, 4, 6]);
  });
});
