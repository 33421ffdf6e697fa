import type { Provider } from '@pointsman/contracts';
import { nearestName } from '../nearest-name.ts';
import type { ConfigProblem } from './config-problem.ts';
import {
  ENVIRONMENT_VARIABLES,
  type EnvironmentVariable,
  type VariableKind,
  type VariableName,
} from './environment-variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type EnvironmentReading = {
  /** The variables that are set and sound. */
  values: Readonly<Partial<Record<VariableName, string>>>;
  /** By provider id: the key and address found, each with its variable. */
  providers: ReadonlyMap<string, { key?: Found | undefined; baseUrl?: Found | undefined }>;
  problems: ConfigProblem[];
};
export type Found = { variable: string; value: string };

/** Reads the variables Pointsman knows and those in which the given providers' keys and addresses may stand. */
export function readEnvironment(env: Environment, providers: readonly Provider[]): EnvironmentReading {
  const problems: ConfigProblem[] = [];
  const values: Partial<Record<VariableName, string>> = {};
  for (const [name, variable] of Object.entries(ENVIRONMENT_VARIABLES) as [VariableName, EnvironmentVariable][]) {
    const text = env[name]?.trim();
    if (text === undefined || text === '') continue;
    const problem = checkValue(name, text, variable.kind);
    if (problem === undefined) values[name] = text;
    else problems.push(problem);
  }
  problems.push(...misspeltVariables(env));
  return { values, providers: readProviderVariables(env, providers, problems), problems };
}

/** Undefined when the text is sound. */
function checkValue(path: string, text: string, kind: VariableKind): ConfigProblem | undefined {
  if (kind.type === 'port') {
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return undefined;
    const mend = text.startsWith('tcp://')
      ? 'Kubernetes sets this for a Service named pointsman: set enableServiceLinks: false in the pod, or set the port yourself.'
      : 'Use a whole number from 0 to 65535; 0 takes any free port.';
    return { path, message: 'is not a port', got: text, mend };
  }
  if (kind.type === 'milliseconds') {
    if (/^[1-9]\d{0,5}$/.test(text)) return undefined;
    return { path, message: 'is not a time', got: text, mend: 'Use a whole number of milliseconds from 1 to 999999.' };
  }
  if (kind.type === 'secret') {
    if (text.length >= kind.shortest) return undefined;
    const mend = `Use at least ${kind.shortest} random characters, such as: openssl rand -base64 32`;
    return { path, message: `is too short: ${text.length} characters`, mend };
  }
  if (kind.type === 'choice') {
    if (kind.values.includes(text)) return undefined;
    return { path, message: 'is not one of the choices', got: text, mend: chooseOneOf(text, kind.values) };
  }
  if (kind.type === 'address') {
    if (URL.canParse(text) && kind.protocols.includes(new URL(text).protocol)) return undefined;
    // The text may hold a password in a place where no parser finds it: it is not shown.
    return {
      path,
      message: `is not a ${kind.protocols.join(' or ')} address`,
      mend: `Use an address such as ${kind.example}.`,
    };
  }
  return undefined;
}

/** A sentence that lists the choices, the likely one first. */
export function chooseOneOf(got: string, choices: readonly string[]): string {
  const near = nearestName(got, choices);
  const list = `Use one of: ${choices.join(', ')}.`;
  return near === undefined ? list : `Did you mean ${near}? ${list}`;
}

/** Only near misses: other software and orchestrators set variables of their own that begin with our name. */
function misspeltVariables(env: Environment): ConfigProblem[] {
  const known = Object.keys(ENVIRONMENT_VARIABLES).filter((name) => name.startsWith('POINTSMAN_'));
  return Object.keys(env).flatMap((name) => {
    if (!name.startsWith('POINTSMAN_') || known.includes(name)) return [];
    const near = known.find((candidate) => nearestName(name.slice(10), [candidate.slice(10)]) !== undefined);
    if (near === undefined) return [];
    return [
      {
        path: name,
        message: 'is not a variable that Pointsman knows',
        mend: `Did you mean ${near}? Rename or unset it.`,
      },
    ];
  });
}

function readProviderVariables(env: Environment, providers: readonly Provider[], problems: ConfigProblem[]) {
  const found = new Map<string, { key?: Found | undefined; baseUrl?: Found | undefined }>();
  for (const provider of providers) {
    const key = firstSet(env, provider.keyEnv);
    const baseUrl = firstSet(env, provider.baseUrlEnv === undefined ? [] : [provider.baseUrlEnv]);
    const keyProblem = key && checkKey(key.variable, key.value);
    const urlProblem = baseUrl && checkBaseUrl(baseUrl.variable, baseUrl.value);
    if (keyProblem !== undefined) problems.push(keyProblem);
    if (urlProblem !== undefined) problems.push(urlProblem);
    if (key === undefined && baseUrl === undefined) continue;
    found.set(provider.id, {
      key: keyProblem === undefined ? key : undefined,
      baseUrl:
        baseUrl && urlProblem === undefined
          ? { ...baseUrl, value: withVersionSegment(baseUrl.value, provider) }
          : undefined,
    });
  }
  return found;
}

function firstSet(env: Environment, names: readonly string[]): Found | undefined {
  for (const variable of names) {
    const value = env[variable]?.trim();
    if (value !== undefined && value !== '') return { variable, value };
  }
  return undefined;
}

/** A key travels in a header: blanks, line ends and characters beyond ASCII cannot. */
export function checkKey(path: string, key: string): ConfigProblem | undefined {
  if (/^[\x21-\x7e]+$/.test(key)) return undefined;
  return {
    path,
    message: 'holds a blank, a line end or a character that no key has',
    mend: 'Copy the key again, without quotes, blanks or line ends.',
  };
}

function checkBaseUrl(path: string, text: string): ConfigProblem | undefined {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return undefined;
  return {
    path,
    message: 'is not an http or https address',
    got: withoutCredentials(text),
    mend: 'Use the address with the version segment, such as http://127.0.0.1:11434/v1.',
  };
}

/** Makers' own clients take such variables without the version segment and add it: a bare host gets the provider's path. */
function withVersionSegment(address: string, provider: Provider): string {
  const bare = withoutTrailingSlash(address);
  return new URL(bare).pathname === '/' ? `${bare}${withoutTrailingSlash(new URL(provider.baseUrl).pathname)}` : bare;
}

export const withoutTrailingSlash = (address: string): string => address.replace(/\/+$/, '');

/** The text with user name and password of an address taken out. */
export const withoutCredentials = (text: string): string => text.replace(/\/\/[^/\s]*@/g, '//***@');
