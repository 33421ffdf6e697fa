import type { ConfigProblem } from './config-problem.ts';
import { CONFIGURATION_DEFAULTS, type OidcSettings, type SignInSettings } from './configuration.ts';
import type { ConfigFile } from './file-schema.ts';
import type { EnvironmentReading } from './read-environment.ts';
import { secret } from './secret.ts';

type Reading = { ok: true; settings: SignInSettings } | { ok: false; problem: ConfigProblem };

/** How people sign in: a variable wins over the file. A provider of identities is configured whole or not at all. */
export function readSignIn(file: ConfigFile['signIn'], values: EnvironmentReading['values']): Reading {
  const publicUrl = values.POINTSMAN_PUBLIC_URL ?? file?.publicUrl;
  const signing = values.POINTSMAN_AUTH_SECRET ?? file?.secret;
  const oidc = readOidc(file?.oidc, values);
  if ('missing' in oidc) return { ok: false, problem: incomplete(oidc.missing) };
  return {
    ok: true,
    settings: {
      publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl).origin,
      secret: signing === undefined ? undefined : secret(signing),
      oidc: oidc.settings,
    },
  };
}

type OidcFile = NonNullable<ConfigFile['signIn']>['oidc'];

function readOidc(
  file: OidcFile,
  values: EnvironmentReading['values'],
): { settings: OidcSettings | undefined } | { missing: string[] } {
  const found = {
    POINTSMAN_OIDC_ISSUER: values.POINTSMAN_OIDC_ISSUER ?? file?.issuer,
    POINTSMAN_OIDC_CLIENT_ID: values.POINTSMAN_OIDC_CLIENT_ID ?? file?.clientId,
    POINTSMAN_OIDC_CLIENT_SECRET: values.POINTSMAN_OIDC_CLIENT_SECRET ?? file?.clientSecret,
  };
  const [issuer, clientId, clientSecret] = Object.values(found);
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return { settings: undefined };
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    const missing = Object.entries(found).flatMap(([name, value]) => (value === undefined ? [name] : []));
    return { missing };
  }
  const name = file?.name ?? CONFIGURATION_DEFAULTS.oidcName;
  return { settings: { issuer, clientId, clientSecret: secret(clientSecret), name } };
}

const incomplete = (missing: string[]): ConfigProblem => ({
  path: 'signIn.oidc',
  message: `is incomplete: ${missing.join(' and ')} missing`,
  mend: 'Set issuer, clientId and clientSecret, as variables or in the file, or none of them.',
});
