import { dimensionSchema, scoreEstimateSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { normalSchema } from '../model/normal.ts';
import { catalogPriorSchema } from './catalog-prior.ts';

/** What an artefact's manifest says of models that nobody evaluated. */
export const newcomerSchema = z.object({
  /** How ability varies over models. */
  ability: normalSchema,
  /** Of a model of exactly mean ability, blind to the request. */
  scores: z.record(dimensionSchema, scoreEstimateSchema),
  outputTokens: z.number().positive(),
  catalog: catalogPriorSchema.optional(),
});
export type Newcomer = z.infer<typeof newcomerSchema>;
