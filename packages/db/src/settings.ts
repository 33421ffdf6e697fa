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
      const json = jsonOf(value);
      await database.orm
        .insert(settings)
        .values({ key, value: json })
        .onConflictDoUpdate({ target: settings.key, set: { value: json, updatedAt: sql`now()` } });
    },
    /**
     * Replaces a value by what `change` makes of it, undefined when it was never put; returns the new one. Two callers at
     * once change it one after the other. When `change` throws nothing is stored.
     */
    async change<Value>(key: string, change: (value: unknown) => Value): Promise<Value> {
      return database.orm.transaction(async (transaction) => {
        const locked = () =>
          transaction.select({ value: settings.value }).from(settings).where(eq(settings.key, key)).for('update');
        // The row's lock before that of the revision, as `put` takes them: in the other order two callers block each other.
        let [row] = await locked();
        if (row === undefined) {
          const made = { key, value: jsonOf(null) };
          const fresh = await transaction
            .insert(settings)
            .values(made)
            .onConflictDoNothing()
            .returning({ key: settings.key });
          if (fresh.length === 0) [row] = await locked();
        }
        const value = change(row?.value);
        await transaction
          .update(settings)
          .set({ value: jsonOf(value), updatedAt: sql`now()` })
          .where(eq(settings.key, key));
        return value;
      });
    },
  };
}

/** A parameter of drizzle's jsonb would turn a JSON null into an SQL one. */
const jsonOf = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
