import {
  type ApiKey,
  type Client,
  GatewayError,
  type KeyInput,
  type KeyPatch,
  keyInputSchema,
  type Policy,
} from '@pointsman/contracts';
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
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

type KeyRow = typeof apiKeys.$inferSelect;

function keyOf(row: KeyRow): ApiKey {
  const { previousPrefix, previousUntil } = row;
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
    ...(previousPrefix !== null &&
      previousUntil !== null && { previous: { prefix: previousPrefix, until: previousUntil.toISOString() } }),
  };
}

/** The key as its former secret knows it: the same, under the old prefix, until the end of the grace. */
function formerKeyOf(row: KeyRow): ApiKey {
  const { previous, ...key } = keyOf(row);
  if (previous === undefined) return key;
  const until = key.expiresAt !== undefined && key.expiresAt < previous.until ? key.expiresAt : previous.until;
  return { ...key, prefix: previous.prefix, expiresAt: until };
}

const NO_PREVIOUS = { previousHash: null, previousPrefix: null, previousUntil: null };

const secretColumns = (secret: string) => ({
  hash: hashSecret(secret),
  prefix: secret.slice(0, SHOWN_CHARACTERS),
});

/** Changes keys that exist. */
function keyChanges({ orm }: Database) {
  return {
    /** Changes what the patch names; null lifts. Undefined when there is no key of this id. */
    async update(id: string, patch: KeyPatch): Promise<ApiKey | undefined> {
      const { name, expiresAt, limits } = patch;
      const set = {
        ...(name !== undefined && { name }),
        ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : new Date(expiresAt) }),
        // A null in the patch takes the limit out: unlimited is the absent one.
        ...(limits !== undefined && {
          limits: sql`jsonb_strip_nulls(${apiKeys.limits} || ${JSON.stringify(limits)}::jsonb)`,
        }),
      };
      const [row] =
        Object.keys(set).length === 0
          ? await orm.select().from(apiKeys).where(eq(apiKeys.id, id))
          : await orm.update(apiKeys).set(set).where(eq(apiKeys.id, id)).returning();
      return row === undefined ? undefined : keyOf(row);
    },
    /**
     * Gives the key a new secret; the one before works until `previousUntil`, or no more when that is absent. Undefined when
     * there is no key of this id, or it is revoked or expired.
     */
    async rotate(
      id: string,
      { now, previousUntil }: { now: Date; previousUntil: Date | undefined },
    ): Promise<{ key: ApiKey; secret: string } | undefined> {
      const secret = newSecret(SECRET_PREFIX);
      const kept = { previousHash: sql`hash`, previousPrefix: sql`prefix`, previousUntil: previousUntil ?? null };
      const [row] = await orm
        .update(apiKeys)
        .set({ ...secretColumns(secret), ...(previousUntil === undefined ? NO_PREVIOUS : kept) })
        .where(
          and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now))),
        )
        .returning();
      return row === undefined ? undefined : { key: keyOf(row), secret };
    },
    /** Ends a key for good, its former secret too; undefined when there is none of this id. */
    async revoke(id: string): Promise<ApiKey | undefined> {
      const [row] = await orm
        .update(apiKeys)
        .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())`, ...NO_PREVIOUS })
        .where(eq(apiKeys.id, id))
        .returning();
      return row === undefined ? undefined : keyOf(row);
    },
  };
}

/** Keys: issued once, found by hash, rotated, revoked, never deleted. */
export function keysRepository(database: Database) {
  const { orm } = database;
  return {
    ...keyChanges(database),
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
            ...secretColumns(secret),
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
    /** The UTC day of the last request with each of a client's keys, from the roll-ups; a key without requests is missing. */
    async lastUsed(clientId: string): Promise<ReadonlyMap<string, string>> {
      const { rows } = await database.pool.query<{ value: string; day: string }>(
        `select value, to_char(max(day), 'YYYY-MM-DD') as day from decision_rollups
         where facet = 'key' and client_id = $1 group by value`,
        [clientId],
      );
      return new Map(rows.map(({ value, day }) => [value, day]));
    },
    /** Everything that authentication and admission need, by `hashKey` of the secret or of the one before a rotation. */
    async findByHash(hash: string): Promise<KeyHolder | undefined> {
      if (!SHA256_HEX.test(hash)) return undefined;
      const bytes = Buffer.from(hash, 'hex');
      const [row] = await orm
        .select({ key: apiKeys, client: clients })
        .from(apiKeys)
        .innerJoin(clients, eq(clients.id, apiKeys.clientId))
        .where(or(eq(apiKeys.hash, bytes), eq(apiKeys.previousHash, bytes)));
      if (row === undefined) return undefined;
      return {
        key: row.key.hash.equals(bytes) ? keyOf(row.key) : formerKeyOf(row.key),
        client: clientOf(row.client),
        policies: await effectivePolicies(database, row.client.id),
      };
    },
  };
}
