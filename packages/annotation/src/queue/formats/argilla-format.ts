import { type AnnotationAnswers, DIMENSIONS, type Dimension } from '@pointsman/contracts';
import { z } from 'zod';
import { conversationOf, conversationText, type ExchangedItem, type ExchangedRating } from './exchanged-item.ts';
import { jsonListFormat } from './json-list-format.ts';

// Argilla 2: what `dataset.records.to_json` writes and `from_json` reads. Questions: a RatingQuestion with the values 1 to
// 5 for each dimension, a MultiLabelQuestion `cannot_rate` with the dimensions as labels, a TextQuestion `comment`.

const responseSchema = z.looseObject({ value: z.unknown(), user_id: z.string().nullish() });
const recordSchema = z.looseObject({
  id: z.string().nullish(),
  fields: z.looseObject({
    conversation: z.string().nullish(),
    reference: z.string().nullish(),
    reply: z.string().nullish(),
  }),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  responses: z.record(z.string(), z.array(responseSchema)).nullish(),
});
type ArgillaRecord = z.infer<typeof recordSchema>;

/** Records to rate: who wrote the reply is not told. */
export const argillaFormat = jsonListFormat({
  fileName: 'argilla.json',
  entryOf: recordOf,
  schema: recordSchema,
  itemOf,
  misfit: 'no record with fields',
});

function recordOf({ item, caseId, domain, task, language, messages, reference, reply, ratings }: ExchangedItem) {
  const metadata = { case: caseId, domain, task, language };
  return {
    id: item,
    fields: { conversation: conversationText(messages), reference: reference ?? '', reply: reply ?? '' },
    metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined)),
    suggestions: {},
    responses: responsesOf(ratings),
    vectors: {},
  };
}

function responsesOf(ratings: readonly ExchangedRating[]): Record<string, { value: unknown; user_id: string }[]> {
  const said = ratings.flatMap(({ rater, answers, comment }) => {
    const user_id = uuidOf(rater);
    const entries = Object.entries(answers);
    const unable = entries.filter(([, answer]) => answer === 'cannot-rate').map(([dimension]) => dimension);
    return [
      ...entries.filter(([, answer]) => answer !== 'cannot-rate').map(([name, value]) => ({ name, value, user_id })),
      ...(unable.length === 0 ? [] : [{ name: 'cannot_rate', value: unable, user_id }]),
      ...(comment === undefined ? [] : [{ name: 'comment', value: comment, user_id }]),
    ];
  });
  const byQuestion = Map.groupBy(said, ({ name }) => name);
  return Object.fromEntries(
    [...byQuestion].map(([name, own]) => [name, own.map(({ value, user_id }) => ({ value, user_id }))]),
  );
}

function itemOf({ id, fields, metadata, responses }: ArgillaRecord): unknown {
  const { case: caseId, domain, task, language } = metadata ?? {};
  return {
    item: id,
    caseId,
    domain,
    task,
    language,
    messages: conversationOf(fields.conversation ?? ''),
    reference: fields.reference,
    reply: fields.reply,
    ratings: ratingsOf(responses ?? {}),
  };
}

function ratingsOf(responses: NonNullable<ArgillaRecord['responses']>): ExchangedRating[] {
  const raters = new Map<string, { answers: Record<string, unknown>; comment?: string }>();
  for (const [question, own] of Object.entries(responses))
    for (const { value, user_id } of own) {
      const rater = raterOf(user_id ?? 'unknown');
      const said = raters.get(rater) ?? { answers: {} };
      raters.set(rater, said);
      if (question === 'comment' && typeof value === 'string') said.comment = value;
      else if (question === 'cannot_rate' && Array.isArray(value))
        for (const dimension of value) said.answers[String(dimension)] = 'cannot-rate';
      else if (isDimension(question)) said.answers[question] = value;
    }
  return [...raters].map(([rater, { answers, comment }]) => ({
    rater,
    answers: answers as AnnotationAnswers,
    comment,
  }));
}

const isDimension = (name: string): name is Dimension => DIMENSIONS.some((dimension) => dimension === name);

/** Argilla knows people by UUID; the ids of our users hold one. */
const OURS = /^usr_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const uuidOf = (rater: string): string => OURS.exec(rater)?.slice(1).join('-') ?? rater;
/** Nobody here need be behind it: who takes ratings in looks whether there is such a user. */
const raterOf = (id: string): string => (UUID.test(id) ? `usr_${id.replaceAll('-', '')}` : id);
