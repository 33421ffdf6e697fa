import { GatewayError, type Policy, policySchema } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { findClient } from './find-client.ts';
import { nearestName } from './nearest-name.ts';
import { parseInput } from './parse-input.ts';

type Storage = Pick<Repositories, 'clients' | 'policies'>;
/** Absent: the policies of everybody. */
type Owner = { client?: string | undefined };

/**
 * What the fields of a policy on their own do not say: whether they go together.
 * @throws {GatewayError} `invalid_request`.
 */
export function checkPolicy({ weights, floor, kind }: Policy): void {
  if (Object.values(weights).length > 0 && Object.values(weights).every((weight) => weight === 0)) {
    throw new GatewayError(
      'invalid_request',
      'weights: all are 0; give at least one dimension a weight, or none at all.',
      { param: 'weights' },
    );
  }
  if (floor !== undefined && kind !== 'minimise-cost') {
    throw new GatewayError(
      'invalid_request',
      `floor: a policy with a floor is minimise-cost, this one is ${kind}; leave out one of the two.`,
      { param: 'floor' },
    );
  }
}

/**
 * Creates or replaces a policy, of one client (by id or name) or of everybody.
 * @throws {GatewayError} `invalid_request`, `not_found`.
 */
export async function putPolicy(repositories: Storage, input: Owner & { policy: unknown }): Promise<Policy> {
  const policy = parseInput(policySchema, input.policy);
  checkPolicy(policy);
  await repositories.policies.put(policy, await ownerId(repositories, input));
  return policy;
}

/** The policies of one client (without the global ones) or the global ones. */
export async function listPolicies(repositories: Storage, input: Owner = {}): Promise<Policy[]> {
  return repositories.policies.list(await ownerId(repositories, input));
}

/**
 * The policy of this name that a client's requests go by, its own or else the installation's.
 * @throws {GatewayError} `not_found`.
 */
export async function findPolicy(repositories: Storage, input: Owner & { name: string }): Promise<Policy> {
  const own = await listPolicies(repositories, input);
  const all = input.client === undefined ? own : [...own, ...(await listPolicies(repositories))];
  const policy = all.find(({ name }) => name === input.name);
  if (policy !== undefined) return policy;
  const names = all.map(({ name }) => name);
  throw new GatewayError('not_found', missing(input.name, names), { param: 'name' });
}

/**
 * Removes a policy that no client uses.
 * @throws {GatewayError} `not_found`; `conflict` for the global `default` and for a policy in use.
 */
export async function removePolicy(repositories: Storage, input: Owner & { name: string }): Promise<void> {
  const clientId = await ownerId(repositories, input);
  const { name } = input;
  const names = (await repositories.policies.list(clientId)).map((policy) => policy.name);
  if (!names.includes(name)) throw new GatewayError('not_found', missing(name, names), { param: 'name' });
  if (clientId === null && name === 'default') {
    throw new GatewayError('conflict', 'The global policy "default" cannot be removed; put another one in its place.');
  }
  const users = await usersOf(repositories, name, clientId);
  if (users.length > 0) {
    throw new GatewayError(
      'conflict',
      `The policy "${name}" is in use by ${users.join(', ')}; give them another policy first.`,
    );
  }
  await repositories.policies.remove(name, clientId);
}

async function ownerId(repositories: Storage, { client }: Owner): Promise<string | null> {
  return client === undefined ? null : (await findClient(repositories, client)).id;
}

/** The clients whose `auto` would lose its policy: own policies hide global ones of the same name. */
async function usersOf(repositories: Storage, name: string, clientId: string | null): Promise<string[]> {
  const clients = await repositories.clients.list();
  const candidates = clients.filter(
    (client) => client.policy === name && (clientId === null || client.id === clientId),
  );
  const users: string[] = [];
  for (const client of candidates) {
    const others = await repositories.policies.list(clientId === null ? client.id : null);
    if (!others.some((policy) => policy.name === name)) users.push(client.name);
  }
  return users;
}

function missing(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  const hint = near === undefined ? `There are: ${names.join(', ') || 'none'}.` : `Did you mean "${near}"?`;
  return `There is no policy "${name}" here. ${hint}`;
}
