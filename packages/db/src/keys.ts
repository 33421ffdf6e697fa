import {
  type ApiKey,
  type Client,
  GatewayError,
  type KeyInput,
  keyInputSchema,
  type Policy,
} from '@pointsman/contracts';
import { asc, eq, sql } from 'drizzle-orm';
import { clientOf } from './clients.ts';
import type { Database } from './open-database.ts';
import { parseStored } from './parse-stored.ts';
import { effectivePolicies } from './policies.ts';
import { apiKeys, clients } from './schema.ts';
import { hashSecret, hashSecretHex, newSecret } from './secret-tokens.ts';
import { errorCode } from './storage-unavailable.ts';

export type KeyHolder = {
  /** May be expired or revoked, its client disabled: whoever caches it has to check the times anyway. */
  key: ApiKey;
  client: Client;
  /** The client's own and the global ones it does not hide, by name. */
  policies: Policy[];
};

const SECRET_PREFIX = 'pm_';
const SHOWN_CHARACTERS = 10;
const FOREIGN_KEY_VIOLATION = '23503';
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** What `findByHash` looks a key up by: the SHA-256 of the secret, in hex. */
export const hashKey = hashSecretHex;

function keyOf(row: typeof apiKeys.$inferSelect): ApiKey {
  return {
    id: row.id,
    clientId: row.clientId,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    limits: parseStored(keyInputSchema.shape.limits.unwrap(), row.limits),
    expiresAt: row.expiresAt?.toISOString(),
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString(),
  };
}

/** Keys: issued once, found by hash, revoked, never deleted. */
export function keysRepository(database: Database) {
  const { orm } = database;
  return {
    /**
     * Makes a key. The secret is in the result and nowhere else.
     * @throws GatewayError `not_found` when the client does not exist.
     */
    async issue(input: KeyInput): Promise<{ key: ApiKey; secret: string }> {
      const { expiresAt, ...rest } = keyInputSchema.parse(input);
      const secret = newSecret(SECRET_PREFIX);
      try {
        const [row] = await orm
          .insert(apiKeys)
          .values({
            ...rest,
            hash: hashSecret(secret),
            prefix: secret.slice(0, SHOWN_CHARACTERS),
            expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
          })
          .returning();
        if (row === undefined) throw new Error('the insert returned no key');
        return { key: keyOf(row), secret };
      } catch (error) {
        if (errorCode(error) !== FOREIGN_KEY_VIOLATION) throw error;
        throw new GatewayError('not_found', `there is no client '${input.clientId}'`, { param: 'clientId' });
      }
    },
    /** Keys of one client or of all, oldest first, revoked and expired ones included. */
    async list(clientId?: string): Promise<ApiKey[]> {
      const rows = await orm
        .select()
        .from(apiKeys)
        .where(clientId === undefined ? undefined : eq(apiKeys.clientId, clientId))
        .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
      return rows.map(keyOf);
    },
    /** Ends a key for good; undefined when there is none of this id. */
    async revoke(id: string): Promise<ApiKey | undefined> {
      const [row] = await orm
        .update(apiKeys)
        .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
        .where(eq(apiKeys.id, id))
        .returning();
      return row === undefined ? undefined : keyOf(row);
    },
    /** Everything that authentication and admission need, by `hashKey` of the secret. */
    async findByHash(hash: string): Promise<KeyHolder | undefined> {
      if (!SHA256_HEX.test(hash)) return undefined;
      const [row] = await orm
        .select({ key: apiKeys, client: clients })
        .from(apiKeys)
        .innerJoin(clients, eq(clients.id, apiKeys.clientId))
        .where(eq(apiKeys.hash, Buffer.from(hash, 'hex')));
      if (row === undefined) return undefined;
      return {
        key: keyOf(row.key),
        client: clientOf(row.client),
        policies: await effectivePolicies(database, row.client.id),
      };
    },
  };
}
