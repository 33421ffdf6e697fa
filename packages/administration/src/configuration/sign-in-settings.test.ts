import { describe, expect, it } from 'vitest';
import { loadConfiguration } from './load-configuration.ts';

const OIDC = {
  POINTSMAN_OIDC_ISSUER: 'https://id.example.com',
  POINTSMAN_OIDC_CLIENT_ID: 'pointsman',
  POINTSMAN_OIDC_CLIENT_SECRET: 'hush',
};
const load = (env: Record<string, string>, text = '') => {
  const read = loadConfiguration({ env, file: { path: 'pointsman.config.yaml', text } });
  return read.ok ? { signIn: read.configuration.signIn } : { problems: read.problems };
};

describe('the settings of sign-in', () => {
  it('are passwords only, on whatever address a request came to, when nothing is said', () => {
    expect(load({}).signIn).toEqual({ publicUrl: undefined, secret: undefined, oidc: undefined });
  });

  it('come from variables, which win over the file, and show no secret', () => {
    const text = 'signIn: { publicUrl: "https://old.example.com", oidc: { name: Acme } }';
    const env = { ...OIDC, POINTSMAN_PUBLIC_URL: 'https://new.example.com/', POINTSMAN_AUTH_SECRET: 's'.repeat(32) };
    const { signIn } = load(env, text);
    expect(signIn).toMatchObject({
      publicUrl: 'https://new.example.com',
      oidc: { name: 'Acme', clientId: 'pointsman' },
    });
    expect(signIn?.secret?.reveal()).toBe('s'.repeat(32));
    expect(JSON.stringify(signIn)).not.toMatch(/hush|ssss/);
  });

  it('want a provider of identities whole', () => {
    const { POINTSMAN_OIDC_CLIENT_SECRET: _, ...rest } = OIDC;
    expect(load(rest).problems).toMatchObject([{ message: 'is incomplete: POINTSMAN_OIDC_CLIENT_SECRET missing' }]);
    expect(load(rest, 'signIn: { oidc: { clientSecret: hush } }').signIn?.oidc?.clientSecret.reveal()).toBe('hush');
  });

  it('refuse a secret that can be guessed, without showing it', () => {
    for (const { problems } of [
      load({ POINTSMAN_AUTH_SECRET: 'short-one' }),
      load({}, 'signIn: { secret: short-one }'),
    ]) {
      expect(problems).toHaveLength(1);
      expect(JSON.stringify(problems)).not.toContain('short-one');
    }
  });
});
