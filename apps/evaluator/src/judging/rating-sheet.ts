import {
  type BenchmarkCase,
  type Dimension,
  dimensionSchema,
  type EvaluatedItem,
  type Rubric,
} from '@pointsman/contracts';
import { replyHash } from '@pointsman/db';
import type { RubricSet } from '@pointsman/judge';
import { seededRandom } from '@pointsman/statistics';
import { z } from 'zod';
import { csvField } from '../output/csv-field.ts';

/** A line of the sheet: one reply on one dimension, for a person to rate; nothing in it says who wrote the reply. */
export type SheetRow = {
  row: string;
  caseId: string;
  dimension: Dimension;
  question: string;
  /** What each rating means, best first. */
  choices: string;
  conversation: string;
  reference: string;
  reply: string;
  /** Left empty for the rater. */
  rating: '';
};

const keyedSchema = z.object({ caseId: z.string(), caseHash: z.string(), model: z.string(), replyHash: z.string() });
/** What leads from the rows of a sheet back to the replies; kept from raters. */
export const sheetKeySchema = z.object({
  format: z.literal(1),
  runId: z.string(),
  rows: z.record(z.string(), keyedSchema),
});
export type SheetKey = z.infer<typeof sheetKeySchema>;

/** A row as it comes back. */
export const filledRowSchema = z.looseObject({
  row: z.string().min(1),
  dimension: dimensionSchema,
  rating: z.union([z.string(), z.number(), z.null()]).optional(),
});

/** An answered item of a run, with who answered and what. */
export type SheetReply = { item: EvaluatedItem; reply: string; model: string; case: BenchmarkCase };

export type SheetOptions = {
  runId: string;
  sample: number;
  seed: string;
  dimensions: readonly Dimension[];
  rubrics: RubricSet;
};

/** A random sample of replies as a sheet to rate, in random order, and the key to it. Equal replies to one case stand there once. */
export function ratingSheet(
  replies: readonly SheetReply[],
  { runId, sample, seed, dimensions, rubrics }: SheetOptions,
): { rows: SheetRow[]; key: SheetKey } {
  const distinct = new Map(
    replies.map((one) => [`${one.item.caseHash} ${replyHash(one.reply)}`, one] satisfies [string, SheetReply]),
  );
  const random = seededRandom(seed);
  const drawn = [...distinct.values()]
    .map((reply) => ({ reply, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .slice(0, sample)
    .map(({ reply }, index) => ({ ...reply, row: `r${String(index + 1).padStart(4, '0')}` }));
  const key = drawn.map(({ row, item: { caseId, caseHash }, model, reply }) => [
    row,
    { caseId, caseHash, model, replyHash: replyHash(reply) },
  ]);
  return {
    rows: drawn.flatMap((one) => dimensions.map((dimension) => sheetRow(one, rubrics[dimension]))),
    key: { format: 1, runId, rows: Object.fromEntries(key) },
  };
}

function sheetRow({ row, reply, case: subject }: SheetReply & { row: string }, rubric: Rubric): SheetRow {
  const { messages, reference } = subject;
  return {
    row,
    caseId: subject.id,
    dimension: rubric.dimension,
    question: rubric.question,
    choices: rubric.choices.map(({ rating, meaning }) => `${rating}: ${meaning}`).join('\n'),
    conversation: messages.map(({ role, content }) => `${role}: ${textOf(content)}`).join('\n\n'),
    reference: rubric.reference === 'never' ? '' : (reference ?? ''),
    reply,
    rating: '',
  };
}

const textOf = (content: BenchmarkCase['messages'][number]['content']): string =>
  typeof content === 'string' ? content : JSON.stringify(content ?? '');

/** A sheet as CSV; a text that a spreadsheet would take for a formula is made plain text. */
export function sheetCsv(rows: readonly SheetRow[]): string {
  const names = [
    'row',
    'caseId',
    'dimension',
    'question',
    'choices',
    'conversation',
    'reference',
    'reply',
    'rating',
  ] as const;
  const lines = rows.map((row) => names.map((name) => csvField(row[name])).join(','));
  return `${[names.join(','), ...lines].join('\r\n')}\r\n`;
}
