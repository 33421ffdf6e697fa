import { GatewayError, type Invitation, type Role } from '@pointsman/contracts';
import { and, asc, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import { clients } from '../schema.ts';
import { newSecret } from '../secret-tokens.ts';
import { invitations, users } from './sign-in-tables.ts';
import { insertUser, normalised, putPassword, type Queries, storedPassword, type User, userOf } from './user-rows.ts';

export type InvitationRecord = {
  email: string;
  role: Role;
  clientId?: string | undefined;
  /** Somebody who exists: the link sets a password and nothing else. */
  userId?: string | undefined;
  invitedBy: string;
  expiresAt: Date;
};

/** An open link, as its holder and whoever accepts it see it. */
export type OpenInvitation = {
  id: string;
  email: string;
  role: Role;
  clientName: string | undefined;
  userId: string | undefined;
  /** Of the user who exists, else empty. */
  name: string;
  expiresAt: string;
};

export type Acceptance = { name?: string | undefined; password?: string | undefined; emailVerified?: boolean };

const TOKEN_PREFIX = 'inv_';
const MOST_LISTED = 200;

const isOpen = (now: number): SQL | undefined =>
  and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, new Date(now)));

const ofClient = (clientId: string | undefined): SQL | undefined =>
  clientId === undefined ? undefined : eq(invitations.clientId, clientId);

function stateOf(row: typeof invitations.$inferSelect, now: number): Invitation['state'] {
  if (row.acceptedAt !== null) return 'accepted';
  if (row.revokedAt !== null) return 'revoked';
  return row.expiresAt.getTime() > now ? 'open' : 'expired';
}

function invitationOf(row: typeof invitations.$inferSelect, clientName: string | null, now: number): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    ...(row.clientId !== null && { clientId: row.clientId }),
    ...(clientName !== null && { clientName }),
    invitedBy: row.invitedBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: stateOf(row, now),
  };
}

async function findOpen(orm: Database['orm'], which: SQL, now: number): Promise<OpenInvitation | undefined> {
  const [row] = await orm
    .select({ invitation: invitations, clientName: clients.name, name: users.name })
    .from(invitations)
    .leftJoin(clients, eq(clients.id, invitations.clientId))
    .leftJoin(users, eq(users.id, invitations.userId))
    .where(and(which, isOpen(now)))
    .orderBy(asc(invitations.id))
    .limit(1);
  if (row === undefined) return undefined;
  const { id, email, role, userId, expiresAt } = row.invitation;
  return {
    id,
    email,
    role,
    clientName: row.clientName ?? undefined,
    userId: userId ?? undefined,
    name: row.name ?? '',
    expiresAt: expiresAt.toISOString(),
  };
}

/** Links that work once. `now` is in milliseconds since 1970. */
export function invitationsRepository(database: Database) {
  const { orm } = database;
  return {
    /** The token is in this answer and nowhere else. A new link for a user who exists ends the one before. */
    async create(
      { email, ...rest }: InvitationRecord,
      now: number,
    ): Promise<{ invitation: Invitation; token: string }> {
      const token = newSecret(TOKEN_PREFIX);
      return orm.transaction(async (transaction) => {
        if (rest.userId !== undefined) {
          await transaction
            .update(invitations)
            .set({ revokedAt: new Date(now) })
            .where(and(eq(invitations.userId, rest.userId), isOpen(now)));
        }
        const [row] = await transaction
          .insert(invitations)
          .values({ ...rest, email: normalised(email), token })
          .returning();
        if (row === undefined) throw new Error('the insert returned no invitation');
        return { invitation: invitationOf(row, null, now), token };
      });
    },
    /** The last 200 invitations of new people, newest first: all, or those to one client. */
    async list(clientId: string | undefined, now: number): Promise<Invitation[]> {
      const rows = await orm
        .select({ invitation: invitations, clientName: clients.name })
        .from(invitations)
        .leftJoin(clients, eq(clients.id, invitations.clientId))
        .where(and(isNull(invitations.userId), ofClient(clientId)))
        .orderBy(desc(invitations.id))
        .limit(MOST_LISTED);
      return rows.map(({ invitation, clientName }) => invitationOf(invitation, clientName, now));
    },
    /** The open link with this token. */
    find: (token: string, now: number) => findOpen(orm, eq(invitations.token, token), now),
    /** The oldest open invitation of somebody new with this address. */
    findByEmail: (email: string, now: number) =>
      findOpen(orm, sql`${eq(invitations.email, normalised(email))} and ${isNull(invitations.userId)}`, now),
    /** Ends an open invitation; false when there is none of this id (to this client, where one is named). */
    async revoke(id: string, clientId: string | undefined, now: number): Promise<boolean> {
      const rows = await orm
        .update(invitations)
        .set({ revokedAt: new Date(now) })
        .where(and(eq(invitations.id, id), isNull(invitations.userId), ofClient(clientId), isOpen(now)))
        .returning({ id: invitations.id });
      return rows.length > 0;
    },
    /**
     * Uses an open invitation up: makes the user, or sets the password of the one who exists. Undefined when it is not
     * open any more; of two who accept at once one does.
     * @throws GatewayError `conflict` when somebody has the address by now, `invalid_request` for a short password.
     */
    accept: (id: string, acceptance: Acceptance, now: number) => accept(orm, id, acceptance, now),
  };
}

async function accept(
  orm: Database['orm'],
  id: string,
  { name, password, emailVerified }: Acceptance,
  now: number,
): Promise<User | undefined> {
  const hash = password === undefined ? undefined : await storedPassword(password);
  return orm.transaction(async (transaction) => {
    const [row] = await transaction
      .update(invitations)
      .set({ acceptedAt: new Date(now) })
      .where(and(eq(invitations.id, id), isOpen(now)))
      .returning();
    if (row === undefined) return undefined;
    const user = await acceptedUser(transaction, row, { name, emailVerified: emailVerified === true });
    if (hash !== undefined) await putPassword(transaction, user.id, hash);
    return user;
  });
}

async function acceptedUser(
  queries: Queries,
  { userId, email, role, clientId }: typeof invitations.$inferSelect,
  { name, emailVerified }: { name: string | undefined; emailVerified: boolean },
): Promise<User> {
  if (userId === null) {
    return insertUser(queries, { email, role, clientId: clientId ?? undefined, name, emailVerified });
  }
  const [row] = await queries
    .update(users)
    .set({ ...(name !== undefined && { name }), updatedAt: sql`now()` })
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
    .returning();
  if (row === undefined) throw new GatewayError('permission_denied', `${email} is disabled; ask an operator.`);
  return userOf(row);
}
