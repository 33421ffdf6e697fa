import type { Role } from '@pointsman/contracts';
import { and, asc, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { verifyPassword } from './passwords.ts';
import { accounts, auditLog, clients, sessions, users } from './schema.ts';
import { newSecret } from './secret-tokens.ts';
import { keepAnOperator } from './sign-in/keep-an-operator.ts';
import {
  hasCredential,
  insertUser,
  normalised,
  putPassword,
  storedPassword,
  type User,
  type UserInput,
  userOf,
} from './sign-in/user-rows.ts';

export type { User, UserInput } from './sign-in/user-rows.ts';

/** A signed-in user; `expiresAt` is an ISO instant. */
export type Session = { user: User; expiresAt: string };

/** A user, and what others want to know of one. */
export type PersonRecord = User & {
  clientName: string | undefined;
  hasPassword: boolean;
  /** Absent when nobody signed in as this user yet. */
  lastSignInAt: string | undefined;
};

export type UserPatch = { name?: string | undefined; role?: Role | undefined; clientId?: string | undefined };

// A working day: whoever signs in in the morning is not thrown out before the evening.
const SESSION_TTL_MS = 12 * 3_600_000;
/** Marks the tokens that scripts send as bearer tokens; those of browsers travel in signed cookies only. */
const BEARER_PREFIX = 'ses_';

/** Looks people up. */
function people({ orm }: Database) {
  const hasPassword = sql<boolean>`exists (select 1 from ${accounts} where ${hasCredential})`;
  const lastSignInAt = sql<string | null>`(select max(${auditLog.at}) from ${auditLog}
    where ${auditLog.actor} = ${users.email} and ${auditLog.action} = 'sign-in' and ${auditLog.outcome} = 'done')`;
  const ofClient = (clientId: string | undefined) =>
    clientId === undefined ? undefined : eq(users.clientId, clientId);
  return {
    /** Everybody, or everybody of one client. */
    async list(clientId?: string): Promise<User[]> {
      return (await orm.select().from(users).where(ofClient(clientId)).orderBy(asc(users.email))).map(userOf);
    },
    /** The same with what others want to know of them. */
    async listPeople(clientId: string | undefined): Promise<PersonRecord[]> {
      const rows = await orm
        .select({ user: users, clientName: clients.name, hasPassword, lastSignInAt })
        .from(users)
        .leftJoin(clients, eq(clients.id, users.clientId))
        .where(ofClient(clientId))
        .orderBy(asc(users.email));
      return rows.map((row) => ({
        ...userOf(row.user),
        clientName: row.clientName ?? undefined,
        hasPassword: row.hasPassword,
        lastSignInAt: row.lastSignInAt === null ? undefined : new Date(row.lastSignInAt).toISOString(),
      }));
    },
    /** The user of this id, if of this client where one is named. */
    async get(id: string, clientId?: string): Promise<User | undefined> {
      const [row] = await orm
        .select()
        .from(users)
        .where(and(eq(users.id, id), ofClient(clientId)));
      return row === undefined ? undefined : userOf(row);
    },
    async findByEmail(email: string): Promise<User | undefined> {
      const [row] = await orm
        .select()
        .from(users)
        .where(eq(users.email, normalised(email)));
      return row === undefined ? undefined : userOf(row);
    },
  };
}

/** Changes what people are. @throws GatewayError `conflict` where nobody would be left to run the installation. */
function changes({ orm }: Database) {
  return {
    /** @throws GatewayError `conflict` when the address is taken, `invalid_request` for a short password, `not_found` for an unknown client. */
    async create({ password, ...input }: UserInput): Promise<User> {
      const hash = password === undefined ? undefined : await storedPassword(password);
      return orm.transaction(async (transaction) => {
        const user = await insertUser(transaction, input);
        if (hash !== undefined) await putPassword(transaction, user.id, hash);
        return user;
      });
    },
    /** Sets a new password and ends every session; false when there is no such user. */
    async setPassword(id: string, password: string): Promise<boolean> {
      const hash = await storedPassword(password);
      return orm.transaction(async (transaction) => {
        const [row] = await transaction.select({ id: users.id }).from(users).where(eq(users.id, id)).for('update');
        if (row === undefined) return false;
        await putPassword(transaction, id, hash);
        return true;
      });
    },
    /** Undefined when there is no such user. `clientId` is given with a role: the one it belongs to, if any. */
    async change(id: string, { name, role, clientId }: UserPatch): Promise<User | undefined> {
      return orm.transaction(async (transaction) => {
        if (role !== undefined && role !== 'operator') await keepAnOperator(transaction, id);
        const [row] = await transaction
          .update(users)
          .set({
            ...(name !== undefined && { name }),
            ...(role !== undefined && { role, clientId: clientId ?? null }),
            updatedAt: sql`now()`,
          })
          .where(eq(users.id, id))
          .returning();
        return row === undefined ? undefined : userOf(row);
      });
    },
  };
}

/** Shuts people out. @throws GatewayError `conflict` for the last operator. */
function endings({ orm }: Database) {
  return {
    /** From now on nobody signs in as this user; every session ends. Undefined when there is no such user. */
    async disable(id: string): Promise<User | undefined> {
      return orm.transaction(async (transaction) => {
        if ((await keepAnOperator(transaction, id)) === undefined) return undefined;
        const [row] = await transaction
          .update(users)
          .set({ disabledAt: sql`coalesce(${users.disabledAt}, now())`, updatedAt: sql`now()` })
          .where(eq(users.id, id))
          .returning();
        await transaction.delete(sessions).where(eq(sessions.userId, id));
        return row === undefined ? undefined : userOf(row);
      });
    },
    /** Takes a `disable` back. */
    async enable(id: string): Promise<User | undefined> {
      const [row] = await orm
        .update(users)
        .set({ disabledAt: null, updatedAt: sql`now()` })
        .where(eq(users.id, id))
        .returning();
      return row === undefined ? undefined : userOf(row);
    },
    /** Removes a user with every session; false when there is no such user. */
    async remove(id: string): Promise<boolean> {
      return orm.transaction(async (transaction) => {
        if ((await keepAnOperator(transaction, id)) === undefined) return false;
        await transaction.delete(users).where(eq(users.id, id));
        return true;
      });
    },
  };
}

/** Sessions of bearer tokens, as scripts use them. */
function bearerSessions({ orm }: Database) {
  return {
    /** A session for the right password. Unknown address and wrong password give the same answer after the same work. */
    async signIn(email: string, password: string, now: number): Promise<(Session & { token: string }) | undefined> {
      const [row] = await orm
        .select({ user: users, password: accounts.password })
        .from(users)
        .leftJoin(accounts, hasCredential)
        .where(and(eq(users.email, normalised(email)), isNull(users.disabledAt)));
      const matches = await verifyPassword(password, row?.password ?? undefined);
      if (row === undefined || !matches) return undefined;
      const token = newSecret(BEARER_PREFIX);
      const userId = row.user.id;
      const expiresAt = new Date(now + SESSION_TTL_MS);
      await orm.delete(sessions).where(and(eq(sessions.userId, userId), lte(sessions.expiresAt, new Date(now))));
      await orm.insert(sessions).values({ token, userId, createdAt: new Date(now), expiresAt });
      return { token, user: userOf(row.user), expiresAt: expiresAt.toISOString() };
    },
    /** Whose bearer token this is, while the session lasts. */
    async findSession(token: string, now: number): Promise<Session | undefined> {
      if (!token.startsWith(BEARER_PREFIX)) return undefined;
      const [row] = await orm
        .select({ user: users, expiresAt: sessions.expiresAt })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.token, token), gt(sessions.expiresAt, new Date(now)), isNull(users.disabledAt)));
      return row === undefined ? undefined : { user: userOf(row.user), expiresAt: row.expiresAt.toISOString() };
    },
    /** Ends a session; one that does not exist is fine. */
    async signOut(token: string): Promise<void> {
      await orm.delete(sessions).where(eq(sessions.token, token));
    },
  };
}

/** People who sign in to the dashboard, and their sessions. `now` is in milliseconds since 1970. */
export function usersRepository(database: Database) {
  return { ...people(database), ...changes(database), ...endings(database), ...bearerSessions(database) };
}
