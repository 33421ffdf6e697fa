import type { Provider, WireFormatName } from '@pointsman/contracts';
import type { EMULATOR_MODES, LOG_LEVELS, ModelSettings } from './file-schema.ts';
import type { Secret } from './secret.ts';

export type LogLevel = (typeof LOG_LEVELS)[number];
export type EmulatorMode = (typeof EMULATOR_MODES)[number];

/** Everything the environment and the file say about one provider; the rest comes from the catalogue. */
export type ProviderSettings = {
  enabled: boolean;
  /** The file has an entry for it, or for one of its models. */
  mentioned: boolean;
  apiKey?: Secret | undefined;
  /** Where the key comes from: the variable's name, or the path in the file. */
  keyFrom?: string | undefined;
  /** Without trailing slash. */
  baseUrl?: string | undefined;
  name?: string | undefined;
  format?: WireFormatName | undefined;
  needsKey?: boolean | undefined;
  regions?: readonly string[] | undefined;
  quirks?: { [Quirk in keyof Provider['quirks']]?: Provider['quirks'][Quirk] | undefined } | undefined;
};

/** For calls to providers; what is absent keeps the default of the providers package. */
export type TimeoutSettings = {
  connectMs?: number | undefined;
  firstByteMs?: number | undefined;
  idleMs?: number | undefined;
  totalMs?: number | undefined;
};

/** A provider of identities that speaks OpenID Connect. */
export type OidcSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** What the button of the sign-in page calls it. */
  readonly name: string;
};

export type SignInSettings = {
  /** The address people know, without a path; absent: the one a request came to. */
  readonly publicUrl: string | undefined;
  /** Signs cookies; absent: one that is made once and kept in the database. */
  readonly secret: Secret | undefined;
  readonly oidc: OidcSettings | undefined;
};

/** The checked, frozen configuration of one process. */
export type Configuration = {
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** How long open requests may run on at shutdown. */
    readonly drainMs: number;
    readonly logLevel: LogLevel;
  };
  /** Where the embedded database and spools live. */
  readonly dataDir: string;
  /** Where promoted router artefacts are kept. */
  readonly artefactsDir: string;
  readonly signIn: SignInSettings;
  /** Absent: the embedded database in `dataDir`. */
  readonly databaseUrl: Secret | undefined;
  readonly redisUrl: Secret | undefined;
  readonly emulator: EmulatorMode;
  /** A provider emulator that runs already, without a path; absent: this process runs its own where it emulates. */
  readonly emulatorUrl: string | undefined;
  /** A router artefact to serve instead of the shipped one. */
  readonly routerDir: string | undefined;
  /** How long a request waits for the router model before benchmark averages stand in. */
  readonly routerTimeoutMs: number;
  /** By provider id: those that the environment or the file says something about. */
  readonly providers: Readonly<Record<string, Readonly<ProviderSettings>>>;
  /** By model id, as the file says. */
  readonly models: Readonly<Record<string, Readonly<ModelSettings>>>;
  readonly defaults: {
    /** The policy that new clients get. */
    readonly policy: string;
    readonly timeouts: Readonly<TimeoutSettings>;
    readonly retries: number | undefined;
  };
  readonly retention: { readonly decisionsDays: number };
  readonly limits: {
    readonly maxRequestBytes: number;
    readonly cacheBytes: number;
    readonly spoolBytes: number;
  };
  /** The file it was read from. */
  readonly file: string | undefined;
};

/** What a configuration that says nothing gets. */
export const CONFIGURATION_DEFAULTS = {
  server: { host: '127.0.0.1', port: 8080, drainMs: 30_000, logLevel: 'info' },
  dataDir: './.pointsman',
  emulator: 'auto',
  // Four times what 99 of 100 predictions need: a request must not wait for a model that hangs.
  routerTimeoutMs: 20,
  policy: 'default',
  decisionsDays: 30,
  oidcName: 'OpenID Connect',
  // Twenty-five megabytes hold a request with several images in base64, OpenAI's own limit being 20 MB per image.
  limits: { maxRequestBytes: 26_214_400, cacheBytes: 33_554_432, spoolBytes: 268_435_456 },
} as const;
