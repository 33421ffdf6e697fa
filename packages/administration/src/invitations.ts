import {
  acceptInputSchema,
  GatewayError,
  type Invitation,
  invitationInputSchema,
  type LinkPurpose,
  type Role,
} from '@pointsman/contracts';
import type { OpenInvitation, Repositories, User } from '@pointsman/db';
import { CLIENT_ROLES, clientOfRole } from './client-of-role.ts';
import { parseInput } from './parse-input.ts';

type Storage = Pick<Repositories, 'clients' | 'users' | 'invitations'>;

/** Who asks; `clientId` is that of a client's owner, who reaches the people of that client only. */
export type Asker = { name: string; clientId: string | undefined };
/** A link that works once; the token is in this answer and nowhere else. */
export type IssuedLink = { token: string; expiresAt: string };

/** Long enough for a holiday of a few days, short enough for a link that lies in a mailbox. */
export const LINK_DAYS = 7;
const DAY_MS = 86_400_000;
const expiry = (now: number): Date => new Date(now + LINK_DAYS * DAY_MS);

/** The page on which a link is used. @param origin `https://host`, without a path. */
export const welcomeLink = (origin: string, token: string): string =>
  `${origin}/welcome?token=${encodeURIComponent(token)}`;

/**
 * Invites somebody new: whoever opens the link first is that person.
 * @throws {GatewayError} `invalid_request`, `not_found`; `conflict` when somebody has the address, as far as the asker may know.
 */
export async function invite(
  repositories: Storage,
  input: unknown,
  { asker, now }: { asker: Asker; now: number },
): Promise<IssuedLink & { invitation: Invitation }> {
  const { email, role, client } = parseInput(invitationInputSchema, input);
  checkRole(asker, role);
  const clientId = await clientOfRole(repositories, role, client);
  if (asker.clientId !== undefined && clientId !== asker.clientId) {
    throw new GatewayError('not_found', `There is no client "${client}".`, { param: 'client' });
  }
  const known = await repositories.users.findByEmail(email);
  if (known !== undefined && (asker.clientId === undefined || known.clientId === asker.clientId)) {
    throw new GatewayError('conflict', `There already is a person with the address ${known.email}.`, {
      param: 'email',
    });
  }
  const { invitation, token } = await repositories.invitations.create(
    { email, role, clientId, invitedBy: asker.name, expiresAt: expiry(now) },
    now,
  );
  return { invitation, token, expiresAt: invitation.expiresAt };
}

/** @throws {GatewayError} `permission_denied` when somebody of a client gives a role that works for all. */
export function checkRole({ name, clientId }: Asker, role: Role): void {
  if (clientId === undefined || CLIENT_ROLES.includes(role)) return;
  throw new GatewayError('permission_denied', `${name} cannot give the role ${role}: it works for all clients.`);
}

/** A link with which somebody who exists sets a new password; the one before stops working. */
export async function linkForPassword(
  repositories: Pick<Storage, 'invitations'>,
  user: User,
  { asker, now }: { asker: Pick<Asker, 'name'>; now: number },
): Promise<IssuedLink> {
  const { id: userId, email, role, clientId } = user;
  const { invitation, token } = await repositories.invitations.create(
    { email, role, clientId, userId, invitedBy: asker.name, expiresAt: expiry(now) },
    now,
  );
  return { token, expiresAt: invitation.expiresAt };
}

/** What the link with this token is for. @throws {GatewayError} `not_found` when it was used, revoked or has expired. */
export async function readLink(repositories: Storage, token: string, now: number): Promise<LinkPurpose> {
  return purposeOf(await openLink(repositories, token, now));
}

/**
 * Uses a link up: makes the person it invites, or sets the password of the one it is for.
 * @throws {GatewayError} `invalid_request`; `not_found` when the link is no longer open; `conflict` when somebody has the
 * address by now; `permission_denied` for somebody disabled.
 */
export async function acceptLink(repositories: Storage, input: unknown, now: number): Promise<User> {
  const { token, name, password } = parseInput(acceptInputSchema, input);
  const link = await openLink(repositories, token, now);
  if (purposeOf(link).purpose === 'invitation' && name === undefined) {
    throw new GatewayError('invalid_request', 'name: say what you are called.', { param: 'name' });
  }
  const user = await repositories.invitations.accept(link.id, { name, password }, now);
  if (user === undefined) throw linkIsOver();
  return user;
}

/**
 * Makes the person whom an open invitation to this address waits for, without a password: a provider of identities has
 * vouched for the address. Undefined when the address is known already or nobody invited it.
 */
export async function acceptVouchedFor(
  repositories: Storage,
  { email, name }: { email: string; name: string },
  now: number,
): Promise<User | undefined> {
  if ((await repositories.users.findByEmail(email)) !== undefined) return undefined;
  const link = await repositories.invitations.findByEmail(email, now);
  return link && repositories.invitations.accept(link.id, { name, emailVerified: true }, now);
}

/** Invitations of new people: all, or those to the asker's client. */
export async function listInvitations(repositories: Storage, asker: Asker, now: number): Promise<Invitation[]> {
  return repositories.invitations.list(asker.clientId, now);
}

/** @throws {GatewayError} `not_found` when none is open under this id, or it is another client's. */
export async function revokeInvitation(
  repositories: Storage,
  { invitation, asker }: { invitation: string; asker: Asker },
  now: number,
): Promise<void> {
  if (await repositories.invitations.revoke(invitation, asker.clientId, now)) return;
  throw new GatewayError('not_found', `There is no open invitation "${invitation}".`);
}

async function openLink(repositories: Storage, token: string, now: number): Promise<OpenInvitation> {
  const link = await repositories.invitations.find(token, now);
  if (link === undefined) throw linkIsOver();
  return link;
}

const linkIsOver = () =>
  new GatewayError('not_found', 'This link was used already, was withdrawn, or has expired. Ask for another.');

function purposeOf({ userId, clientName, email, name, role, expiresAt }: OpenInvitation): LinkPurpose {
  return {
    purpose: userId === undefined ? 'invitation' : 'password',
    email,
    name,
    role,
    expiresAt,
    ...(clientName !== undefined && { clientName }),
  };
}
