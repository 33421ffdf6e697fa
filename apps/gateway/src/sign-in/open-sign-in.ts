import type { Configuration } from '@pointsman/administration';
import type { Log } from '../logging/create-log.ts';
import type { Storage } from '../open-storage.ts';
import { createSignIn, type SignIn } from './create-sign-in.ts';
import { signingSecret } from './signing-secret.ts';

/** Sign-in as it is configured, on the tables of the database. */
export async function openSignIn(ground: {
  configuration: Configuration;
  storage: Storage;
  log: Log;
  now(): number;
}): Promise<SignIn> {
  const { configuration, storage, log, now } = ground;
  const { secret, oidc, publicUrl } = configuration.signIn;
  return createSignIn({
    database: storage.database,
    repositories: storage.repositories,
    secret: await signingSecret(secret, storage.repositories),
    oidc,
    publicUrl,
    now,
    onError: (message) => log.warn('sign-in', { error: message }),
  });
}
