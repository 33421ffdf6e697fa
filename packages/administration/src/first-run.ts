import { type ApiKey, type Client, GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { randomPassword } from './users.ts';

export type FirstRun = {
  client: Client;
  key: ApiKey;
  /** The key itself, shown once. */
  secret: string;
  /** Shown once. */
  operator: { email: string; password: string };
};

// A mailbox that exists nowhere: RFC 2606 reserves the name, so nothing sent to it can reach a stranger.
const OPERATOR = 'operator@pointsman.example';

/**
 * Makes a fresh installation usable: the first client, a key for it and an operator who may sign in, all returned once.
 * Undefined when there is anybody already: it is safe to call at every start, and by several gateways at once.
 */
export async function firstRun(
  repositories: Pick<Repositories, 'clients' | 'keys' | 'users'>,
): Promise<FirstRun | undefined> {
  const [clients, users] = await Promise.all([repositories.clients.list(), repositories.users.list()]);
  if (clients.length > 0 || users.length > 0) return undefined;
  const operator = { email: OPERATOR, password: randomPassword() };
  // The address is unique: of several gateways that start at once only one gets past this line.
  if (!(await createOnce(repositories, operator))) return undefined;
  const client = await repositories.clients.create({ name: 'default' });
  const { key, secret } = await repositories.keys.issue({
    clientId: client.id,
    name: 'first key',
    scopes: ['inference', 'read', 'admin'],
  });
  return { client, key, secret, operator };
}

async function createOnce(repositories: Pick<Repositories, 'users'>, operator: FirstRun['operator']): Promise<boolean> {
  try {
    await repositories.users.create({ ...operator, role: 'operator' });
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'conflict') return false;
    throw error;
  }
}
