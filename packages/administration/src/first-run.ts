import { type ApiKey, type Client, GatewayError } from '@pointsman/contracts';
import type { Repositories, User } from '@pointsman/db';
import { linkForPassword } from './invitations.ts';

export type FirstRun = {
  client: Client;
  key: ApiKey;
  /** The key itself, shown once. */
  secret: string;
  /** Who may sign in, once a password was set under the link of this token; shown once. */
  operator: { email: string; token: string };
};

type Storage = Pick<Repositories, 'clients' | 'keys' | 'users' | 'invitations'>;

// A mailbox that exists nowhere: RFC 2606 reserves the name, so nothing sent to it can reach a stranger.
const OPERATOR = 'operator@pointsman.example';

/**
 * Makes a fresh installation usable: the first client, a key for it and an operator with a link to set a password, all
 * returned once. Undefined when there is anybody already: it is safe to call at every start, and by several gateways at once.
 */
export async function firstRun(repositories: Storage, now: number): Promise<FirstRun | undefined> {
  const [clients, users] = await Promise.all([repositories.clients.list(), repositories.users.list()]);
  if (clients.length > 0 || users.length > 0) return undefined;
  // The address is unique: of several gateways that start at once only one gets past this line.
  const operator = await createOnce(repositories);
  if (operator === undefined) return undefined;
  const { token } = await linkForPassword(repositories, operator, { asker: { name: 'first run' }, now });
  const client = await repositories.clients.create({ name: 'default' });
  const { key, secret } = await repositories.keys.issue({
    clientId: client.id,
    name: 'first key',
    scopes: ['inference', 'read', 'admin'],
  });
  return { client, key, secret, operator: { email: operator.email, token } };
}

async function createOnce(repositories: Pick<Storage, 'users'>): Promise<User | undefined> {
  try {
    return await repositories.users.create({ email: OPERATOR, role: 'operator' });
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'conflict') return undefined;
    throw error;
  }
}
