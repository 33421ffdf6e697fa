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
      // A parameter of drizzle's jsonb would turn a JSON null into an SQL one.
      const json = sql`${JSON.stringify(value)}::jsonb`;
      await database.orm
        .insert(settings)
        .values({ key, value: json })
        .onConflictDoUpdate({ target: settings.key, set: { value: json, updatedAt: sql`now()` } });
    },
  };
}
