import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Claims = { sub: string; email?: string; email_verified?: boolean; name?: string };

/** A provider of identities with one user at a time, who consents to everything. */
export type OidcProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who comes next, and what the provider signs of them besides. */
  next: { claims: Claims; lies?: Record<string, unknown>; key?: 'stranger' };
  /** What it has been asked, by path. */
  asked: string[];
  close(): Promise<void>;
};

type Grant = { redirectUri: string; challenge: string; nonce: string };

const makeKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** OpenID Connect's authorization code flow with PKCE (S256), over HTTP: discovery, keys, authorise, token, userinfo. */
export async function startOidcProvider(port = 0): Promise<OidcProvider> {
  const [key, stranger] = [makeKey(), makeKey()];
  const grants = new Map<string, Grant>();
  const provider = { clientId: 'pointsman', clientSecret: randomUUID(), asked: [] as string[] };
  const state: Pick<OidcProvider, 'next'> = { next: { claims: { sub: '1' } } };
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url ?? '/', issuer);
    provider.asked.push(url.pathname);
    const json = (body: unknown, status = 200) =>
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration') return json(discovery(issuer));
    if (url.pathname === '/jwks') {
      return json({ keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
    }
    if (url.pathname === '/authorize') {
      const asked = (name: string) => url.searchParams.get(name) ?? '';
      const code = randomUUID();
      grants.set(code, {
        redirectUri: asked('redirect_uri'),
        challenge: asked('code_challenge'),
        nonce: asked('nonce'),
      });
      const back = new URL(asked('redirect_uri'));
      back.search = new URLSearchParams({ code, state: asked('state') }).toString();
      return reply.writeHead(302, { location: back.toString() }).end();
    }
    if (url.pathname === '/userinfo') return json(state.next.claims);
    if (url.pathname !== '/token') return json({ error: 'not_found' }, 404);
    const form = new URLSearchParams(await textOf(request));
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const known = form.get('client_id') === provider.clientId && form.get('client_secret') === provider.clientSecret;
    if (!known || grant?.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri')) {
      return json({ error: 'invalid_grant' }, 400);
    }
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: provider.clientId,
      iat: seconds,
      exp: seconds + 60,
      nonce: grant.nonce,
      ...state.next.claims,
      ...state.next.lies,
    };
    const head = `${base64url({ alg: 'RS256', kid: 'k' })}.${base64url(claims)}`;
    const { privateKey } = state.next.key === 'stranger' ? stranger : key;
    const signature = createSign('RSA-SHA256').update(head).sign(privateKey, 'base64url');
    return json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token: `${head}.${signature}` });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, provider, {
    issuer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
