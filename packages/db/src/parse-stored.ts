import { z } from 'zod';

/**
 * Parses a stored object by an object schema that refuses unknown keys, ignoring them here: a newer version may have
 * written the row. Missing keys take the schema's defaults.
 */
export function parseStored<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  stored: unknown,
): z.infer<z.ZodObject<Shape, z.core.$strip>> {
  return z.object(schema.shape).parse(stored);
}
