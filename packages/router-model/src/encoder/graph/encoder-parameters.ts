import type { EncoderShape } from '../text-encoder.ts';

/** A trained tensor and how it starts: all zeros, all ones, or normal with this standard deviation. */
export type Parameter = {
  name: string;
  shape: readonly number[];
  start: 'zeros' | 'ones' | { deviation: number };
};

/** Name of the table of token vectors, vocabulary x tokenWidth; row 0, padding, stays zero. */
export const TOKEN_TABLE = 'tokens';
/** Name of the vectors added to positions, `maxTokens / merge` x width. */
export const POSITIONS = 'positions';

// As in BERT (Devlin et al. 2018).
const EMBEDDING_DEVIATION = 0.02;

/** Everything an encoder learns, apart from its heads. */
export function encoderParameters(shape: EncoderShape): Parameter[] {
  const { vocabulary, tokenWidth, merge, width, layers, hidden, maxTokens } = shape;
  const embedding = { deviation: EMBEDDING_DEVIATION };
  return [
    { name: TOKEN_TABLE, shape: [vocabulary, tokenWidth], start: embedding },
    { name: POSITIONS, shape: [maxTokens / merge, width], start: embedding },
    ...linearParameters('stem', merge * tokenWidth, width),
    ...normParameters('stem norm', width),
    ...Array.from({ length: layers }, (_, layer) =>
      layerParameters(`layer ${layer}`, width, { hidden, layers }),
    ).flat(),
    ...normParameters('last norm', width),
  ];
}

/** Weight (inputs x outputs) and bias of a linear map. */
export function linearParameters(name: string, inputs: number, outputs: number, gain = 1): Parameter[] {
  return [
    { name: `${name} weight`, shape: [inputs, outputs], start: { deviation: gain / Math.sqrt(inputs) } },
    { name: `${name} bias`, shape: [outputs], start: 'zeros' },
  ];
}

/** Numbers in a tensor. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

type Depth = { hidden: number; layers: number };

function layerParameters(name: string, width: number, { hidden, layers }: Depth): Parameter[] {
  // What is added to the residual stream starts smaller the more layers add to it (Radford et al. 2019).
  const gain = 1 / Math.sqrt(2 * layers);
  return [
    ...normParameters(`${name} attention norm`, width),
    ...linearParameters(`${name} attention`, width, 3 * width),
    ...linearParameters(`${name} attended`, width, width, gain),
    ...normParameters(`${name} hidden norm`, width),
    ...linearParameters(`${name} hidden`, width, hidden),
    ...linearParameters(`${name} output`, hidden, width, gain),
  ];
}

function normParameters(name: string, width: number): Parameter[] {
  return [
    { name: `${name} scale`, shape: [width], start: 'ones' },
    { name: `${name} shift`, shape: [width], start: 'zeros' },
  ];
}
