import { createTestDatabase, findTestServer, type TestDatabase } from '@pointsman/db/testing';

/**
 * A fresh, migrated database for one test file; call `drop` in `afterAll`. The server is the one of
 * POINTSMAN_TEST_DATABASE_URL, or an embedded one that this test run starts when first asked and stops at its end.
 */
export async function testDatabase(): Promise<TestDatabase> {
  return createTestDatabase(await findTestServer(process.env));
}
