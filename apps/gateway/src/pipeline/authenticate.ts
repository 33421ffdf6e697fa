import { type ApiKey, type Client, GatewayError, type Policy, type SCOPES } from '@pointsman/contracts';

/** Who is calling: the key, its client, and the policies that client may name. */
export type Caller = { key: ApiKey; client: Client; policies: readonly Policy[] };

export type Authentication = {
  /** Cached lookup by the SHA-256 of the secret. */
  findCaller(secret: string): Promise<Caller | undefined> | Caller | undefined;
  now(): number;
};

/** @throws GatewayError `missing_api_key`, `invalid_api_key`, `permission_denied`. */
export async function authenticate(
  secret: string | undefined,
  scope: (typeof SCOPES)[number],
  deps: Authentication,
): Promise<Caller> {
  if (secret === undefined || secret === '') {
    throw new GatewayError('missing_api_key', 'No API key was given. Send it as "Authorization: Bearer <key>".');
  }
  const caller = await deps.findCaller(secret);
  if (caller === undefined) {
    throw new GatewayError(
      'invalid_api_key',
      `The API key ${shortened(secret)} is not known here. Check it, or issue a new one.`,
    );
  }
  const { key, client } = caller;
  if (key.revokedAt !== undefined) {
    throw new GatewayError('invalid_api_key', `The API key ${key.prefix}... was revoked. Issue a new one.`);
  }
  if (key.expiresAt !== undefined && Date.parse(key.expiresAt) <= deps.now()) {
    throw new GatewayError(
      'invalid_api_key',
      `The API key ${key.prefix}... expired on ${key.expiresAt}. Issue a new one.`,
    );
  }
  if (client.disabledAt !== undefined) {
    throw new GatewayError('permission_denied', `The client "${client.name}" is disabled.`);
  }
  if (!key.scopes.includes(scope) && !key.scopes.includes('admin')) {
    throw new GatewayError(
      'permission_denied',
      `The API key ${key.prefix}... lacks the scope "${scope}"; it has: ${key.scopes.join(', ')}.`,
    );
  }
  return caller;
}

/** Enough of a wrong key to recognise it by, never the key. */
const shortened = (secret: string) => (secret.length > 12 ? `"${secret.slice(0, 6)}..."` : '"..."');
