import type { Ask } from './ask.ts';
import { digest, pickNumber } from './digest.ts';
import { sampleSchema } from './sample-schema.ts';
import { splitTokens } from './split-tokens.ts';

const REMARKS = [
  'No model read it: this server makes up its replies, the same ones for the same request.',
  'Set a provider key to get an answer from a real model.',
  'The number of tokens, the format of the reply and its errors follow the real provider.',
  'Ask the same thing again and you get the same words again.',
  'A longer question gets no better an answer here, only another digest.',
  'Streams, tools, structured output and usage all work as they do at the provider.',
] as const;

const QUOTED_CHARACTERS = 160;

/**
 * A reply that depends on the request alone, in the form that the request demands. `atLeastTokens` makes free text long
 * enough to be cut into that many pieces.
 */
export function composeText(ask: Ask, index: number, atLeastTokens = 0): string {
  const seed = digest([ask.model, ask.seed, index, ...ask.segments]);
  if (ask.output.type === 'json_schema') return JSON.stringify(sampleSchema(ask.output.schema, seed));
  if (ask.output.type === 'json_object') {
    return JSON.stringify({ emulated: true, model: ask.model, question: quote(ask.prompt), digest: seed });
  }
  const first = pickNumber(REMARKS.length, [seed]);
  const remarks = Array.from({ length: 1 + (first % 3) }, (_, step) => REMARKS[(first + step) % REMARKS.length] ?? '');
  const opening = `This is an emulated reply in the name of ${ask.model}. You asked: "${quote(ask.prompt)}" (digest ${seed}).`;
  return lengthen([opening, ...remarks].join(' '), atLeastTokens);
}

function quote(prompt: string): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  return line.length <= QUOTED_CHARACTERS ? line : `${line.slice(0, QUOTED_CHARACTERS)}…`;
}

function lengthen(text: string, atLeastTokens: number): string {
  const tokens = splitTokens(text);
  if (tokens.length >= atLeastTokens) return text;
  const filler = Array.from({ length: atLeastTokens - tokens.length }, (_, step) => ` ${step % 10}`);
  return [text, ...filler].join('');
}
