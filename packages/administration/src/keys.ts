import { type ApiKey, GatewayError, keyInputSchema } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { findClient } from './find-client.ts';
import { parseInput } from './parse-input.ts';

type Storage = Pick<Repositories, 'clients' | 'keys'>;
const issueInputSchema = keyInputSchema.omit({ clientId: true });

/**
 * Issues a key. The secret is in this answer and nowhere else: only its hash is stored.
 * @param input `client`: id or name; the rest as in `KeyInput`. `nowMs`: milliseconds since the epoch.
 * @throws {GatewayError} `invalid_request`, `not_found`; `conflict` when the client is disabled.
 */
export async function issueKey(
  repositories: Storage,
  input: { client: string; [field: string]: unknown },
  nowMs: number,
): Promise<{ key: ApiKey; secret: string }> {
  const { client: reference, ...fields } = input;
  const checked = parseInput(issueInputSchema, fields);
  if (checked.expiresAt !== undefined && Date.parse(checked.expiresAt) <= nowMs) {
    const message = `expiresAt: ${checked.expiresAt} is past; a key must expire in the future.`;
    throw new GatewayError('invalid_request', message, { param: 'expiresAt' });
  }
  const client = await findClient(repositories, reference);
  if (client.disabledAt !== undefined) {
    throw new GatewayError(
      'conflict',
      `The client "${client.name}" is disabled since ${client.disabledAt}: a key would not work.`,
    );
  }
  return repositories.keys.issue({ ...checked, clientId: client.id });
}

/** The keys of one client (by id or name) or of all, revoked ones included; never a secret. */
export async function listKeys(repositories: Storage, input: { client?: string | undefined } = {}): Promise<ApiKey[]> {
  if (input.client === undefined) return repositories.keys.list();
  const client = await findClient(repositories, input.client);
  return repositories.keys.list(client.id);
}

/**
 * Ends a key: requests with it are refused within a second. Revoking a revoked key changes nothing.
 * @param input `key`: its id, or the prefix shown in lists where only one key has it.
 * @throws {GatewayError} `not_found`; `conflict` when several keys have the prefix.
 */
export async function revokeKey(repositories: Storage, input: { key: string }): Promise<ApiKey> {
  const keys = await repositories.keys.list();
  const matching = keys.filter(({ id, prefix }) => id === input.key || prefix === input.key);
  const [key, ...others] = matching;
  if (key === undefined) {
    throw new GatewayError(
      'not_found',
      `There is no key with the id or prefix "${input.key}". List the keys to see them.`,
      { param: 'key' },
    );
  }
  if (others.length > 0) {
    throw new GatewayError(
      'conflict',
      `Several keys begin with "${input.key}": ${matching.map(({ id }) => id).join(', ')}. Name one by its id.`,
    );
  }
  return (await repositories.keys.revoke(key.id)) ?? key;
}
