import { z } from 'zod';
import { contentHash } from '../rubrics/content-hash.ts';
import { type DataFile, parseDataFile } from '../rubrics/data-file.ts';
import { templateSchema } from './template.ts';

/** Characters shown of each text; the middle of a longer one is left out, visibly. */
const limitsSchema = z.strictObject({
  conversation: z.int().positive(),
  reference: z.int().positive(),
  reply: z.int().positive(),
});

const shared = {
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by -'),
  version: z.int().positive(),
  /** Said of a reply without any text, outside the marks. */
  emptyReply: z.string().min(1),
  limits: limitsSchema,
};

/** How a judge is asked for verdicts: the words around rubrics and material. Versioned data. */
export const verdictPromptSchema = z.strictObject({
  ...shared,
  system: templateSchema(['rubrics']),
  rubric: templateSchema(['dimension', 'title', 'question', 'guidance', 'choices']),
  user: templateSchema(['conversation', 'reference', 'reply', 'dimensions']),
  /** What fills the user's slot `reference` where one is shown; the slot is empty elsewhere. */
  reference: templateSchema(['reference', 'dimensions']),
});
export type VerdictPrompt = z.infer<typeof verdictPromptSchema>;

const WINNERS = ['first', 'second', 'tie'] as const;

/** How a judge is asked which of two replies is better. Versioned data. */
export const pairPromptSchema = z.strictObject({
  ...shared,
  system: templateSchema(['choices']),
  user: templateSchema(['conversation', 'reference', 'first', 'second']),
  reference: templateSchema(['reference']),
  choices: z
    .array(
      z.strictObject({
        letter: z.string().regex(/^[A-Z]$/),
        winner: z.enum(WINNERS),
        meaning: z.string().min(1),
      }),
    )
    .refine(
      (choices) => WINNERS.every((winner) => choices.filter((choice) => choice.winner === winner).length === 1),
      'one choice for each of first, second and tie',
    )
    .refine(
      (choices) => new Set(choices.map(({ letter }) => letter)).size === choices.length,
      'each choice has a letter of its own',
    ),
});
export type PairPrompt = z.infer<typeof pairPromptSchema>;

/** @throws Error listing every problem with its file and path. */
export function parseVerdictPrompt(file: DataFile): VerdictPrompt {
  return parsePrompt(verdictPromptSchema, file);
}

/** @throws Error listing every problem with its file and path. */
export function parsePairPrompt(file: DataFile): PairPrompt {
  return parsePrompt(pairPromptSchema, file);
}

function parsePrompt<T>(schema: z.ZodType<T>, file: DataFile): T {
  const parsed = parseDataFile(schema, file);
  if ('data' in parsed) return parsed.data;
  throw new Error(`This judge prompt cannot be used:\n${parsed.problems.join('\n')}`);
}

/** How the prompt is put to the model; scores may depend on it, so the prompt's hash covers it. */
export type PromptMode = {
  /** The provider's strict mode holds the reply to its schema; otherwise the schema stands in the prompt. */
  strict: boolean;
  /** One call for each dimension instead of one for all. */
  separately: boolean;
};

/** SHA-256, hex, of a prompt and the way it is put. */
export function promptHash(prompt: VerdictPrompt | PairPrompt, { strict, separately }: PromptMode): string {
  return contentHash({ prompt, strict, separately });
}
