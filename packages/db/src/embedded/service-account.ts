import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The system user that PostgreSQL runs as; undefined: the one this process runs as. */
export type ServiceAccount = { name: string; uid: number; gid: number } | undefined;

const ACCOUNT = 'postgres';

async function find(): Promise<ServiceAccount> {
  const id = async (flag: string): Promise<number> => Number((await execute('id', [flag, ACCOUNT])).stdout);
  try {
    return { name: ACCOUNT, uid: await id('-u'), gid: await id('-g') };
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL refuses to run as root, so for root there must be a user who runs it: `postgres`, made if missing.
 * @throws Error when it cannot be made.
 */
export async function serviceAccount(): Promise<ServiceAccount> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await find();
  if (existing !== undefined) return existing;
  try {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT]);
  } catch (error) {
    throw new Error(
      `PostgreSQL refuses to run as root, and the user '${ACCOUNT}' could not be made. Run this as an ordinary user, make the user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
  const made = await find();
  if (made === undefined) throw new Error(`the user '${ACCOUNT}' was made but cannot be found`);
  return made;
}
