import type { Database } from './open-database.ts';
import { configRevision } from './schema.ts';

/**
 * A number that grows with every change to clients, keys, policies, users, catalogues or settings. A gateway polls it
 * and drops its caches when it moved; whoever reads n sees every change up to n.
 */
export async function readConfigRevision(database: Database): Promise<number> {
  const [row] = await database.orm.select({ revision: configRevision.revision }).from(configRevision);
  if (row === undefined) throw new Error('config_revision has no row; was the database migrated?');
  return row.revision;
}
