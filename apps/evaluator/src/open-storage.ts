import { type Configuration, embeddedDatabaseDir } from '@pointsman/administration';
import {
  findEmbeddedPostgres,
  migrate,
  openDatabase,
  type Repositories,
  repositories,
  startEmbeddedPostgres,
} from '@pointsman/db';

export type Storage = {
  repositories: Repositories;
  /** Where the database answers. */
  url: string;
  close(): Promise<void>;
};

/** Most connections of a short command, whose own query shows what goes wrong. */
const COMMAND_POOL = 2;

/**
 * The migrated storage that the configuration names: `DATABASE_URL`, else the embedded database. One that a gateway
 * runs is visited and left running; otherwise it runs as long as the storage is open.
 * @throws {StorageUnavailable} when the server does not answer; `DataDirectoryInUse` when a gateway is starting or stopping it.
 */
export async function openStorage(configuration: Configuration, poolSize: number = COMMAND_POOL): Promise<Storage> {
  const server = await openServer(configuration);
  const database = openDatabase({ url: server.url, applicationName: 'pointsman-cli', poolSize });
  const close = async (): Promise<void> => {
    await database.close();
    await server.stop();
  };
  try {
    await migrate(database);
    return { repositories: repositories(database), url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServer(configuration: Configuration): Promise<{ url: string; stop(): Promise<void> }> {
  const leaveIt = async (): Promise<void> => undefined;
  if (configuration.databaseUrl !== undefined) return { url: configuration.databaseUrl.reveal(), stop: leaveIt };
  const dataDir = embeddedDatabaseDir(configuration);
  const running = await findEmbeddedPostgres(dataDir);
  if (running !== undefined) return { url: running.url, stop: leaveIt };
  return startEmbeddedPostgres({ dataDir });
}
