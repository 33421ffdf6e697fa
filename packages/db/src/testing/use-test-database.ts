import { afterAll, beforeAll } from 'vitest';
import { type Repositories, repositories } from '../repositories.ts';
import { createTestDatabase, type TestDatabase } from './test-databases.ts';
import { findTestServer } from './test-server.ts';

/** A database for the tests of the calling file, made before the first and dropped after the last. */
export function useTestDatabase(): { get: () => TestDatabase; repositories: () => Repositories } {
  let test: TestDatabase | undefined;
  let made: Repositories | undefined;
  beforeAll(async () => {
    test = await createTestDatabase(await findTestServer(process.env));
    made = repositories(test.database);
  });
  afterAll(async () => test?.drop());
  const ready = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the test database is made in beforeAll; use it inside a test');
    return value;
  };
  return { get: () => ready(test), repositories: () => ready(made) };
}
