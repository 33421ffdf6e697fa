import { randomBytes } from 'node:crypto';
import { GatewayError, ROLES, SHORTEST_PASSWORD } from '@pointsman/contracts';
import type { Repositories, User } from '@pointsman/db';
import { z } from 'zod';
import { clientOfRole } from './client-of-role.ts';
import { type IssuedLink, linkForPassword } from './invitations.ts';
import { parseInput } from './parse-input.ts';

type Storage = Pick<Repositories, 'clients' | 'users'>;

const userInputSchema = z.strictObject({
  email: z.email().max(254),
  role: z.enum(ROLES),
  /** Id or name; owners and members of a client need one, the others must not have one. */
  client: z.string().optional(),
  /** Absent: a random one, in the answer. */
  password: z.string().min(SHORTEST_PASSWORD).max(1024).optional(),
});
export type UserInput = z.input<typeof userInputSchema>;

// 18 random bytes make a password nobody needs to choose.
const randomPassword = (): string => randomBytes(18).toString('base64url');

/**
 * Creates somebody who may sign in. A generated password is in this answer and nowhere else.
 * @throws {GatewayError} `invalid_request`, `not_found`; `conflict` when the address is taken.
 */
export async function createUser(repositories: Storage, input: unknown): Promise<{ user: User; password?: string }> {
  const { client: reference, password: chosen, ...checked } = parseInput(userInputSchema, input);
  const clientId = await clientOfRole(repositories, checked.role, reference);
  const password = chosen ?? randomPassword();
  const user = await repositories.users.create({ ...checked, password, clientId });
  return { user, ...(chosen === undefined && { password }) };
}

/** A link with which the user of this address sets a password. @throws {GatewayError} `not_found`. */
export async function linkForUser(
  repositories: Pick<Repositories, 'users' | 'invitations'>,
  { email, askedBy, now }: { email: string; askedBy: string; now: number },
): Promise<IssuedLink> {
  const user = await repositories.users.findByEmail(email);
  if (user === undefined) throw new GatewayError('not_found', `There is no user with the address "${email}".`);
  return linkForPassword(repositories, user, { asker: { name: askedBy }, now });
}

/** Everybody who may sign in; never a password or its hash. */
export async function listUsers(repositories: Storage): Promise<User[]> {
  return repositories.users.list();
}
