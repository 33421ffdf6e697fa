import { type Capabilities, capabilitiesSchema } from '@pointsman/contracts';
import { z } from 'zod';
import curationData from './data/curation.json' with { type: 'json' };
import routerNamesData from './data/router-names.json' with { type: 'json' };
import { modelMatches } from './model-matches.ts';

const curationSchema = z.strictObject({
  /** models.dev's provider id -> ours, where they differ. */
  providerIds: z.record(z.string(), z.string()),
  /** Models that chat completions cannot serve. */
  exclude: z.array(z.strictObject({ pattern: z.string(), why: z.string() })),
  /** What models.dev does not say, or says wrongly; the first pattern that matches counts. */
  structuredOutput: z.array(
    z.strictObject({ pattern: z.string(), value: capabilitiesSchema.shape.structuredOutput, source: z.string() }),
  ),
});

const curation = curationSchema.parse(curationData);
const routerNames = z.record(z.string(), z.array(z.string()).min(1)).parse(routerNamesData);

/** Our id of a provider that models.dev lists. */
export function curatedProviderId(modelsDevId: string): string {
  return curation.providerIds[modelsDevId] ?? modelsDevId;
}

/** Why a listed model does not belong in a catalogue of chat and embedding models, or undefined when it does. */
export function exclusionOf(modelId: string): string | undefined {
  return curation.exclude.find((entry) => modelMatches(entry.pattern, modelId))?.why;
}

/** What the provider's documentation says of structured output where models.dev is silent or wrong. */
export function curatedStructuredOutput(modelId: string): Capabilities['structuredOutput'] | undefined {
  return curation.structuredOutput.find((entry) => modelMatches(entry.pattern, modelId))?.value;
}

/** Names under which evaluations know this very model or a snapshot of it, best first. */
export function curatedRouterNames(modelId: string): string[] {
  return [...(routerNames[modelId] ?? [])];
}
