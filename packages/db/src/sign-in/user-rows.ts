import { GatewayError, type Role } from '@pointsman/contracts';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import { hashPassword } from '../passwords.ts';
import { errorCode } from '../storage-unavailable.ts';
import { accounts, sessions, users } from './sign-in-tables.ts';

export type User = {
  id: string;
  email: string;
  /** Empty until the person said it. */
  name: string;
  role: Role;
  /** The one client whose data a client's owner or member sees. */
  clientId: string | undefined;
  createdAt: string;
  disabledAt: string | undefined;
};

export type UserInput = {
  email: string;
  /** Absent: the user comes in by a link or by a provider of identities. */
  password?: string | undefined;
  name?: string | undefined;
  role: Role;
  clientId?: string | undefined;
};

/** The database, or a transaction on it. */
export type Queries = Pick<Database['orm'], 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/** The account that holds a password; its account id is the user's own. */
const CREDENTIAL = 'credential';
const SHORTEST_PASSWORD = 8;
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

export const normalised = (email: string): string => email.trim().toLowerCase();

export function userOf(row: typeof users.$inferSelect): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    clientId: row.clientId ?? undefined,
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString(),
  };
}

/** @throws GatewayError `invalid_request` for a short password. */
export async function storedPassword(password: string): Promise<string> {
  if (password.length < SHORTEST_PASSWORD) {
    throw new GatewayError(
      'invalid_request',
      `the password has ${password.length} characters; use at least ${SHORTEST_PASSWORD}`,
      { param: 'password' },
    );
  }
  return hashPassword(password);
}

export type NewUserRow = Omit<UserInput, 'password'> & { emailVerified?: boolean | undefined };

/** @throws GatewayError `conflict` when the address is taken, `not_found` for an unknown client. */
export async function insertUser(queries: Queries, input: NewUserRow): Promise<User> {
  const email = normalised(input.email);
  try {
    const [row] = await queries
      .insert(users)
      .values({ ...input, name: input.name ?? '', email, clientId: input.clientId ?? null })
      .returning();
    if (row === undefined) throw new Error('the insert returned no user');
    return userOf(row);
  } catch (error) {
    if (errorCode(error) === UNIQUE_VIOLATION) {
      throw new GatewayError('conflict', `there already is a user '${email}'`, { param: 'email' });
    }
    if (errorCode(error) === FOREIGN_KEY_VIOLATION) {
      throw new GatewayError('not_found', `there is no client '${input.clientId}'`, { param: 'clientId' });
    }
    throw error;
  }
}

/** Gives a user this password, and ends every session that an older one opened. @param hash as `storedPassword` makes it. */
export async function putPassword(queries: Queries, userId: string, hash: string): Promise<void> {
  await queries
    .insert(accounts)
    .values({ userId, providerId: CREDENTIAL, accountId: userId, password: hash })
    .onConflictDoUpdate({
      target: [accounts.providerId, accounts.accountId],
      set: { password: hash, updatedAt: sql`now()` },
    });
  await queries.delete(sessions).where(eq(sessions.userId, userId));
}

export const hasCredential = and(eq(accounts.userId, users.id), eq(accounts.providerId, CREDENTIAL));
