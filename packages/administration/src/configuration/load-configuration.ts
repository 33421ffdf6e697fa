import { join } from 'node:path';
import type { Provider } from '@pointsman/contracts';
import { shippedProviders } from '@pointsman/model-catalog';
import { nearestName } from '../nearest-name.ts';
import type { ConfigProblem } from './config-problem.ts';
import {
  CONFIGURATION_DEFAULTS,
  type Configuration,
  type EmulatorMode,
  type LogLevel,
  type ProviderSettings,
  type SignInSettings,
} from './configuration.ts';
import type { ConfigFile } from './file-schema.ts';
import { type ConfigFileReading, type ConfigFileText, parseConfigFile } from './parse-config-file.ts';
import {
  type Environment,
  type EnvironmentReading,
  readEnvironment,
  withoutTrailingSlash,
} from './read-environment.ts';
import { secret } from './secret.ts';
import { readSignIn } from './sign-in-settings.ts';

export type ConfigurationInput = {
  env: Environment;
  file?: ConfigFileText | undefined;
  /** Against which relative folders are read; left as they are when absent. */
  directory?: string | undefined;
  /** The providers known without configuration; the shipped ones when absent. */
  knownProviders?: readonly Provider[] | undefined;
};
export type ConfigurationResult = { ok: true; configuration: Configuration } | { ok: false; problems: ConfigProblem[] };

/** Turns environment and file into a frozen configuration, or names every problem at once. */
export function loadConfiguration(input: ConfigurationInput): ConfigurationResult {
  const known = input.knownProviders ?? shippedProviders();
  const environment = readEnvironment(input.env, known);
  const file = input.file && parseConfigFile(input.file, input.env);
  const problems = [
    ...environment.problems,
    ...(file?.problems ?? []),
    ...(file === undefined ? [] : unknownProviders(file, known)),
  ];
  const signIn = readSignIn(file?.content.signIn, environment.values);
  if (!signIn.ok) problems.push(signIn.problem);
  if (problems.length > 0 || !signIn.ok) return { ok: false, problems };
  const content = file?.content ?? {};
  const configuration = assemble({ ...input, content, environment, known, signIn: signIn.settings });
  return { ok: true, configuration: deepFreeze(configuration) };
}

/** A provider that nobody knows needs an address; a model needs a provider. */
function unknownProviders({ content, problemAt }: ConfigFileReading, known: readonly Provider[]): ConfigProblem[] {
  const knownIds = new Set(known.map(({ id }) => id));
  const fromFile = Object.entries(content.providers ?? {});
  const additions = fromFile.filter(([id]) => !knownIds.has(id));
  const incomplete = additions.filter(([, settings]) => settings.baseUrl === undefined);
  const ids = [...knownIds, ...additions.map(([id]) => id)];
  const orphans = Object.keys(content.models ?? {}).filter((id) => !ids.includes(providerOf(id)));
  return [
    ...incomplete.map(([id]) =>
      problemAt(['providers', id], {
        message: 'is not a provider that Pointsman knows, and has no baseUrl',
        mend: `${didYouMean(id, knownIds)}To add a provider give its baseUrl, such as https://api.example.com/v1.`,
      }),
    ),
    ...orphans.map((id) =>
      problemAt(['models', id], {
        message: `names the provider ${providerOf(id)}, which nobody knows`,
        mend: `${didYouMean(providerOf(id), ids)}Add providers.${providerOf(id)} with its baseUrl, or use one of: ${ids.join(', ')}.`,
      }),
    ),
  ];
}

const providerOf = (modelId: string): string => modelId.slice(0, modelId.indexOf('/'));

function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearestName(word, candidates);
  return near === undefined ? '' : `Did you mean ${near}? `;
}

type Parts = ConfigurationInput & {
  content: ConfigFile;
  environment: EnvironmentReading;
  known: readonly Provider[];
  signIn: SignInSettings;
};

