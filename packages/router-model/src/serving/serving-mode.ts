import { z } from 'zod';

/**
 * How much of what was learned the estimates use. `learned`: kind, skills and all. `kind-averages`: the averages of the
 * kind of request alone. `blind`: each model's overall average, the same for every request. An artefact steps back where
 * the next mode was not shown to choose better than chance.
 */
export const SERVING_MODES = ['learned', 'kind-averages', 'blind'] as const;
export const servingModeSchema = z.enum(SERVING_MODES);
export type ServingMode = z.infer<typeof servingModeSchema>;
