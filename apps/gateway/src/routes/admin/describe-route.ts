import { z } from '@hono/zod-openapi';

/** Every route but sign-in wants a bearer token: a session's or a key's. */
export const SECURED = { security: [{ bearer: [] }] };

export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

const errorSchema = z
  .object({
    error: z.object({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() }),
  })
  .openapi('Error');

const refusal = (description: string) => ({ description, content: { 'application/json': { schema: errorSchema } } });

const REFUSALS = {
  400: refusal('The request is not valid; the message names the field'),
  401: refusal('No token, or one that is unknown, expired or revoked'),
  403: refusal('The role does not allow it'),
  404: refusal('There is no such thing, or it is not yours'),
};

/** A JSON reply of this shape, or an error in OpenAI's shape. */
export function jsonReply<Schema extends z.ZodType, Status extends 200 | 201 = 200>(
  schema: Schema,
  status: Status = 200 as Status,
) {
  return {
    [status]: { description: 'Done', content: { 'application/json': { schema } } },
    ...REFUSALS,
  } as unknown as { [S in Status]: { description: string; content: { 'application/json': { schema: Schema } } } };
}
