import type { Role } from '@pointsman/contracts';

export const CLIENT_ROLES: readonly Role[] = ['client-owner', 'client-member'];

/** The roles that somebody of this role may give. */
export const rolesFor = (role: Role): readonly Role[] =>
  role === 'operator' ? [...CLIENT_ROLES, 'annotator', 'customer-success', 'operator'] : CLIENT_ROLES;
