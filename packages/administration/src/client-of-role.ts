import { GatewayError, type Role } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { findClient } from './find-client.ts';

/** Those who belong to one client. */
export const CLIENT_ROLES: readonly Role[] = ['client-owner', 'client-member'];

/**
 * The id of the client that somebody of this role belongs to: owners and members have one, the others must not.
 * @param reference id or name.
 * @throws {GatewayError} `invalid_request`, `not_found`.
 */
export async function clientOfRole(
  repositories: Pick<Repositories, 'clients'>,
  role: Role,
  reference: string | undefined,
): Promise<string | undefined> {
  const needsClient = CLIENT_ROLES.includes(role);
  if (needsClient && reference === undefined) {
    throw new GatewayError('invalid_request', `client: a ${role} belongs to a client; name one.`, { param: 'client' });
  }
  if (!needsClient && reference !== undefined) {
    throw new GatewayError('invalid_request', `client: a ${role} works for all clients; leave it out.`, {
      param: 'client',
    });
  }
  return reference === undefined ? undefined : (await findClient(repositories, reference)).id;
}
