import type { Client } from '@pointsman/contracts';
import type { z } from 'zod';
import type { clientPatchSchema } from './clients.ts';

type Patch = z.output<typeof clientPatchSchema>;

/**
 * What of a patch its client's owner may not do alone, or undefined. An owner may tighten what the operator granted (limits,
 * budgets, regions), never loosen it: the operator pays the providers and answers for where data goes. Cache, default policy
 * and sampling are the client's own business. The name is the operator's: it tells clients apart.
 */
export function ownerPatchProblem(client: Client, patch: Patch): string | undefined {
  if (patch.name !== undefined && patch.name !== client.name) return 'name: only an operator renames a client.';
  for (const [field, wanted] of Object.entries(patch.limits ?? {})) {
    const granted = client.limits[field as keyof Client['limits']];
    if (granted === undefined || wanted === undefined) continue;
    if (wanted === null || wanted > granted) {
      const asked = wanted === null ? 'lifted' : `raised to ${wanted}`;
      return `limits.${field}: it is ${granted} and can be lowered by the client's owner, but ${asked} only by an operator.`;
    }
  }
  const { regions } = client;
  if (patch.regions === undefined || regions === undefined) return undefined;
  const added = patch.regions === null ? ['any'] : patch.regions.filter((region) => !regions.includes(region));
  if (added.length === 0) return undefined;
  return `regions: they are ${regions.join(', ')} and can be narrowed by the client's owner; ${added.join(', ')} takes an operator.`;
}
