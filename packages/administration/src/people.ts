import { GatewayError, type Person, personPatchSchema, type Role } from '@pointsman/contracts';
import type { Repositories, User } from '@pointsman/db';
import { CLIENT_ROLES, clientOfRole } from './client-of-role.ts';
import { type Asker, checkRole } from './invitations.ts';
import { parseInput } from './parse-input.ts';

type Storage = Pick<Repositories, 'clients' | 'users'>;

/** Whom of how many: `asker` decides who there is. */
export type PersonQuery = { person: string; asker: Asker };

/** Everybody who may sign in, or those of the asker's client. */
export async function listPeople(repositories: Storage, asker: Asker): Promise<Person[]> {
  const people = await repositories.users.listPeople(asker.clientId);
  return people.map(({ clientId, clientName, disabledAt, lastSignInAt, ...person }) => ({
    ...person,
    ...(clientId !== undefined && { clientId }),
    ...(clientName !== undefined && { clientName }),
    ...(disabledAt !== undefined && { disabledAt }),
    ...(lastSignInAt !== undefined && { lastSignInAt }),
  }));
}

/** @throws {GatewayError} `not_found`, also for somebody outside the asker's client. */
export async function findPerson(repositories: Storage, { person, asker }: PersonQuery): Promise<User> {
  return found(await repositories.users.get(person, asker.clientId), person);
}

/**
 * Changes name and role. Among the roles of one client the client stays.
 * @throws {GatewayError} `invalid_request`, `not_found`; `conflict` when nobody would be left as operator.
 */
export async function changePerson(repositories: Storage, query: PersonQuery, patch: unknown): Promise<User> {
  const { name, role } = parseInput(personPatchSchema, patch);
  const before = await findPerson(repositories, query);
  if (role !== undefined) checkRole(query.asker, role);
  const clientId = role === undefined ? undefined : await clientOfRole(repositories, role, clientKept(before, role));
  return found(await repositories.users.change(before.id, { name, role, clientId }), query.person);
}

/** Somebody who works for a client keeps it as long as the new role has one. */
const clientKept = ({ clientId }: User, role: Role): string | undefined =>
  CLIENT_ROLES.includes(role) ? clientId : undefined;

/** Shuts somebody out, until enabled. @throws {GatewayError} `not_found`; `conflict` for the last operator. */
export async function disablePerson(repositories: Storage, query: PersonQuery): Promise<User> {
  const { id } = await findPerson(repositories, query);
  return found(await repositories.users.disable(id), id);
}

/** Takes a `disablePerson` back. @throws {GatewayError} `not_found`. */
export async function enablePerson(repositories: Storage, query: PersonQuery): Promise<User> {
  const { id } = await findPerson(repositories, query);
  return found(await repositories.users.enable(id), id);
}

/** @throws {GatewayError} `not_found`; `conflict` for the last operator. */
export async function removePerson(repositories: Storage, query: PersonQuery): Promise<User> {
  const person = await findPerson(repositories, query);
  if (!(await repositories.users.remove(person.id))) return found(undefined, query.person);
  return person;
}

function found(user: User | undefined, person: string): User {
  if (user === undefined) throw new GatewayError('not_found', `There is no person "${person}".`);
  return user;
}
