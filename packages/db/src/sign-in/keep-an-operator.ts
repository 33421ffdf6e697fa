import { GatewayError } from '@pointsman/contracts';
import { and, count, eq, isNull, ne, sql } from 'drizzle-orm';
import { users } from './sign-in-tables.ts';
import { type Queries, type User, userOf } from './user-rows.ts';

/**
 * The user of this id, after making sure that somebody runs the installation when that user does so no more. Callers come
 * one after the other until their transaction ends: two operators cannot remove each other.
 * @throws GatewayError `conflict` for the last operator who may sign in.
 */
export async function keepAnOperator(queries: Queries, id: string): Promise<User | undefined> {
  await queries.execute(sql`select pg_advisory_xact_lock(hashtext('pointsman.operators'))`);
  const [row] = await queries.select().from(users).where(eq(users.id, id));
  if (row === undefined) return undefined;
  if (row.role !== 'operator' || row.disabledAt !== null) return userOf(row);
  const [others] = await queries
    .select({ count: count() })
    .from(users)
    .where(and(eq(users.role, 'operator'), isNull(users.disabledAt), ne(users.id, id)));
  if (others?.count === 0) {
    throw new GatewayError('conflict', `${row.email} is the last operator. Make somebody else an operator first.`);
  }
  return userOf(row);
}
