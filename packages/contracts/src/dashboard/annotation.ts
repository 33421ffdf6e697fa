import { z } from 'zod';
import { DOMAINS, dimensionSchema, TASKS } from '../dimensions.ts';
import { rubricSchema } from '../judging.ts';

// What whoever rates replies sees of the queue. Nothing here says who wrote a reply, or which items are gold.

/** The most items one person holds at once: enough to have the next ones on screen before they are wanted. */
export const MOST_HELD_ITEMS = 10;

/** A step of the rubric's scale (5 is best), or the statement that the rater cannot say. */
export const annotationAnswerSchema = z.union([z.int().min(1).max(5), z.literal('cannot-rate')]);
export type AnnotationAnswer = z.infer<typeof annotationAnswerSchema>;

export const annotationAnswersSchema = z.partialRecord(dimensionSchema, annotationAnswerSchema);
export type AnnotationAnswers = z.infer<typeof annotationAnswersSchema>;

const commentSchema = z.string().max(4000);

/** What stands of a rating; a save counts only when its revision is higher than the one that stands. */
export const annotationDraftSchema = z.strictObject({
  revision: z.int().positive().describe('Counted by the page, rising with every change of this item'),
  answers: annotationAnswersSchema,
  comment: commentSchema.optional(),
  activeMs: z.int().nonnegative().optional().describe('Time in which the rater was at this item, so far'),
});
export type AnnotationDraft = z.infer<typeof annotationDraftSchema>;

export const annotationMessageSchema = z.object({ role: z.string(), text: z.string() });
export type AnnotationMessage = z.infer<typeof annotationMessageSchema>;

const shownItem = {
  id: z.string(),
  batchId: z.string(),
  messages: z.array(annotationMessageSchema).describe('The conversation that the reply ends'),
  reference: z.string().optional().describe('A reply that is right, where the case has one'),
  reply: z.string(),
  language: z.string().optional(),
  domain: z.enum(DOMAINS).optional(),
  task: z.enum(TASKS).optional(),
  reservedUntil: z.string().describe('ISO; every save puts it off'),
};

/** An item that is reserved for the rater who asks, whole. */
export const annotationItemSchema = z.object({
  ...shownItem,
  dimensions: z.array(dimensionSchema).describe('What to rate of this item'),
  draft: annotationDraftSchema.optional(),
});
export type AnnotationItem = z.infer<typeof annotationItemSchema>;

/** What the items of a batch have in common. */
export const annotationGuideSchema = z.object({
  id: z.string().describe("The batch's id"),
  title: z.string(),
  guidelines: z.string().describe('Plain text; may be empty'),
  rubrics: z.array(rubricSchema).describe('One for each dimension of the batch, in the usual order'),
});
export type AnnotationGuide = z.infer<typeof annotationGuideSchema>;

/** Everything a rater holds, in the order in which to rate. */
export const annotationWorkSchema = z.object({
  items: z.array(annotationItemSchema),
  batches: z.array(annotationGuideSchema).describe('Of these items'),
});
export type AnnotationWork = z.infer<typeof annotationWorkSchema>;

export const nextItemsSchema = z.strictObject({
  batch: z.string().optional().describe('Only from this batch'),
  count: z.int().min(1).max(MOST_HELD_ITEMS).default(3).describe('How many to hold afterwards'),
});
export type NextItems = z.input<typeof nextItemsSchema>;

export const savedDraftSchema = z.object({
  saved: z.boolean().describe('False when a newer revision stands, or the item is submitted: nothing was changed'),
  revision: z.int().describe('The revision that stands'),
  reservedUntil: z.string(),
});
export type SavedDraft = z.infer<typeof savedDraftSchema>;

/** Answers every dimension of the item. A repeated or late one changes nothing. */
export const annotationSubmissionSchema = annotationDraftSchema;
export type AnnotationSubmission = AnnotationDraft;

export const submittedSchema = z.object({ id: z.string(), revision: z.int(), submittedAt: z.string() });
export type Submitted = z.infer<typeof submittedSchema>;

/** What an undo reopened; nothing where there was nothing to undo. */
export const undoneSchema = z.object({ item: annotationItemSchema.optional() });
export type Undone = z.infer<typeof undoneSchema>;

export const SKIP_REASONS = ['not-my-language', 'not-my-field', 'unclear', 'broken', 'offensive', 'other'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];
export const skipSchema = z.strictObject({ reason: z.enum(SKIP_REASONS), note: commentSchema.optional() });
export type Skip = z.infer<typeof skipSchema>;

/** How far a rater is with what they can still be given. */
export const annotationProgressSchema = z.object({
  done: z.int(),
  skipped: z.int(),
  held: z.int(),
  left: z.int().describe('Items that this rater can still be given, those held among them'),
  doneToday: z.int(),
  pacePerHour: z.number().optional().describe('Over the hours worked, pauses left out; absent below 3 items'),
  medianMs: z.number().optional().describe('Time for an item; absent below 3 items'),
  adjudications: z.int().describe('Disagreements waiting that this person may decide'),
  batches: z.array(
    z.object({ id: z.string(), title: z.string(), done: z.int(), left: z.int(), state: z.enum(['open', 'paused']) }),
  ),
});
export type AnnotationProgress = z.infer<typeof annotationProgressSchema>;

/** Where raters disagreed; ratings lowest first, nobody named. */
export const disputeSchema = z.object({ dimension: dimensionSchema, ratings: z.array(z.int()) });
export type Dispute = z.infer<typeof disputeSchema>;

export const adjudicationItemSchema = z.object({
  ...shownItem,
  disputes: z.array(disputeSchema),
  comments: z.array(z.string()).describe('What raters remarked, in no particular order'),
});
export type AdjudicationItem = z.infer<typeof adjudicationItemSchema>;

export const adjudicationWorkSchema = z.object({
  item: adjudicationItemSchema.optional().describe('Absent when there is nothing this person may decide'),
  batch: annotationGuideSchema.optional(),
  waiting: z.int().describe('This one among them'),
});
export type AdjudicationWork = z.infer<typeof adjudicationWorkSchema>;

export const adjudicationDecisionSchema = z.strictObject({
  ratings: z
    .partialRecord(dimensionSchema, z.int().min(1).max(5))
    .describe('One for every dimension in dispute; it counts instead of what the raters said'),
  note: commentSchema.optional(),
});
export type AdjudicationDecision = z.infer<typeof adjudicationDecisionSchema>;
