import { seededRandom } from '@pointsman/statistics';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { at } from '../../mathematics/matrix.ts';
import { DifferentiableGraph, type Value } from './differentiable-graph.ts';
import { add, relu, scale, softplus } from './elementwise.ts';
import { sizeOf } from './encoder-parameters.ts';
import { parts, reshape, transpose } from './layout.ts';
import { layerNorm, logSoftmax, softmax, unitLength } from './normalisations.ts';
import { linear, matrixProduct, productWithTransposed } from './products.ts';
import { weightedSum } from './reductions.ts';

type Build = (graph: DifferentiableGraph, inputs: readonly [Value, Value, Value]) => Value;
type Shapes = readonly [number[], number[]?, number[]?];

/** Numbers away from 0, where relu has no derivative. */
function numbers(size: number, seed: string): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: size }, () => (0.2 + random()) * (random() < 0.5 ? -1 : 1));
}

/** Largest differences, by input, between the graph's gradient of a random weighting of the output and a numerical one. */
async function gradientGaps(build: Build, shapes: Shapes): Promise<number[]> {
  const graph = new DifferentiableGraph();
  const given = shapes.flatMap((shape) => (shape === undefined ? [] : [shape]));
  const inputs = given.map((shape, i) => graph.parameter(`input ${i}`, shape));
  const [first] = inputs;
  if (first === undefined) throw new Error('an operator needs an input');
  const output = build(graph, [first, inputs[1] ?? first, inputs[2] ?? first]);
  const weights = graph.constant('weights', output.shape, numbers(sizeOf(output.shape), 'weights'));
  const loss = weightedSum(graph, output, weights);
  graph.output('loss', loss);
  graph.gradients(loss, inputs).forEach((gradient, i) => {
    graph.output(`gradient ${i}`, gradient);
  });
  const session = await InferenceSession.create(graph.onnx.encode(), { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const values = given.map((shape, i) => numbers(sizeOf(shape), `input ${i}`));
  const run = () =>
    session.run(
      Object.fromEntries(given.map((shape, i) => [`input ${i}`, new Tensor('float32', values[i] ?? [], shape)])),
    );
  const lossAt = async (input: Float32Array, index: number, value: number): Promise<number> => {
    const before = at(input, index);
    input[index] = value;
    const result = Number((await run()).loss?.data[0]);
    input[index] = before;
    return result;
  };
  const exact = await run();
  const gaps: number[] = [];
  for (const [i, input] of values.entries()) {
    let worst = 0;
    for (let k = 0; k < input.length; k += 1) {
      const step = 1e-2;
      const above = await lossAt(input, k, at(input, k) + step);
      const below = await lossAt(input, k, at(input, k) - step);
      worst = Math.max(worst, Math.abs((above - below) / (2 * step) - Number(exact[`gradient ${i}`]?.data[k])));
    }
    gaps.push(worst);
  }
  await session.release();
  return gaps;
}

const OPERATORS: Record<string, { shapes: Shapes; build: Build }> = {
  'add, broadcasting a vector': {
    shapes: [
      [2, 3, 4],
      [3, 4],
    ],
    build: (graph, [a, b]) => add(graph, a, b),
  },
  'add, broadcasting axes of length 1': {
    shapes: [
      [2, 1, 3],
      [2, 4, 3],
    ],
    build: (graph, [a, b]) => add(graph, a, b),
  },
  'a value added to itself': { shapes: [[3]], build: (graph, [a]) => add(graph, a, a) },
  scale: { shapes: [[5]], build: (graph, [a]) => scale(graph, a, -2.5) },
  relu: { shapes: [[12]], build: (graph, [a]) => relu(graph, a) },
  softplus: { shapes: [[6]], build: (graph, [a]) => softplus(graph, a) },
  linear: {
    shapes: [[3, 4], [4, 2], [2]],
    build: (graph, [x, weight, bias]) => linear(graph, x, { weight, bias }),
  },
  matrixProduct: {
    shapes: [
      [2, 3, 4],
      [2, 4, 2],
    ],
    build: (graph, [a, b]) => matrixProduct(graph, a, b),
  },
  productWithTransposed: {
    shapes: [
      [2, 2, 3, 4],
      [2, 2, 5, 4],
    ],
    build: (graph, [a, b]) => productWithTransposed(graph, a, b),
  },
  softmax: { shapes: [[3, 4]], build: (graph, [a]) => softmax(graph, a) },
  logSoftmax: { shapes: [[3, 4]], build: (graph, [a]) => logSoftmax(graph, a) },
  unitLength: { shapes: [[3, 4]], build: (graph, [a]) => unitLength(graph, a) },
  layerNorm: {
    shapes: [[3, 5], [5], [5]],
    build: (graph, [x, scales, shift]) => layerNorm(graph, x, { scale: scales, shift }),
  },
  reshape: { shapes: [[2, 6]], build: (graph, [a]) => reshape(graph, a, [3, 4]) },
  transpose: { shapes: [[2, 3, 4]], build: (graph, [a]) => transpose(graph, a, [2, 0, 1]) },
  'parts, of which one is used twice': {
    shapes: [[4, 3]],
    build: (graph, [a]) => {
      const [top, bottom] = parts(graph, a, 2);
      if (top === undefined || bottom === undefined) throw new Error('two parts were asked for');
      return add(graph, productWithTransposed(graph, top, bottom), productWithTransposed(graph, top, top));
    },
  },
};

describe('the gradient of', () => {
  it.each(Object.entries(OPERATORS))('%s agrees with finite differences', async (_, { shapes, build }) => {
    for (const gap of await gradientGaps(build, shapes)) expect(gap).toBeLessThan(3e-3);
  });
});

describe('gradients', () => {
  it('names a parameter that the loss does not depend on', () => {
    const graph = new DifferentiableGraph();
    const [used, unused] = [graph.parameter('used', [2]), graph.parameter('unused', [2])];
    const loss = weightedSum(graph, used, graph.input('weights', [2]));
    expect(() => graph.gradients(loss, [used, unused])).toThrow('the loss does not depend on unused');
  });

  it('refuses to differentiate through a part while others lie unused', () => {
    const graph = new DifferentiableGraph();
    const whole = graph.parameter('whole', [2]);
    const [first] = parts(graph, whole, 2);
    const loss = weightedSum(graph, first ?? whole, graph.input('weights', [1]));
    expect(() => graph.gradients(loss, [whole])).toThrow(/are not used/);
  });

  it('refuses to add shapes that do not broadcast', () => {
    const graph = new DifferentiableGraph();
    expect(() => add(graph, graph.input('a', [2, 3]), graph.input('b', [2, 4]))).toThrow(/do not broadcast/);
  });
});
