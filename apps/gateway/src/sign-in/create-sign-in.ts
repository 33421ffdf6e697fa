import { acceptVouchedFor, type OidcSettings } from '@pointsman/administration';
import { GatewayError, type Role } from '@pointsman/contracts';
import { type Database, hashPassword, type Repositories, signInTables, type User, verifyPassword } from '@pointsman/db';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { isAPIError } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { LRUCache } from 'lru-cache';
import { keepRawTokens } from './keep-raw-tokens.ts';
import { publicOrigin } from './public-origin.ts';

/** What sign-in stands on. */
export type SignInGround = {
  database: Database;
  repositories: Repositories;
  /** Signs cookies; the same for all gateways of a database. */
  secret: string;
  oidc: OidcSettings | undefined;
  publicUrl: string | undefined;
  now(): number;
  /** Told of what better-auth calls an error, without what caused it. */
  onError(message: string): void;
};

/** A browser's session, and the cookies that keep it going. */
export type CookieSession = { user: User; setCookies: string[] };

/** Sign-in with cookies, for browsers. Bearer tokens for scripts are the users repository's. */
export type SignIn = {
  oidc: { name: string } | undefined;
  /** The address by which whoever sent this request knows us, without a path. */
  originOf(header: (name: string) => string | undefined): string;
  /** Hands a request to better-auth. Its URL is below the public origin at `/api/auth`. */
  handle(request: Request): Promise<Response>;
  /** Whose session the cookies are of, if any. @throws GatewayError `storage_unavailable`. */
  sessionOf(cookie: string, origin: string): Promise<CookieSession | undefined>;
};

/** The provider of identities in paths, and in the accounts it vouches for. */
export const OIDC_PROVIDER = 'oidc';
/** Long enough for a working day; whoever works on is not signed out. */
const SESSION_SECONDS = 12 * 3600;
const REFRESH_SECONDS = 3600;
/** People know an installation by few addresses; strangers may make up any. */
const MOST_ORIGINS = 16;
const DISCOVERY = '/.well-known/openid-configuration';

/** One better-auth for each address by which browsers know us: its cookies and its checks of origins follow from it. */
export function createSignIn(ground: SignInGround): SignIn {
  const auths = new LRUCache<string, BetterAuth>({ max: MOST_ORIGINS });
  const authFor = (origin: string): BetterAuth => {
    const auth = auths.get(origin) ?? createAuth(ground, origin);
    auths.set(origin, auth);
    return auth;
  };
  return {
    oidc: ground.oidc && { name: ground.oidc.name },
    originOf: (header) => publicOrigin(ground.publicUrl, header),
    async handle(request) {
      const { origin, pathname } = new URL(request.url);
      const needsProvider = ground.oidc !== undefined && /\/(callback|sign-in\/social)\b/.test(pathname);
      // Discovery runs once, at the first use of an address; a provider that was away then is asked again.
      if (needsProvider && !(await knowsProvider(authFor(origin)))) auths.delete(origin);
      return authFor(origin).handler(request);
    },
    async sessionOf(cookie, origin) {
      const { response, headers } = await authFor(origin)
        .api.getSession({ headers: new Headers({ cookie }), returnHeaders: true })
        .catch(noSessionOrThrow);
      if (response === null || response.user.disabledAt) return undefined;
      return { user: userOf(response.user), setCookies: headers.getSetCookie() };
    },
  };
}

type BetterAuth = ReturnType<typeof createAuth>;
/** A session that was ended while it was read is none; everything else that better-auth reports is the database's. */
function noSessionOrThrow(error: unknown): { response: null; headers: Headers } {
  if (isAPIError(error) && error.statusCode === 401) return { response: null, headers: new Headers() };
  throw new GatewayError('storage_unavailable', 'The session could not be read.', { cause: error });
}

type SignedIn = NonNullable<Awaited<ReturnType<BetterAuth['api']['getSession']>>>['user'];

const userOf = ({ id, email, name, role, clientId, createdAt }: SignedIn): User => ({
  id,
  email,
  name,
  // The database takes no other: people are made by one place.
  role: role as Role,
  clientId: clientId ?? undefined,
  createdAt: createdAt.toISOString(),
  disabledAt: undefined,
});

const knowsProvider = async (auth: BetterAuth): Promise<boolean> => {
  const { socialProviders } = await auth.$context;
  return socialProviders.some(({ id }) => id === OIDC_PROVIDER);
};

function createAuth(ground: SignInGround, origin: string) {
  const { database, secret, oidc, onError } = ground;
  return betterAuth({
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database: keepRawTokens(drizzleAdapter(database.orm, { provider: 'pg', schema: signInTables })),
    advanced: {
      cookiePrefix: 'pointsman',
      useSecureCookies: origin.startsWith('https:'),
      database: { generateId: false },
      ipAddress: { disableIpTracking: true },
    },
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        clientId: { type: 'string', required: false, input: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: REFRESH_SECONDS },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 1024,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    account: {
      // The state of a sign-in that is under way stays with the browser, encrypted: any gateway can go on with it.
      storeStateStrategy: 'cookie',
      updateAccountOnSignIn: false,
      // Nobody registers himself, so nobody can have taken another's address before its owner comes.
      accountLinking: { requireLocalEmailVerified: false },
    },
    // The gate of the admin API counts, for both doors alike.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => onError(message) },
    onAPIError: { errorURL: '/sign-in' },
    databaseHooks: hooksOf(ground),
    plugins: oidc === undefined ? [] : [oidcPlugin(oidc, ground)],
  });
}

/** What a provider gave to call its API with: nothing here does, so it is not kept. */
const NOT_KEPT = {
  accessToken: undefined,
  refreshToken: undefined,
  idToken: undefined,
  accessTokenExpiresAt: undefined,
  refreshTokenExpiresAt: undefined,
  scope: undefined,
};

function hooksOf({ repositories }: SignInGround) {
  return {
    account: { create: { before: async () => ({ data: NOT_KEPT }) } },
    session: {
      create: {
        before: async ({ userId }: { userId: string }) => {
          const user = await repositories.users.get(userId);
          return user !== undefined && user.disabledAt === undefined;
        },
      },
    },
  };
}

function oidcPlugin({ issuer, clientId, clientSecret }: OidcSettings, { repositories, now }: SignInGround) {
  return genericOAuth({
    config: [
      {
        providerId: OIDC_PROVIDER,
        discoveryUrl: issuer.endsWith(DISCOVERY) ? issuer : `${issuer.replace(/\/$/, '')}${DISCOVERY}`,
        clientId,
        clientSecret: clientSecret.reveal(),
        scopes: ['openid', 'email', 'profile'],
        requireIdTokenVerification: true,
        disableSignUp: true,
        // Its tokens are verified by now. Whoever was invited is made here, by the one place that makes people.
        mapProfileToUser: async ({ email, emailVerified, name }) => {
          if (emailVerified === true && typeof email === 'string') {
            await acceptVouchedFor(repositories, { email, name: typeof name === 'string' ? name : '' }, now());
          }
          return {};
        },
      },
    ],
  });
}
