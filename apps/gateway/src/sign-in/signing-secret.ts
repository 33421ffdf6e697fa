import { randomBytes } from 'node:crypto';
import type { Secret } from '@pointsman/administration';
import type { Repositories } from '@pointsman/db';

const SETTING = 'sign-in.secret';

/** What signs session cookies: the configured secret, else one made once and shared by all gateways of the database. */
export async function signingSecret(
  configured: Secret | undefined,
  { settings }: Pick<Repositories, 'settings'>,
): Promise<string> {
  if (configured !== undefined) return configured.reveal();
  const kept = await settings.get(SETTING);
  if (typeof kept === 'string') return kept;
  return settings.change(SETTING, (value) =>
    typeof value === 'string' ? value : randomBytes(32).toString('base64url'),
  );
}
