import { DEFAULT_POLICY, GatewayError, type Policy, type PolicyInput, policySchema } from '@pointsman/contracts';
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { parseStored } from './parse-stored.ts';
import { policies } from './schema.ts';
import { errorCode } from './storage-unavailable.ts';

const FOREIGN_KEY_VIOLATION = '23503';

const ownedBy = (clientId: string | null) =>
  clientId === null ? isNull(policies.clientId) : eq(policies.clientId, clientId);
const policyOf = ({ body }: { body: unknown }): Policy => parseStored(policySchema, body);

/** A policy as a client's requests can go by it. */
export type EffectivePolicy = {
  policy: Policy;
  /** Of everybody who has none of this name of their own. */
  isGlobal: boolean;
  /** ISO instant. */
  changedAt: string;
};

async function effectiveEntries(database: Database, clientId: string): Promise<EffectivePolicy[]> {
  const rows = await database.orm
    .select()
    .from(policies)
    .where(or(isNull(policies.clientId), eq(policies.clientId, clientId)))
    .orderBy(asc(policies.name));
  const taken = new Set(rows.filter((row) => row.clientId !== null).map(({ name }) => name));
  return rows
    .filter((row) => row.clientId !== null || !taken.has(row.name))
    .map((row) => ({
      policy: policyOf(row),
      isGlobal: row.clientId === null,
      changedAt: row.updatedAt.toISOString(),
    }));
}

/** The policies a client may use, by name: its own, and the global ones whose name it has not taken. */
export async function effectivePolicies(database: Database, clientId: string): Promise<Policy[]> {
  return (await effectiveEntries(database, clientId)).map(({ policy }) => policy);
}

/** Policies: global with `null` for the client, or a client's own. */
export function policiesRepository(database: Database) {
  const { orm } = database;
  return {
    /**
     * Adds a policy or replaces the one of the same name.
     * @throws GatewayError `not_found` when the client does not exist.
     */
    async put(policy: PolicyInput, clientId: string | null): Promise<Policy> {
      const body = policySchema.parse(policy);
      try {
        await orm
          .insert(policies)
          .values({ clientId, name: body.name, body })
          .onConflictDoUpdate({ target: [policies.clientId, policies.name], set: { body, updatedAt: sql`now()` } });
      } catch (error) {
        if (errorCode(error) !== FOREIGN_KEY_VIOLATION) throw error;
        throw new GatewayError('not_found', `there is no client '${clientId}'`);
      }
      return body;
    },
    /** Those a client may use: its own, and the global ones whose name it has not taken. */
    effective: (clientId: string): Promise<Policy[]> => effectivePolicies(database, clientId),
    /** The same, with whose they are and when they last changed. */
    effectiveEntries: (clientId: string): Promise<EffectivePolicy[]> => effectiveEntries(database, clientId),
    /** Exactly the global ones, or exactly the client's own, by name. */
    async list(clientId: string | null): Promise<Policy[]> {
      const rows = await orm.select().from(policies).where(ownedBy(clientId)).orderBy(asc(policies.name));
      return rows.map(policyOf);
    },
    /**
     * Removes a policy; false when there was none.
     * @throws GatewayError `conflict` for the global default, which every client without a policy of its own needs.
     */
    async remove(name: string, clientId: string | null): Promise<boolean> {
      if (clientId === null && name === DEFAULT_POLICY.name) {
        throw new GatewayError('conflict', `the global policy '${name}' cannot be removed; put another in its place`);
      }
      const removed = await orm
        .delete(policies)
        .where(and(ownedBy(clientId), eq(policies.name, name)))
        .returning({ name: policies.name });
      return removed.length > 0;
    },
  };
}
