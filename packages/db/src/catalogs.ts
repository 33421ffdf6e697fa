import { type Catalog, catalogSchema } from '@pointsman/contracts';
import { desc, eq, sql } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { catalogs } from './schema.ts';

export type SavedCatalog = { version: string; note: string; savedAt: string; active: boolean };

/** Every catalogue that was ever active, by its version: decisions refer to them. */
export function catalogsRepository(database: Database) {
  return {
    /** Stores a catalogue, if its version is new, and makes it the active one. */
    async save(catalog: Catalog, note: string): Promise<void> {
      await database.orm
        .insert(catalogs)
        .values({ version: catalog.version, body: catalogSchema.parse(catalog), note })
        .onConflictDoUpdate({
          target: catalogs.version,
          set: { note, activation: sql`nextval('catalog_activations')`, savedAt: sql`now()` },
        });
    },
    /** The catalogue saved last; undefined before the first. */
    async active(): Promise<Catalog | undefined> {
      const [row] = await database.orm
        .select({ body: catalogs.body })
        .from(catalogs)
        .orderBy(desc(catalogs.activation))
        .limit(1);
      return row === undefined ? undefined : catalogSchema.parse(row.body);
    },
    /** Undefined when there is none of this version. */
    async get(version: string): Promise<Catalog | undefined> {
      const [row] = await database.orm
        .select({ body: catalogs.body })
        .from(catalogs)
        .where(eq(catalogs.version, version));
      return row === undefined ? undefined : catalogSchema.parse(row.body);
    },
    /** All of them, the active one first. */
    async list(): Promise<SavedCatalog[]> {
      const rows = await database.orm
        .select({ version: catalogs.version, note: catalogs.note, savedAt: catalogs.savedAt })
        .from(catalogs)
        .orderBy(desc(catalogs.activation));
      return rows.map((row, index) => ({ ...row, savedAt: row.savedAt.toISOString(), active: index === 0 }));
    },
  };
}
