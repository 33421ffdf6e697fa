import { CONFIGURATION_DEFAULTS } from './configuration.ts';
import { EMULATOR_MODES, LOG_LEVELS, SHORTEST_SECRET } from './file-schema.ts';

/** How the text of a variable is checked. */
export type VariableKind =
  | { type: 'text' }
  | { type: 'path' }
  | { type: 'port' }
  | { type: 'milliseconds' }
  | { type: 'secret'; shortest: number }
  | { type: 'choice'; values: readonly string[] }
  | { type: 'address'; protocols: readonly string[]; example: string };

export type EnvironmentVariable = {
  kind: VariableKind;
  /** One sentence for the reference page. */
  description: string;
  /** What holds when it is not set, for people. */
  absent: string;
};

const { server, dataDir, emulator } = CONFIGURATION_DEFAULTS;

/** The variables Pointsman reads besides those of the providers; empty counts as not set. */
export const ENVIRONMENT_VARIABLES = {
  POINTSMAN_HOST: { kind: { type: 'text' }, description: 'Address to listen on.', absent: server.host },
  POINTSMAN_PORT: { kind: { type: 'port' }, description: 'Port to listen on.', absent: 'PORT' },
  PORT: {
    kind: { type: 'port' },
    description: 'Port to listen on, as hosting platforms say it.',
    absent: String(server.port),
  },
  DATABASE_URL: {
    kind: {
      type: 'address',
      protocols: ['postgres:', 'postgresql:'],
      example: 'postgres://user:password@host:5432/pointsman',
    },
    description: 'PostgreSQL to use.',
    absent: 'an embedded PostgreSQL in POINTSMAN_DATA_DIR',
  },
  REDIS_URL: {
    kind: { type: 'address', protocols: ['redis:', 'rediss:'], example: 'redis://host:6379' },
    description: 'Redis, shared by several gateways for rate limits and the cache.',
    absent: 'limits and cache of each gateway in its own memory',
  },
  POINTSMAN_DATA_DIR: {
    kind: { type: 'path' },
    description: 'Folder of the embedded database and of everything kept between starts.',
    absent: dataDir,
  },
  POINTSMAN_CONFIG: {
    kind: { type: 'path' },
    description: 'The configuration file.',
    absent: 'pointsman.config.yaml in the working directory, where there is one',
  },
  POINTSMAN_LOG_LEVEL: {
    kind: { type: 'choice', values: LOG_LEVELS },
    description: 'How much is logged.',
    absent: server.logLevel,
  },
  POINTSMAN_PUBLIC_URL: {
    kind: { type: 'address', protocols: ['http:', 'https:'], example: 'https://pointsman.example.com' },
    description: 'The address people know: links, cookies and the return from a provider of identities use it.',
    absent: 'the address a request came to',
  },
  POINTSMAN_AUTH_SECRET: {
    kind: { type: 'secret', shortest: SHORTEST_SECRET },
    description: 'Signs session cookies; a new one signs everybody out.',
    absent: 'one that is made once and kept in the database',
  },
  POINTSMAN_OIDC_ISSUER: {
    kind: { type: 'address', protocols: ['http:', 'https:'], example: 'https://accounts.example.com' },
    description: 'A provider of identities that speaks OpenID Connect, by issuer.',
    absent: 'people sign in with passwords only',
  },
  POINTSMAN_OIDC_CLIENT_ID: {
    kind: { type: 'text' },
    description: 'How the provider of identities knows this installation.',
    absent: 'needed with an issuer',
  },
  POINTSMAN_OIDC_CLIENT_SECRET: {
    kind: { type: 'text' },
    description: 'The secret that goes with it.',
    absent: 'needed with an issuer',
  },
  POINTSMAN_EMULATOR: {
    kind: { type: 'choice', values: EMULATOR_MODES },
    description: 'Emulate the providers: always, never, or only when none has a key.',
    absent: emulator,
  },
  POINTSMAN_EMULATOR_URL: {
    kind: { type: 'address', protocols: ['http:', 'https:'], example: 'http://127.0.0.1:4010' },
    description: 'A provider emulator that runs already, for when providers are emulated.',
    absent: 'one inside each process',
  },
  POINTSMAN_ARTEFACTS_DIR: {
    kind: { type: 'path' },
    description: 'Folder of promoted router artefacts; gateways must see it under the same path.',
    absent: 'artefacts in POINTSMAN_DATA_DIR',
  },
  POINTSMAN_ROUTER_DIR: {
    kind: { type: 'path' },
    description: 'A router artefact to serve instead of the shipped one.',
    absent: 'the artefact promoted or chosen with `pointsman router`, else the shipped one',
  },
  POINTSMAN_ROUTER_TIMEOUT_MS: {
    kind: { type: 'milliseconds' },
    description: 'How long a request waits for the router model before benchmark averages stand in.',
    absent: String(CONFIGURATION_DEFAULTS.routerTimeoutMs),
  },
} as const satisfies Record<string, EnvironmentVariable>;
export type VariableName = keyof typeof ENVIRONMENT_VARIABLES;
