import type { EncoderShape, EncoderTargets } from '../text-encoder.ts';

/** Throws, naming what is wrong, when shape, prompts and targets do not fit together. */
export function checkTrainingData(shape: EncoderShape, tokens: readonly Int32Array[], targets: EncoderTargets): void {
  checkShape(shape);
  checkTokens(shape, tokens);
  checkTargets(targets, tokens.length);
}

function checkShape(shape: EncoderShape): void {
  for (const [name, value] of Object.entries(shape))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} of the encoder must be a whole number from 1, got ${value}`);
  if (shape.maxTokens % shape.merge !== 0)
    throw new RangeError(`maxTokens must be a multiple of merge: ${shape.maxTokens} is none of ${shape.merge}`);
  if (shape.width % shape.attentionHeads !== 0)
    throw new RangeError(
      `width must be a multiple of attentionHeads: ${shape.width} is none of ${shape.attentionHeads}`,
    );
}

function checkTokens({ vocabulary, maxTokens }: EncoderShape, tokens: readonly Int32Array[]): void {
  tokens.forEach((ids, row) => {
    if (ids.length === 0 || ids.length > maxTokens)
      throw new RangeError(`prompt ${row} has ${ids.length} tokens; the encoder takes 1 to ${maxTokens}`);
    const strange = ids.find((id) => id < 1 || id >= vocabulary);
    if (strange !== undefined)
      throw new RangeError(`prompt ${row} has token ${strange}; the vocabulary goes from 1 to ${vocabulary - 1}`);
  });
}

function checkTargets({ kinds, replies, abilities, teacher }: EncoderTargets, prompts: number): void {
  const { columns, skills } = abilities;
  const sizes: [name: string, found: number, expected: number][] = [
    ['kinds', kinds.data.length, prompts * kinds.columns],
    ['abilities', abilities.data.length, columns * skills],
    ['columns of replies', replies.column.length, replies.row.length],
    ['scores of replies', replies.score.length, replies.row.length],
    ['offsets of replies', replies.offset.length, replies.row.length],
    ['teacher vectors', teacher?.data.length ?? 0, prompts * (teacher?.width ?? 0)],
  ];
  for (const [name, found, expected] of sizes)
    if (found !== expected) throw new RangeError(`there are ${found} numbers of ${name}, ${expected} were expected`);
  const isOutside = (values: Int32Array, count: number): boolean => values.some((value) => value < 0 || value >= count);
  if (isOutside(replies.row, prompts)) throw new RangeError(`a reply belongs to none of the ${prompts} prompts`);
  if (isOutside(replies.column, columns)) throw new RangeError(`a reply belongs to none of the ${columns} columns`);
  if (kinds.columns === 0 && columns * skills === 0 && teacher === undefined)
    throw new RangeError('there is nothing to learn: no kinds, no replies with abilities and no teacher');
}
