import type { Scene } from './scene.ts';
import type { CheckInput } from './template.ts';

/** The result alone on the last line, whatever comes before. `what` names it, with its unit. */
export const lastLineNumber = (scene: Scene, what: string): string =>
  scene.say({
    en: [
      `Show your working if you like, but the last line of the reply must contain only ${what}.`,
      `End with a line that holds nothing but ${what}.`,
      `Put ${what} alone on the last line.`,
      `You may explain briefly; the final line is ${what} and nothing else.`,
    ],
    fr: [
      `Détaille le calcul si tu veux, mais la dernière ligne ne contient que ${what}.`,
      `Termine par une ligne qui ne contient que ${what}.`,
      `Mettez ${what}, sans rien d'autre, sur la dernière ligne.`,
      `Une courte explication est permise ; la dernière ligne donne uniquement ${what}.`,
    ],
  });

export const lastNumberIs = (expected: number, tolerance = 0): CheckInput => ({
  kind: 'numeric',
  expected,
  tolerance,
  part: 'last-line',
});

/** A word, name or date alone on the last line. */
export const lastLineText = (scene: Scene, what: string): string =>
  scene.say({
    en: [
      `Finish with one line that contains only ${what}.`,
      `The last line must be ${what}, without any other word.`,
      `Explain if needed, then write ${what} alone on the last line.`,
    ],
    fr: [
      `Terminez par une ligne qui contient uniquement ${what}.`,
      `La dernière ligne doit être ${what}, sans aucun autre mot.`,
      `Expliquez si besoin, puis donnez sur la dernière ligne ${what}, sans rien d'autre.`,
    ],
  });

export const lastLineIs = (...expected: string[]): CheckInput => ({ kind: 'exact', expected, part: 'last-line' });

/** One label and nothing else. */
export const labelOnly = (scene: Scene): string =>
  scene.say({
    en: [
      'Answer with the label only.',
      'Reply with just the label, no explanation.',
      'Give the label and nothing else.',
    ],
    fr: [
      "Répondez par l'étiquette seule.",
      "Donne uniquement l'étiquette, sans explication.",
      "Seule l'étiquette est attendue.",
    ],
  });

/** One JSON value and nothing else. */
export const jsonOnly = (scene: Scene): string =>
  scene.say({
    en: [
      'Reply with the JSON only.',
      'Output nothing but valid JSON.',
      'Answer in JSON, without any comment.',
      'Return only the JSON.',
    ],
    fr: [
      'Répondez uniquement par le JSON.',
      'Ne renvoie que du JSON valide.',
      'Réponse en JSON, sans commentaire.',
      'Seul le JSON est attendu.',
    ],
  });

/** Lines and nothing else. */
export const linesOnly = (scene: Scene): string =>
  scene.say({
    en: [
      'One per line, nothing else.',
      'Write one per line and add nothing.',
      'Only the lines, without numbering or comment.',
    ],
    fr: [
      "Un élément par ligne, rien d'autre.",
      'Écrivez-en un par ligne, sans rien ajouter.',
      'Seulement les lignes, sans numéro ni commentaire.',
    ],
  });

/** The text consists of these lines, blank ones and spaces at their ends aside. */
export const linesAre = (lines: readonly string[]): CheckInput => ({
  kind: 'regex',
  pattern: `^\\s*${lines.map((line) => `(?:[-*•] )?${escapeText(line)}`).join('[ \\t]*\\n+\\s*')}\\s*$`,
});

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const SPACES = /[\s\u202f]+/gu;

/** A text as a pattern that takes any spaces for spaces, and either apostrophe. */
export const escapeText = (text: string): string =>
  text.replace(SYNTAX, '\\$&').replace(/['’]/g, "['’]").replace(SPACES, '\\s+');

/** A text that stands by itself: not inside a longer word or number. */
export const wholeText = (text: string): string => `(?<![\\p{L}\\p{N}])${escapeText(text)}(?![\\p{L}\\p{N}])`;

/** An amount however it is written: 1,234.50, 1 234,5, 1234.50. `decimals` are those that matter; trailing zeros may be left out. */
export function amountPattern(value: number, decimals = 0): string {
  const [whole = '', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, '[\\s.,]?');
  const kept = fraction.replace(/0+$/, '');
  const zeros = fraction.length - kept.length;
  const ending = kept === '' ? (zeros === 0 ? '' : `(?:[.,]0{1,${zeros}})?`) : `[.,]${kept}0{0,${zeros}}`;
  // Not the beginning, the middle or the end of another number.
  return `(?<!\\d|\\d[.,\\u202f\\u00a0])${groups}${ending}(?!\\d|[.,]\\d)`;
}

/** The text has something like the pattern. */
export const has = (pattern: string, more: Partial<CheckInput> = {}): CheckInput =>
  ({ kind: 'regex', pattern, flags: 'i', ...more }) as CheckInput;

/** The text has nothing like the pattern. */
export const hasNo = (pattern: string, more: Partial<CheckInput> = {}): CheckInput =>
  ({ kind: 'regex', pattern, flags: 'i', negate: true, ...more }) as CheckInput;

/** The JSON of the reply is this value, wherever it stands. */
export const jsonIs = (expected: unknown, tolerance = 0): CheckInput =>
  ({ kind: 'json-value', path: '$', expected, tolerance }) as CheckInput;

/** Each member of the JSON object of the reply by itself, so that a reply that is right in part scores in part. */
export const membersAre = (expected: Readonly<Record<string, unknown>>, tolerance = 0): CheckInput[] =>
  Object.entries(expected).map(
    ([name, value]) => ({ kind: 'json-value', path: `$.${name}`, expected: value, tolerance }) as CheckInput,
  );

/** A value as JSON in a fenced block. */
export const jsonBlock = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
