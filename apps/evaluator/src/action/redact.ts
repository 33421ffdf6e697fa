import type { ActionEnvironment } from './read-inputs.ts';

const SECRET_NAMES = /(^|_)(KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$|^(DATABASE|REDIS)_URL$/i;
/** Shorter values are words that stand in any text. */
const SHORTEST = 8;

/**
 * Replaces the values of secret environment variables. GitHub hides its secrets in the log only: what is posted as a
 * comment or a summary passes through nothing but this.
 */
export function createRedact(env: ActionEnvironment): (text: string) => string {
  const secrets = Object.entries(env)
    .flatMap(([name, value]) => (SECRET_NAMES.test(name) && value !== undefined ? secretsIn(value) : []))
    .filter((secret) => secret.length >= SHORTEST)
    // A secret that contains another one goes first, or a part of it would stay.
    .toSorted((a, b) => b.length - a.length);
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text);
}

/** The value, and the password of an address by itself: drivers name it without the rest. */
function secretsIn(value: string): string[] {
  const { password } = URL.canParse(value) ? new URL(value) : { password: '' };
  return [value, password, decoded(password)];
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
