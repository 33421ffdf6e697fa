import { createServer } from 'node:http';
import { DataDirectoryInUse } from '../embedded/owner-lock.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';
import { dropLeftovers } from './test-databases.ts';

/** Where tests find a server: one that is given, or a broker that starts one when first asked. */
export const TEST_SERVER_VARIABLES = {
  given: 'POINTSMAN_TEST_DATABASE_URL',
  broker: 'POINTSMAN_TEST_POSTGRES_BROKER',
} as const;

export type TestServerBroker = {
  /** Answers GET with the connection string, starting the server for the first one. */
  url: string;
  /** Stops the server, if it was ever started. */
  close(): Promise<void>;
};

// Nothing in a test database has to survive the machine.
const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
};
const MOST_PARALLEL_RUNS = 16;

/** A server in the first of several directories that no other test run is using: directories stay, so starting is quick. */
async function startInFreeSlot(baseDir: string): Promise<EmbeddedPostgres> {
  for (let slot = 0; slot < MOST_PARALLEL_RUNS; slot += 1) {
    try {
      const server = await startEmbeddedPostgres({ dataDir: `${baseDir}/slot-${slot}`, settings: FAST_SETTINGS });
      await dropLeftovers(server.url);
      return server;
    } catch (error) {
      if (!(error instanceof DataDirectoryInUse)) throw error;
    }
  }
  throw new Error(`${MOST_PARALLEL_RUNS} test runs are using ${baseDir} already`);
}

/** A loopback address that starts an embedded server when a test first needs one, so that a run without such tests starts none. */
export async function openTestServerBroker(baseDir: string): Promise<TestServerBroker> {
  let server: Promise<EmbeddedPostgres> | undefined;
  const broker = createServer((_request, response) => {
    server ??= startInFreeSlot(baseDir);
    server.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    broker.once('error', reject);
    broker.listen(0, '127.0.0.1', resolve);
  });
  broker.unref();
  const address = broker.address();
  if (address === null || typeof address === 'string') throw new Error('the broker has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      broker.closeAllConnections();
      await new Promise((resolve) => broker.close(resolve));
      await (await server?.catch(() => undefined))?.stop();
    },
  };
}

/**
 * The connection string of the server that tests may create databases on.
 * @throws Error that says how to run tests when the environment names neither a server nor a broker.
 */
export async function findTestServer(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const given = environment[TEST_SERVER_VARIABLES.given];
  if (given !== undefined && given !== '') return given;
  const broker = environment[TEST_SERVER_VARIABLES.broker];
  if (broker === undefined) {
    throw new Error(
      `no PostgreSQL for tests: run vitest from the project root (its globalSetup provides one) or set ${TEST_SERVER_VARIABLES.given}`,
    );
  }
  const response = await fetch(broker);
  const body = await response.text();
  if (!response.ok) throw new Error(`the PostgreSQL for tests did not start: ${body}`);
  return body;
}
