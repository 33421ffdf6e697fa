import { type AnnotationAnswers, DIMENSIONS } from '@pointsman/contracts';
import { z } from 'zod';
import {
  answerOf,
  conversationOf,
  conversationText,
  type ExchangedItem,
  type ExchangedRating,
} from './exchanged-item.ts';
import { jsonListFormat } from './json-list-format.ts';

// Label Studio's JSON of tasks, for a labelling interface with `<Choices name="<dimension>" toName="reply">` of 1 to 5 and
// cannot-rate, and `<TextArea name="comment" toName="reply">`: docs/reference/annotation-formats.md has it whole.

const resultSchema = z.looseObject({
  from_name: z.string().nullish(),
  value: z
    .looseObject({
      choices: z.array(z.string()).nullish(),
      text: z.union([z.string(), z.array(z.string())]).nullish(),
      rating: z.number().nullish(),
    })
    .nullish(),
});
const annotationSchema = z.looseObject({
  completed_by: z.union([z.int(), z.looseObject({ email: z.string().nullish(), id: z.int().nullish() })]).nullish(),
  was_cancelled: z.boolean().nullish(),
  result: z.array(resultSchema).default([]),
});
const taskSchema = z.looseObject({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(annotationSchema).nullish(),
});
type LabelStudioTask = z.infer<typeof taskSchema>;

/** Tasks to rate: who wrote the reply is not told. */
export const labelStudioFormat = jsonListFormat({
  fileName: 'label-studio.json',
  entryOf: taskOf,
  schema: taskSchema,
  itemOf,
  misfit: 'no task with data',
});

function taskOf({ item, caseId, domain, task, language, messages, reference, reply, ratings }: ExchangedItem) {
  return {
    data: {
      item,
      case: caseId,
      domain,
      task,
      language,
      conversation: conversationText(messages),
      reference: reference ?? '',
      reply: reply ?? '',
    },
    annotations: ratings.map(({ rater, answers, comment }) => ({
      completed_by: { email: emailOf(rater) },
      was_cancelled: false,
      result: [
        ...Object.entries(answers).map(([name, answer]) => ({
          from_name: name,
          to_name: 'reply',
          type: 'choices',
          value: { choices: [String(answer)] },
        })),
        ...(comment === undefined
          ? []
          : [{ from_name: 'comment', to_name: 'reply', type: 'textarea', value: { text: [comment] } }]),
      ],
    })),
  };
}

function itemOf({ data, annotations }: LabelStudioTask): unknown {
  const { item, case: caseId, domain, task, language, conversation, reference, reply } = data;
  return {
    item,
    caseId,
    domain,
    task,
    language,
    messages: typeof conversation === 'string' ? conversationOf(conversation) : [],
    reference,
    reply,
    ratings: (annotations ?? []).filter(({ was_cancelled }) => was_cancelled !== true).map(ratingOf),
  };
}

function ratingOf({ completed_by: by, result }: z.infer<typeof annotationSchema>): ExchangedRating {
  const answers: Record<string, unknown> = {};
  let comment: string | undefined;
  for (const { from_name: name, value } of result) {
    if (name === 'comment') comment = [value?.text ?? []].flat().join('\n');
    const dimension = DIMENSIONS.find((one) => one === name);
    const said = value?.choices?.[0] ?? value?.rating;
    // What is no answer stays as it is: reading the item says so.
    if (dimension !== undefined && said !== undefined && said !== null) answers[dimension] = answerOf(said) ?? said;
  }
  return { rater: raterOf(by), answers: answers as AnnotationAnswers, comment };
}

/** Label Studio knows people by address. A reserved top-level name (RFC 2606) stands for those who have none. */
const NO_ADDRESS = '@rater.invalid';
const emailOf = (rater: string): string => (rater.includes('@') ? rater : `${rater}${NO_ADDRESS}`);

function raterOf(by: z.infer<typeof annotationSchema>['completed_by']): string {
  if (typeof by === 'number') return `label-studio:${by}`;
  const email = by?.email ?? undefined;
  if (email === undefined) return by?.id === null || by?.id === undefined ? 'label-studio' : `label-studio:${by.id}`;
  return email.endsWith(NO_ADDRESS) ? email.slice(0, -NO_ADDRESS.length) : email;
}
