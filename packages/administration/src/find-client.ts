import { type Client, GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { nearestName } from './nearest-name.ts';

/**
 * The client with this id, or else with exactly this name.
 * @throws {GatewayError} `not_found`, with the client that was probably meant; `conflict` when several have the name.
 */
export async function findClient(repositories: Pick<Repositories, 'clients'>, reference: string): Promise<Client> {
  const clients = await repositories.clients.list();
  const byId = clients.find(({ id }) => id === reference);
  if (byId !== undefined) return byId;
  const [first, ...others] = clients.filter(({ name }) => name === reference);
  if (first === undefined) throw new GatewayError('not_found', notFound(reference, clients), { param: 'client' });
  if (others.length === 0) return first;
  const ids = [first, ...others].map(({ id }) => id).join(', ');
  throw new GatewayError('conflict', `Several clients are named "${reference}"; name one by its id: ${ids}.`, {
    param: 'client',
  });
}

function notFound(reference: string, clients: readonly Client[]): string {
  if (clients.length === 0) return `There is no client "${reference}": there are no clients yet. Create one first.`;
  const near = nearestName(
    reference,
    clients.map(({ name }) => name),
  );
  const hint = near === undefined ? 'List the clients to see their names and ids.' : `Did you mean "${near}"?`;
  return `There is no client with the id or name "${reference}". ${hint}`;
}
