import type { ReplyText } from '@pointsman/validated-replies';
import { z } from 'zod';

const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
});

/** The text of a chat completion's first choice; a reply of tool calls alone is an empty text. */
export function readCompletion(body: Buffer | string): ReplyText {
  const completion = completionSchema.parse(JSON.parse(body.toString()));
  const [choice] = completion.choices;
  return {
    kind: 'text',
    text: choice?.message.content ?? '',
    finish: choice?.finish_reason ?? undefined,
    refusal: choice?.message.refusal ?? undefined,
  };
}
