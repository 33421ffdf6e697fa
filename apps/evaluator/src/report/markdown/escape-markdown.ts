/**
 * Text that others wrote as plain text of GitHub's Markdown on one line: no markup, no HTML, no mention that would notify
 * somebody and no reference to an issue.
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(/[\\`*_{}[\]()<>#|~!]/g, (character) => `\\${character}`)
      .replaceAll('&', '&amp;')
      // A backslash stops neither mentions nor links: an invisible break inside them does.
      .replace(/(?<!\w)@(?=\w)/g, '@\u200b')
      .replace(/#(?=\d)/g, '#\u200b')
      .replaceAll('://', ':\u200b//')
  );
}

/** Text as it is, in a block whose fence is longer than any in the text. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** A name as code; a backtick cannot stand in it. */
export const inlineCode = (text: string): string =>
  `\`${text
    .replace(/[\s`]+/g, ' ')
    .replaceAll('|', '\\|')
    .trim()}\``;
