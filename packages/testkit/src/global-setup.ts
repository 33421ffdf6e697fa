import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { openTestServerBroker, TEST_SERVER_VARIABLES, type TestServerBroker } from '@pointsman/db/testing';
import { projectRoot } from './project-root.ts';

let broker: TestServerBroker | undefined;

/** One directory per checkout and user, kept between runs: making a cluster takes longer than starting one. */
function serverDirectory(): string {
  const owner = createHash('sha256').update(`${process.getuid?.()} ${projectRoot()}`).digest('hex').slice(0, 12);
  return `${tmpdir()}/pointsman-test-${owner}`;
}

/** Before any test: offers an embedded PostgreSQL to the workers, which inherit this environment. */
export async function setup(): Promise<void> {
  if (process.env[TEST_SERVER_VARIABLES.given]) return;
  broker = await openTestServerBroker(serverDirectory());
  process.env[TEST_SERVER_VARIABLES.broker] = broker.url;
}

/** After all tests: no server stays behind. */
export async function teardown(): Promise<void> {
  await broker?.close();
  broker = undefined;
}
