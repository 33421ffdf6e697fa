import { isIPv4, isIPv6 } from 'node:net';
import { IBAN_LENGTHS } from './iban-lengths.ts';

/** What takes the place of what was found. */
export const REDACTED = {
  secret: '[SECRET]',
  email: '[EMAIL]',
  iban: '[IBAN]',
  card: '[CARD]',
  ip: '[IP]',
  phone: '[PHONE]',
} as const;

/**
 * A text with e-mail addresses, telephone numbers, IBANs, payment cards, IP addresses and secrets replaced by what they are.
 * Names, postal addresses and whatever people describe in words cannot be recognised by their shape and stay. Linear in the
 * length of the text: every pattern is bounded.
 */
export function redact(text: string): string {
  let redacted = text;
  for (const step of STEPS) redacted = step(redacted);
  return redacted;
}

/** Replaces the matches that `isOne` confirms. */
const replacing = (pattern: RegExp, by: string, isOne: (found: string) => boolean) => (text: string) =>
  text.replace(pattern, (found) => (isOne(found) ? by : found));

const always = () => true;

/** The keys that services give out under a prefix of their own, JSON web tokens, private keys, and what follows "Bearer". */
const SECRETS = [
  /\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,256}/g,
  /\b(?:pm_|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|hf_|gsk_|npm_|xox[abeoprs]-|shpat_|dop_v1_)[A-Za-z0-9_-]{10,256}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\beyJ[A-Za-z0-9_-]{10,4096}\.[A-Za-z0-9_-]{4,4096}\.[A-Za-z0-9_-]{4,4096}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,8192}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  /(?<=\bbearer\s{1,4})[A-Za-z0-9._~+/=-]{16,4096}/gi,
];

const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;

const IBAN = /\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}/gi;

/** Issuers begin with 2 to 6: Mir and Mastercard, American Express and Diners, Visa, Mastercard, Discover and Maestro. */
const CARD = /(?<![\d.,-])[2-6](?:[ -]?\d){12,18}(?![\d])/g;

const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4})(?![\w:])/gi;

/** With a country code, or a trunk 0, or as North America writes it. */
const PHONES = [
  /(?<![\w+])(?:\+|00)[1-9](?:[ \u00a0()./-]{0,3}\d){7,14}(?!\d)/g,
  /(?<![\w.,+/-])\(?0[1-9](?:[ \u00a0()./-]{0,3}\d){7,10}(?!\d)/g,
  /(?<![\w.,+-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?![\d-])/g,
];

const STEPS: readonly ((text: string) => string)[] = [
  ...SECRETS.map((pattern) => replacing(pattern, REDACTED.secret, always)),
  replacing(EMAIL, REDACTED.email, always),
  redactIbans,
  replacing(CARD, REDACTED.card, isCard),
  replacing(IPV6, REDACTED.ip, (found) => /\d/.test(found) && isIPv6(found)),
  replacing(IPV4, REDACTED.ip, isIPv4),
  ...PHONES.map((pattern) => replacing(pattern, REDACTED.phone, (found) => !isDate(found))),
];

/** What follows an IBAN may look like more of it: the country says where it ends. */
function redactIbans(text: string): string {
  return text.replace(IBAN, (found) => {
    const length = IBAN_LENGTHS[found.slice(0, 2).toUpperCase()] ?? Number.POSITIVE_INFINITY;
    const end = endOf(found, length);
    return end !== undefined && hasIbanChecksum(found.slice(0, end)) ? REDACTED.iban + found.slice(end) : found;
  });
}

/** Where the first `count` letters and digits end; undefined when there are fewer, or when they end within a word. */
function endOf(found: string, count: number): number | undefined {
  let seen = 0;
  for (let index = 0; index < found.length; index += 1) {
    if (!/[A-Z0-9]/i.test(found[index] ?? '')) continue;
    seen += 1;
    if (seen === count) return /^[A-Z0-9]/i.test(found.slice(index + 1)) ? undefined : index + 1;
  }
  return undefined;
}

/** ISO 7064 MOD 97-10, as ISO 13616 has it: country and check digits at the end, letters as 10 to 35. */
function hasIbanChecksum(text: string): boolean {
  const compact = text.replace(/[^A-Z0-9]/gi, '').toUpperCase();
  const digits = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** ISO/IEC 7812's check digit (Luhn), over 13 to 19 digits. */
function isCard(found: string): boolean {
  const digits = found.replace(/\D/g, '');
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** "01.02.2026 10:30" has the digits of a telephone number. */
const isDate = (found: string) => /^\(?(?:0[1-9]|[12]\d|3[01])[./-](?:0[1-9]|1[0-2])[./-](?:19|20)\d{2}/.test(found);
