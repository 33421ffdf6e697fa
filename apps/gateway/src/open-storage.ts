import { type Configuration, embeddedDatabaseDir } from '@pointsman/administration';
import {
  type Database,
  migrate,
  openDatabase,
  type Repositories,
  repositories,
  startEmbeddedPostgres,
} from '@pointsman/db';
import type { Log } from './logging/create-log.ts';

export type Storage = { database: Database; repositories: Repositories; close(): Promise<void> };

/** The configured PostgreSQL, or an embedded one in the data folder; migrated either way. */
export async function openStorage(configuration: Configuration, log: Log): Promise<Storage> {
  const given = configuration.databaseUrl?.reveal();
  const embedded =
    given === undefined
      ? await startEmbeddedPostgres({ dataDir: embeddedDatabaseDir(configuration), log: (line) => log.debug(line) })
      : undefined;
  const database = openDatabase({
    url: given ?? embedded?.url ?? '',
    applicationName: 'pointsman-gateway',
    onError: (error) => log.warn('a database connection was lost', { error: error.message }),
  });
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    await embedded?.stop();
    throw error;
  }
  return {
    database,
    repositories: repositories(database),
    async close() {
      await database.close();
      await embedded?.stop();
    },
  };
}
