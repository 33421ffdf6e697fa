// A word of up to eight letters, a single other sign (either with the blank before it), or a run of blanks: together
// they match every character, so that the pieces always join to the text again.
const TOKEN = /\s?[\p{L}\p{M}\p{N}_]{1,8}|\s?[^\s\p{L}\p{M}\p{N}_]|\s+/gu;

/** Cuts text into the emulator's own tokens; joined they are the text. */
export function splitTokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** Number of the emulator's own tokens in a text. */
export function countTokens(text: string): number {
  return splitTokens(text).length;
}

/** Cuts text into `count` pieces of about equal length, or into its tokens; fewer when the text is too short. */
export function splitIntoChunks(text: string, count: number | undefined): string[] {
  const tokens = splitTokens(text);
  if (count === undefined || count === tokens.length) return tokens;
  const units = count < tokens.length ? tokens : Array.from(text);
  const pieces = Math.min(Math.max(count, 1), units.length);
  return Array.from({ length: pieces }, (_, index) =>
    units
      .slice(Math.floor((index * units.length) / pieces), Math.floor(((index + 1) * units.length) / pieces))
      .join(''),
  );
}
