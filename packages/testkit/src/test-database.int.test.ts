import { repositories } from '@pointsman/db';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { testDatabase } from './test-database.ts';

describe('testDatabase', () => {
  it('gives a migrated database that is gone when dropped', async () => {
    const { database, url, drop } = await testDatabase();
    expect((await repositories(database).policies.list(null)).map(({ name }) => name)).toEqual(['default']);
    await drop();
    await expect(new Client({ connectionString: url }).connect()).rejects.toThrow(/does not exist/);
  });
});
