import { z } from 'zod';
import { ROLES } from '../clients.ts';

const roleSchema = z.enum(ROLES);
/** Ten is the least that holds against online guessing. */
export const SHORTEST_PASSWORD = 10;
const newPasswordSchema = z.string().min(SHORTEST_PASSWORD).max(1024);
const personNameSchema = z.string().trim().min(1).max(120);

/** What the page of sign-in offers. */
export const signInOptionsSchema = z.object({
  oidc: z.object({ name: z.string() }).optional().describe('Absent when no provider of identities is configured'),
});
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

/** Somebody who may sign in. */
export const personSchema = z.object({
  id: z.string(),
  name: z.string().describe('Empty until the person says it'),
  email: z.string(),
  role: roleSchema,
  clientId: z.string().optional(),
  clientName: z.string().optional(),
  createdAt: z.string(),
  disabledAt: z.string().optional(),
  lastSignInAt: z.string().optional().describe('Absent when nobody signed in as this person yet'),
  hasPassword: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

export const personPatchSchema = z.strictObject({ name: personNameSchema.optional(), role: roleSchema.optional() });
export type PersonPatch = z.infer<typeof personPatchSchema>;

export const invitationInputSchema = z.strictObject({
  email: z.email().max(254),
  role: roleSchema,
  client: z.string().optional().describe('Id or name; owners and members of a client need one, others have none'),
});
export type InvitationInput = z.infer<typeof invitationInputSchema>;

export const INVITATION_STATES = ['open', 'accepted', 'expired', 'revoked'] as const;
export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  clientId: z.string().optional(),
  clientName: z.string().optional(),
  invitedBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(INVITATION_STATES),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** A link that works once and is told once. */
export const oneTimeLinkSchema = z.object({ link: z.string(), expiresAt: z.string() });
export type OneTimeLink = z.infer<typeof oneTimeLinkSchema>;

/** What a link is for, to whoever holds it. */
export const linkPurposeSchema = z.object({
  purpose: z.enum(['invitation', 'password']),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  clientName: z.string().optional(),
  expiresAt: z.string(),
});
export type LinkPurpose = z.infer<typeof linkPurposeSchema>;

export const acceptInputSchema = z.strictObject({
  token: z.string().max(200),
  name: personNameSchema.optional().describe('Needed by an invitation'),
  password: newPasswordSchema,
});
export type AcceptInput = z.infer<typeof acceptInputSchema>;

export const passwordChangeSchema = z.strictObject({
  currentPassword: z.string().max(1024),
  newPassword: newPasswordSchema,
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;
