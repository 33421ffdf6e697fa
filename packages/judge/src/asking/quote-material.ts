import { createHash } from 'node:crypto';
import { cutMiddle } from '@pointsman/validated-replies';

/** A text that others wrote: what it is called, and how many characters of it are shown. */
export type Material = { name: string; text: string; limit: number };

const MARK_DIGITS = 12;

/**
 * A word that stands in none of the texts, so that none of them can end the quotation it stands in. The same texts give
 * the same word: requests stay equal, and a cache of them works.
 */
export function markFor(texts: readonly string[]): string {
  for (let round = 0; ; round += 1) {
    const hash = createHash('sha256').update(JSON.stringify([round, ...texts]));
    const mark = hash.digest('hex').slice(0, MARK_DIGITS);
    if (!texts.some((text) => text.includes(mark))) return mark;
  }
}

/** The text between its marks; of one that is too long the middle is left out, with a line that says so and cannot be forged. */
export function quoteMaterial({ name, text, limit }: Material, mark: string): string {
  const shown = cutMiddle(text, limit, (leftOut) => `\n[${mark}: ${leftOut} characters left out here]\n`);
  return `<<<${name.toUpperCase()} ${mark}\n${shown}\n${mark} ${name.toUpperCase()}>>>`;
}
