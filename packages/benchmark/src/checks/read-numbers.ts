const DIGITS = String.raw`\d+(?:[.,'\u2019 \u00a0\u202f\u2009]\d+)*(?:e[+-]?\d+)?`;
// Digits stuck to letters are names (CO2, m2), not numbers; a hyphen after a word or a number is no sign.
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\d_])(?<sign>(?<![\p{L}\d%)])(?:[-\u2212\u2013]|\u2212\s))?(?<currency>[€$£]\s?)?(?<digits>${DIGITS})(?<percent>\s?%)?`,
  'giu',
);

/** A number as found in a text and what it may mean: more than one value where notations disagree (`1,234`), or for a percentage. */
export type FoundNumber = { text: string; values: readonly number[] };

/** Every number of a text, in order, in French and English notation: 1 234,56, 1,234.56, 1.234,56, -12 %, 3e5. */
export function readNumbers(text: string): FoundNumber[] {
  return [...unTeX(text).matchAll(NUMBER)].flatMap(({ groups = {} }) => {
    const { sign = '', currency = '', digits = '', percent = '' } = groups;
    const pieces = splitGroups(digits);
    return pieces.map((piece, index) => {
      const isFirst = index === 0;
      const isLast = index === pieces.length - 1;
      const factor = isFirst && sign !== '' ? -1 : 1;
      const values = valuesOf(piece).map((value) => factor * value);
      return {
        text: `${isFirst ? sign + currency : ''}${piece}${isLast ? percent : ''}`,
        values: isLast && percent !== '' ? [...values, ...values.map((value) => value / 100)] : values,
      };
    });
  });
}

/** `1\,234` and `1{,}234`, as models write in formulas. */
const unTeX = (text: string): string => text.replace(/(?<=\d)\\[,;:!](?=\d)/gu, '\u202f').replace(/\{([.,])\}/gu, '$1');

const SPACES = /[ \u00a0\u202f\u2009]/u;
const SPACED_GROUPS = /^\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?(?:e[+-]?\d+)?$/iu;

/** Numbers that only stand next to each other (`2024 300`) are several; a space groups digits by threes or not at all. */
function splitGroups(digits: string): string[] {
  if (!SPACES.test(digits) || SPACED_GROUPS.test(digits)) return [digits];
  return digits.split(new RegExp(SPACES, 'gu'));
}

/** What digits with separators may mean: two values where one separator could be of thousands or of decimals. */
function valuesOf(digits: string): number[] {
  const plain = digits.replace(/[ \u00a0\u202f\u2009'\u2019]/gu, '');
  const separators = plain.match(/[.,]/gu) ?? [];
  const last = separators.at(-1);
  if (last === undefined) return [Number(plain)];
  const grouped = Number(plain.replace(/[.,]/gu, ''));
  if (separators.length > 1) {
    const other = last === '.' ? ',' : '.';
    const isGroupsOnly = separators.every((separator) => separator === last);
    return [isGroupsOnly ? grouped : Number(plain.replaceAll(other, '').replace(last, '.'))].filter(Number.isFinite);
  }
  const decimal = Number(plain.replace(last, '.'));
  return /^[1-9]\d{0,2}[.,]\d{3}$/u.test(plain) ? [decimal, grouped] : [decimal];
}
