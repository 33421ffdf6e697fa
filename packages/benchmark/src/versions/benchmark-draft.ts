import { benchmarkCaseSchema, benchmarkNameSchema } from '@pointsman/contracts';
import { z } from 'zod';

const signed = { author: z.string().min(1), reason: z.string().min(1), at: z.iso.datetime() };

/** A case as it shall stand in the next version, or its end; with who wants it, and why. */
export const draftEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('put'), case: benchmarkCaseSchema, ...signed }),
  z.object({ kind: z.literal('retire'), caseId: z.string().min(1), ...signed }),
]);
export type DraftEdit = z.infer<typeof draftEditSchema>;

const reviewSchema = z.object({
  verdict: z.enum(['approved', 'rejected']),
  by: z.string().min(1),
  at: z.iso.datetime(),
  reason: z.string().min(1).optional(),
  /** The reviewer wrote part of the draft and said so. */
  override: z.boolean(),
});
export type Review = z.infer<typeof reviewSchema>;

/**
 * The next version of a benchmark in the making: draft, in review, approved, published. A rejected one is a draft again,
 * with the review kept; so is an approved one that somebody edits.
 */
export const benchmarkDraftSchema = z.object({
  name: benchmarkNameSchema,
  /** The version it changes; 0 for a benchmark that has none. */
  base: z.int().nonnegative(),
  status: z.enum(['draft', 'in-review', 'approved']),
  /** One of each case, the latest. */
  edits: z.array(draftEditSchema),
  /** Everybody who edited it, also where a later edit took the place of theirs. */
  authors: z.array(z.string().min(1)),
  review: reviewSchema.optional(),
});
export type BenchmarkDraft = z.infer<typeof benchmarkDraftSchema>;

/** Who did something, and why; `at` is an ISO instant. */
export type Signature = { author: string; reason: string; at: string };

export const editedCaseId = (edit: DraftEdit): string => (edit.kind === 'put' ? edit.case.id : edit.caseId);
