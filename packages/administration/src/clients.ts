import { type Client, clientInputSchema, GatewayError, limitsSchema, samplingSchema } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { z } from 'zod';
import { findClient } from './find-client.ts';
import { nearestName } from './nearest-name.ts';
import { parseInput } from './parse-input.ts';

type Storage = Pick<Repositories, 'clients' | 'policies'>;

/**
 * Creates a client.
 * @param input a `ClientInput`.
 * @throws {GatewayError} `invalid_request`; `conflict` when the name is taken; `not_found` when its policy does not exist.
 */
export async function createClient(repositories: Storage, input: unknown): Promise<Client> {
  const checked = parseInput(clientInputSchema, input);
  await refuseTakenName(repositories, checked.name);
  await requirePolicy(repositories, checked.policy, undefined);
  return repositories.clients.create(checked);
}

/** All clients, disabled ones included, in the order of their creation. */
export async function listClients(repositories: Storage): Promise<Client[]> {
  return repositories.clients.list();
}

const limitPatchSchema = z.strictObject({
  requestsPerMinute: limitsSchema.shape.requestsPerMinute.nullable(),
  tokensPerMinute: limitsSchema.shape.tokensPerMinute.nullable(),
  budgetDayUsd: limitsSchema.shape.budgetDayUsd.nullable(),
  budgetMonthUsd: limitsSchema.shape.budgetMonthUsd.nullable(),
});
const cacheShape = clientInputSchema.shape.cache.unwrap().shape;
export const clientPatchSchema = z.strictObject({
  name: clientInputSchema.shape.name.optional(),
  /** Null lifts a limit; what is absent stays. */
  limits: limitPatchSchema.optional(),
  cache: z
    .strictObject({ enabled: cacheShape.enabled.optional(), ttlSeconds: cacheShape.ttlSeconds.optional() })
    .optional(),
  policy: z.string().optional(),
  /** Null lets the client's requests go anywhere. */
  regions: z.array(z.string()).nullable().optional(),
  /** Null: nothing is kept from now on; what is stored stays until its time or until it is erased. */
  sampling: samplingSchema.nullable().optional(),
});
export type ClientPatch = z.input<typeof clientPatchSchema>;

/**
 * Changes what the patch names of a client and leaves the rest.
 * @param input `client`: id or name; `patch`: a `ClientPatch`.
 * @throws {GatewayError} `invalid_request`, `not_found`, `conflict`.
 */
export async function updateClient(repositories: Storage, input: { client: string; patch: unknown }): Promise<Client> {
  const patch = parseInput(clientPatchSchema, input.patch);
  const client = await findClient(repositories, input.client);
  if (patch.name !== undefined && patch.name !== client.name) await refuseTakenName(repositories, patch.name);
  if (patch.policy !== undefined) await requirePolicy(repositories, patch.policy, client.id);
  const updated = await repositories.clients.update(client.id, {
    ...(patch.name !== undefined && { name: patch.name }),
    ...(patch.policy !== undefined && { policy: patch.policy }),
    ...(patch.limits !== undefined && { limits: withoutNulls({ ...client.limits, ...patch.limits }) }),
    ...(patch.cache !== undefined && { cache: { ...client.cache, ...withoutNulls(patch.cache) } }),
    ...(patch.regions !== undefined && { regions: patch.regions ?? undefined }),
    ...(patch.sampling !== undefined && { sampling: patch.sampling ?? undefined }),
  });
  return updated ?? client;
}

/** Refuses the client's requests from now on; its records stay. */
export async function disableClient(repositories: Storage, input: { client: string }): Promise<Client> {
  const client = await findClient(repositories, input.client);
  return (await repositories.clients.disable(client.id)) ?? client;
}

/** Takes a `disableClient` back. */
export async function enableClient(repositories: Storage, input: { client: string }): Promise<Client> {
  const client = await findClient(repositories, input.client);
  return (await repositories.clients.enable(client.id)) ?? client;
}

async function refuseTakenName(repositories: Storage, name: string): Promise<void> {
  const taken = (await repositories.clients.list()).find((client) => client.name === name);
  if (taken === undefined) return;
  const message = `There is already a client named "${name}" (${taken.id}); choose another name.`;
  throw new GatewayError('conflict', message, { param: 'name' });
}

async function requirePolicy(repositories: Storage, name: string, clientId: string | undefined): Promise<void> {
  const [global, own] = await Promise.all([
    repositories.policies.list(null),
    clientId === undefined ? [] : repositories.policies.list(clientId),
  ]);
  const names = [...own, ...global].map((policy) => policy.name);
  if (names.includes(name)) return;
  const near = nearestName(name, names);
  const hint =
    near === undefined ? `Use one of: ${names.join(', ')}; or put the policy first.` : `Did you mean "${near}"?`;
  throw new GatewayError('not_found', `There is no policy "${name}". ${hint}`, { param: 'policy' });
}

function withoutNulls<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}
