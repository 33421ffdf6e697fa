import { seededRandom } from '@pointsman/statistics';
import { at } from '../../mathematics/matrix.ts';
import { type Parameter, sizeOf, TOKEN_TABLE } from '../graph/encoder-parameters.ts';
import type { Moments } from './adamw.ts';
import type { TokenTable } from './token-table.ts';

/** Everything training changes: what a checkpoint must hold to go on as if nothing had happened. */
export type LearnedState = {
  /** All parameters by name. */
  weights: ReadonlyMap<string, Float32Array>;
  moments: ReadonlyMap<string, Moments>;
  /** How often each row of the token table has been updated. */
  tokenUpdates: Float32Array;
};

/** The state before the first step. */
export function startingState(parameters: readonly Parameter[], seed: number): LearnedState {
  const weights = new Map(parameters.map((parameter) => [parameter.name, startingWeights(parameter, seed)] as const));
  const table = parameters.find(({ name }) => name === TOKEN_TABLE);
  const [vocabulary = 0, tokenWidth = 0] = table?.shape ?? [];
  weights.get(TOKEN_TABLE)?.fill(0, 0, tokenWidth);
  const moments = new Map(
    Array.from(weights, ([name, { length }]) => [
      name,
      { first: new Float32Array(length), second: new Float32Array(length) },
    ]),
  );
  return { weights, moments, tokenUpdates: new Float32Array(vocabulary) };
}

/** All arrays of a state by names of their own, to be stored or filled. */
export function arraysOf({ weights, moments, tokenUpdates }: LearnedState): Map<string, Float32Array> {
  return new Map([
    ...Array.from(weights, ([name, values]) => [`weights of ${name}`, values] as const),
    ...Array.from(moments, ([name, { first }]) => [`first moments of ${name}`, first] as const),
    ...Array.from(moments, ([name, { second }]) => [`second moments of ${name}`, second] as const),
    ['updates of tokens', tokenUpdates],
  ]);
}

/** A parameter's array in one of a state's maps. */
export function ofParameter<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`the encoder has no parameter ${name}`);
  return value;
}

export function tokenTableOf({ weights, moments, tokenUpdates }: LearnedState, width: number): TokenTable {
  return {
    width,
    weights: ofParameter(weights, TOKEN_TABLE),
    moments: ofParameter(moments, TOKEN_TABLE),
    updates: tokenUpdates,
  };
}

function startingWeights({ name, shape, start }: Parameter, seed: number): Float32Array {
  const weights = new Float32Array(sizeOf(shape));
  if (start === 'ones') weights.fill(1);
  else if (start !== 'zeros') fillNormal(weights, start.deviation, seededRandom(`${seed} start of ${name}`));
  return weights;
}

/** Box and Muller, both numbers of each pair used. */
function fillNormal(values: Float32Array, deviation: number, random: () => number): void {
  const pair = new Float64Array(2);
  for (let i = 0; i < values.length; i += 1) {
    if (i % 2 === 0) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
      const angle = 2 * Math.PI * random();
      pair.set([radius * Math.cos(angle), radius * Math.sin(angle)]);
    }
    values[i] = at(pair, i % 2);
  }
}
