// Models and keyboards write these differently and mean the same.
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u02bc]/gu, "'"],
  [/[\u201c\u201d]/gu, '"'],
  [/[\u2010\u2011]/gu, '-'],
  [/\s+/gu, ' '],
];

/** One spelling for quotes, hyphens, spaces and composed letters; case, accents and punctuation stay. */
export const foldTypography = (text: string): string =>
  LOOKALIKES.reduce((folded, [pattern, plain]) => folded.replace(pattern, plain), text.normalize('NFC')).trim();

/** `foldTypography`, and case. */
export const foldCase = (text: string): string => foldTypography(text).toLowerCase();

const WRAPPING = /^[*_`"'«“( ]+|[*_`"'»”) ]+$/gu;
const FINAL_PUNCTUATION = /[\s.!?;:,…]+$/u;

/** `foldCase`, less the emphasis or quotes around it and the punctuation at its end. */
export const foldLoosely = (text: string): string =>
  foldCase(text).replace(WRAPPING, '').replace(FINAL_PUNCTUATION, '').replace(WRAPPING, '');
