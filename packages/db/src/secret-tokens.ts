import { hash, randomBytes } from 'node:crypto';

/**
 * A new secret, `<prefix>` and 256 random bits in base64url. Only its SHA-256 is ever stored: with that much entropy
 * nobody can search for it, so a slow password hash would protect nothing and cost every request.
 */
export const newSecret = (prefix: string): string => prefix + randomBytes(32).toString('base64url');

/** The SHA-256 of a secret. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** The same in hex, in one step: every request is looked up by it. */
export const hashSecretHex = (secret: string): string => hash('sha256', secret, 'hex');
