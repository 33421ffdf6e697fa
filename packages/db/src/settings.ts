import { eq, sql } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { settings } from './schema.ts';

/** Any JSON under a key: what an operator changes while the system runs. */
export function settingsRepository(database: Database) {
  return {
    /** The value, unvalidated: its reader owns the schema. Undefined when it was never put. */
    async get(key: string): Promise<unknown> {
      const [row] = await database.orm.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
      return row?.value;
    },
    /** Stores any JSON value, null included. */
    async put(key: string, value: unknown): Promise<void> {
      await database.orm.transaction(async (transaction) => {
        await transaction.execute(turnOf(key));
        await write(transaction, key, value);
      });
    },
    /**
     * Replaces a value by what `change` makes of it, undefined when it was never put; returns the new one. Two callers at
     * once change it one after the other. When `change` throws nothing is stored.
     */
    async change<Value>(key: string, change: (value: unknown) => Value): Promise<Value> {
      return database.orm.transaction(async (transaction) => {
        await transaction.execute(turnOf(key));
        const [row] = await transaction.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
        const value = change(row?.value);
        await write(transaction, key, value);
        return value;
      });
    },
  };
}

/**
 * Writers of one key wait for each other here, before any row is locked: a trigger locks the configuration's revision as
 * well, and two who hold one of the two locks each would block each other.
 */
const turnOf = (key: string) => sql`select pg_advisory_xact_lock(hashtext('pointsman.settings'), hashtext(${key}))`;

async function write(queries: Pick<Database['orm'], 'insert'>, key: string, value: unknown): Promise<void> {
  const json = jsonOf(value);
  await queries
    .insert(settings)
    .values({ key, value: json })
    .onConflictDoUpdate({ target: settings.key, set: { value: json, updatedAt: sql`now()` } });
}

/** A parameter of drizzle's jsonb would turn a JSON null into an SQL one. */
const jsonOf = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