function assemble({ content, environment, known, directory, file, signIn }: Parts): Configuration {
  const { values } = environment;
  const fallback = CONFIGURATION_DEFAULTS;
  const port = values.POINTSMAN_PORT ?? values.PORT;
  const folder = (path: string): string =>
    directory === undefined || path.startsWith('/') ? path : join(directory, path);
  const dataDir = folder(values.POINTSMAN_DATA_DIR ?? fallback.dataDir);
  return {
    server: {
      ...fallback.server,
      ...defined(content.server),
      ...(values.POINTSMAN_HOST !== undefined && { host: values.POINTSMAN_HOST }),
      ...(port !== undefined && { port: Number(port) }),
      // Checked against the closed list when the environment was read.
      ...(values.POINTSMAN_LOG_LEVEL !== undefined && { logLevel: values.POINTSMAN_LOG_LEVEL as LogLevel }),
    },
    dataDir,
    artefactsDir:
      values.POINTSMAN_ARTEFACTS_DIR === undefined
        ? join(dataDir, 'artefacts')
        : folder(values.POINTSMAN_ARTEFACTS_DIR),
    signIn,
    databaseUrl: values.DATABASE_URL === undefined ? undefined : secret(values.DATABASE_URL),
    redisUrl: values.REDIS_URL === undefined ? undefined : secret(values.REDIS_URL),
    emulator: (values.POINTSMAN_EMULATOR as EmulatorMode | undefined) ?? content.emulator ?? fallback.emulator,
    emulatorUrl:
      values.POINTSMAN_EMULATOR_URL === undefined ? undefined : withoutTrailingSlash(values.POINTSMAN_EMULATOR_URL),
    routerDir: values.POINTSMAN_ROUTER_DIR === undefined ? undefined : folder(values.POINTSMAN_ROUTER_DIR),
    routerTimeoutMs: Number(values.POINTSMAN_ROUTER_TIMEOUT_MS ?? fallback.routerTimeoutMs),
    providers: providerSettings(content, environment, known),
    models: content.models ?? {},
    defaults: {
      policy: content.defaults?.policy ?? fallback.policy,
      timeouts: content.defaults?.timeouts ?? {},
      retries: content.defaults?.retries,
    },
    retention: { decisionsDays: content.retention?.decisionsDays ?? fallback.decisionsDays },
    limits: { ...fallback.limits, ...defined(content.limits) },
    file: file?.path,
  };
}

/** The file wins here: an entry written for a provider is more deliberate than a variable that happens to be set. */
function providerSettings(content: ConfigFile, environment: EnvironmentReading, known: readonly Provider[]) {
  const mentioned = new Set(Object.keys(content.models ?? {}).map(providerOf));
  const ids = new Set([...known.map(({ id }) => id), ...Object.keys(content.providers ?? {})]);
  const settings: Record<string, ProviderSettings> = {};
  for (const id of ids) {
    const fromFile = content.providers?.[id];
    const { key, baseUrl } = environment.providers.get(id) ?? {};
    if (fromFile === undefined && key === undefined && baseUrl === undefined && !mentioned.has(id)) continue;
    const { apiKey, enabled, baseUrl: fileUrl, ...rest } = fromFile ?? {};
    const address = fileUrl === undefined ? baseUrl?.value : withoutTrailingSlash(fileUrl);
    const written =
      apiKey === undefined || apiKey === '' ? undefined : { value: apiKey, from: `providers.${id}.apiKey` };
    const found = written ?? (key && { value: key.value, from: key.variable });
    settings[id] = {
      ...rest,
      enabled: enabled ?? true,
      mentioned: fromFile !== undefined || mentioned.has(id),
      ...(address !== undefined && { baseUrl: address }),
      ...(found !== undefined && { apiKey: secret(found.value), keyFrom: found.from }),
    };
  }
  return settings;
}

/** The entries that are there: an absent one must not overwrite a default. */
function defined<T extends object>(settings: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(settings ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const child of Object.values(value)) deepFreeze(child);
  return Object.freeze(value);
}
