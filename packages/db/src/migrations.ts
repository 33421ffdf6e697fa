import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export type Migration = { name: string; sql: string; sha256: string };

/** The package's `migrations` folder, from `src/` as from `dist/src/`. */
function migrationsFolder(): string {
  const folders = ['../migrations/', '../../migrations/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = folders.find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`the SQL migrations are missing; looked in ${folders.join(' and ')}`);
  return found;
}

/** Every migration, in the order in which they are applied. */
export async function readMigrations(): Promise<Migration[]> {
  const folder = migrationsFolder();
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${folder}${name}`, 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** One hash over all migrations: changes when any of them does. */
export async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const migration of await readMigrations()) hash.update(migration.sha256);
  return hash.digest('hex');
}
