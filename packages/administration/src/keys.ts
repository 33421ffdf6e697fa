import {
  type ApiKey,
  GatewayError,
  type IssuedKey,
  keyInputSchema,
  keyPatchSchema,
  rotateKeySchema,
} from '@pointsman/contracts';
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
): Promise<IssuedKey> {
  const { client: reference, ...fields } = input;
  const checked = parseInput(issueInputSchema, fields);
  refusePast(checked.expiresAt, nowMs);
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
 * Changes a key's name, expiry or limits; in force within a second.
 * @param input `key`: its id or prefix; `patch`: a `KeyPatch`.
 * @throws {GatewayError} `invalid_request`, `not_found`; `conflict` when the key is revoked.
 */
export async function updateKey(
  repositories: Storage,
  input: { key: string; patch: unknown },
  nowMs: number,
): Promise<ApiKey> {
  const patch = parseInput(keyPatchSchema, input.patch);
  refusePast(patch.expiresAt ?? undefined, nowMs);
  const key = await findKey(repositories, input.key);
  if (key.revokedAt !== undefined) throw revoked(key);
  return (await repositories.keys.update(key.id, patch)) ?? key;
}

const DAY_MS = 86_400_000;

/**
 * Gives a key a new secret; everything else of it stays. A secret from before the last rotation ends at once.
 * @param input `key`: its id or prefix; `graceDays`: for how long the old secret goes on working, 0 to 7, 1 unless said.
 * @throws {GatewayError} `invalid_request`, `not_found`; `conflict` when the key is revoked or has expired.
 */
export async function rotateKey(
  repositories: Storage,
  input: { key: string; graceDays?: unknown },
  nowMs: number,
): Promise<IssuedKey> {
  const { key: reference, ...fields } = input;
  const { graceDays } = parseInput(rotateKeySchema, fields);
  const key = await findKey(repositories, reference);
  if (key.revokedAt !== undefined) throw revoked(key);
  const previousUntil = graceDays === 0 ? undefined : new Date(nowMs + graceDays * DAY_MS);
  const rotated = await repositories.keys.rotate(key.id, { now: new Date(nowMs), previousUntil });
  if (rotated !== undefined) return rotated;
  throw new GatewayError(
    'conflict',
    `The key ${key.prefix}... expired on ${key.expiresAt}; change its expiry first, or issue a new key.`,
  );
}

/**
 * Ends a key: requests with it are refused within a second. Revoking a revoked key changes nothing.
 * @param input `key`: its id, or the prefix shown in lists where only one key has it.
 * @throws {GatewayError} `not_found`; `conflict` when several keys have the prefix.
 */
export async function revokeKey(repositories: Storage, input: { key: string }): Promise<ApiKey> {
  const key = await findKey(repositories, input.key);
  return (await repositories.keys.revoke(key.id)) ?? key;
}

async function findKey(repositories: Storage, reference: string): Promise<ApiKey> {
  const keys = await repositories.keys.list();
  const matching = keys.filter(({ id, prefix }) => id === reference || prefix === reference);
  const [key, ...others] = matching;
  if (key === undefined) {
    throw new GatewayError(
      'not_found',
      `There is no key with the id or prefix "${reference}". List the keys to see them.`,
      { param: 'key' },
    );
  }
  if (others.length === 0) return key;
  throw new GatewayError(
    'conflict',
    `Several keys begin with "${reference}": ${matching.map(({ id }) => id).join(', ')}. Name one by its id.`,
  );
}

function refusePast(expiresAt: string | undefined, nowMs: number): void {
  if (expiresAt === undefined || Date.parse(expiresAt) > nowMs) return;
  const message = `expiresAt: ${expiresAt} is past; a key must expire in the future.`;
  throw new GatewayError('invalid_request', message, { param: 'expiresAt' });
}

const revoked = (key: ApiKey) =>
  new GatewayError('conflict', `The key ${key.prefix}... was revoked on ${key.revokedAt}; issue a new one.`);
