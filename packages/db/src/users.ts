import { GatewayError, type Role } from '@pointsman/contracts';
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { sessions, users } from './schema.ts';
import { hashSecret, newSecret } from './secret-tokens.ts';
import { errorCode } from './storage-unavailable.ts';

export type User = {
  id: string;
  email: string;
  role: Role;
  /** The one client whose data a client's owner or member sees. */
  clientId: string | undefined;
  createdAt: string;
};

export type UserInput = { email: string; password: string; role: Role; clientId?: string | undefined };

/** A signed-in user; `expiresAt` is an ISO instant. */
export type Session = { user: User; expiresAt: string };

const SHORTEST_PASSWORD = 8;
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
// A working day: whoever signs in in the morning is not thrown out before the evening.
const SESSION_TTL_MS = 12 * 3_600_000;

const normalised = (email: string): string => email.trim().toLowerCase();

function userOf(row: typeof users.$inferSelect): User {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    clientId: row.clientId ?? undefined,
    createdAt: row.createdAt.toISOString(),
  };
}

function checkPassword(password: string): void {
  if (password.length < SHORTEST_PASSWORD) {
    throw new GatewayError(
      'invalid_request',
      `the password has ${password.length} characters; use at least ${SHORTEST_PASSWORD}`,
      { param: 'password' },
    );
  }
}

/** Looks accounts up and changes them. */
function accounts({ orm }: Database) {
  return {
    /** @throws GatewayError `conflict` when the address is taken, `invalid_request` for a short password, `not_found` for an unknown client. */
    async create({ email, password, role, clientId }: UserInput): Promise<User> {
      checkPassword(password);
      const passwordHash = await hashPassword(password);
      try {
        const [row] = await orm
          .insert(users)
          .values({ email: normalised(email), passwordHash, role, clientId: clientId ?? null })
          .returning();
        if (row === undefined) throw new Error('the insert returned no user');
        return userOf(row);
      } catch (error) {
        if (errorCode(error) === UNIQUE_VIOLATION) {
          throw new GatewayError('conflict', `there already is a user '${normalised(email)}'`, { param: 'email' });
        }
        if (errorCode(error) === FOREIGN_KEY_VIOLATION) {
          throw new GatewayError('not_found', `there is no client '${clientId}'`, { param: 'clientId' });
        }
        throw error;
      }
    },
    async list(): Promise<User[]> {
      return (await orm.select().from(users).orderBy(asc(users.email))).map(userOf);
    },
    /** Sets a new password and ends every session; false when there is no such user. */
    async setPassword(id: string, password: string): Promise<boolean> {
      checkPassword(password);
      const passwordHash = await hashPassword(password);
      const updated = await orm.update(users).set({ passwordHash }).where(eq(users.id, id)).returning({ id: users.id });
      await orm.delete(sessions).where(eq(sessions.userId, id));
      return updated.length > 0;
    },
    /** Removes a user with every session; false when there is no such user. */
    async remove(id: string): Promise<boolean> {
      return (await orm.delete(users).where(eq(users.id, id)).returning({ id: users.id })).length > 0;
    },
  };
}

/** People who sign in to the dashboard, and their sessions. `now` is in milliseconds since 1970. */
export function usersRepository(database: Database) {
  const { orm } = database;
  return {
    ...accounts(database),
    /** A session for the right password. Unknown address and wrong password give the same answer after the same work. */
    async signIn(email: string, password: string, now: number): Promise<(Session & { token: string }) | undefined> {
      const [row] = await orm
        .select()
        .from(users)
        .where(eq(users.email, normalised(email)));
      const matches = await verifyPassword(password, row?.passwordHash);
      if (row === undefined || !matches) return undefined;
      const token = newSecret('ses_');
      const expiresAt = new Date(now + SESSION_TTL_MS);
      await orm.delete(sessions).where(and(eq(sessions.userId, row.id), lte(sessions.expiresAt, new Date(now))));
      await orm
        .insert(sessions)
        .values({ tokenHash: hashSecret(token), userId: row.id, createdAt: new Date(now), expiresAt });
      return { token, user: userOf(row), expiresAt: expiresAt.toISOString() };
    },
    /** Whose token this is, while the session lasts. */
    async findSession(token: string, now: number): Promise<Session | undefined> {
      const [row] = await orm
        .select({ user: users, expiresAt: sessions.expiresAt })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.tokenHash, hashSecret(token)), gt(sessions.expiresAt, new Date(now))));
      return row === undefined ? undefined : { user: userOf(row.user), expiresAt: row.expiresAt.toISOString() };
    },
    /** Ends a session; one that does not exist is fine. */
    async signOut(token: string): Promise<void> {
      await orm.delete(sessions).where(eq(sessions.tokenHash, hashSecret(token)));
    },
  };
}
