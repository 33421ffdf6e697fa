import { DIMENSIONS, type EvaluatedItem, evaluatedItemSchema } from '@pointsman/contracts';
import { z } from 'zod';

/** One item of a run, with the run and the model that replied. */
export const evaluatedResultSchema = evaluatedItemSchema.extend({ run: z.string().min(1), model: z.string().min(1) });
export type EvaluatedResult = z.infer<typeof evaluatedResultSchema>;

/** Mean of the scored dimensions by the case's weights (1 where it gives none), 0 to 1; undefined when none is scored. */
export function overallScore({ verdicts, weights }: Pick<EvaluatedItem, 'verdicts' | 'weights'>): number | undefined {
  const scored = DIMENSIONS.flatMap((dimension) => {
    const verdict = verdicts[dimension];
    const weight = weights?.[dimension] ?? 1;
    return verdict?.status === 'scored' && weight > 0 ? [{ score: verdict.score, weight }] : [];
  });
  const total = scored.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? undefined : scored.reduce((sum, { score, weight }) => sum + score * weight, 0) / total;
}
