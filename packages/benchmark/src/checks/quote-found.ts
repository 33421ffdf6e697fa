const LONGEST_QUOTE = 160;

/** A text as a message quotes it: on one line, cut where it is long. */
export function quoteFound(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line === '') return 'nothing';
  return `'${line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE)}...`}'`;
}
