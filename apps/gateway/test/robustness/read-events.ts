import { z } from 'zod';

/** A chunk of a streamed chat completion, as far as these tests look into it. */
const chunkSchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      delta: z.looseObject({
        content: z.string().nullish(),
        tool_calls: z
          .array(z.looseObject({ function: z.looseObject({ arguments: z.string().optional() }).optional() }))
          .optional(),
      }),
    }),
  ),
  usage: z.looseObject({}).nullish(),
  pointsman: z.looseObject({}).optional(),
});
export type Chunk = z.infer<typeof chunkSchema>;

/** The data of each server-sent event, as it arrives. */
export async function* readEvents(reply: Response): AsyncGenerator<string> {
  if (reply.body === null) throw new Error('the reply has no body');
  const decoder = new TextDecoder();
  let pending = '';
  for await (const bytes of reply.body) {
    pending += decoder.decode(bytes, { stream: true });
    const events = pending.split('\n\n');
    pending = events.pop() ?? '';
    for (const event of events) yield event.replace(/^data: /, '');
  }
}

/** The chunks of a stream, without `[DONE]`. */
export async function* readChunks(reply: Response): AsyncGenerator<Chunk> {
  for await (const data of readEvents(reply)) if (data !== '[DONE]') yield chunkSchema.parse(JSON.parse(data));
}

/** The text of a whole stream. */
export async function readText(reply: Response): Promise<string> {
  let text = '';
  for await (const chunk of readChunks(reply)) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

export const argumentsIn = (chunk: Chunk): string =>
  (chunk.choices[0]?.delta.tool_calls ?? []).map((call) => call.function?.arguments ?? '').join('');
