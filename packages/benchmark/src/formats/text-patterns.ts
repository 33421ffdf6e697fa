/** Checks on a reply's text as other tools make them: exact in case and spaces, where our `contains` is not. */

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

type Pattern = { kind: 'regex'; pattern: string; flags: string; negate: boolean };
export type PatternRules = { ignoreCase?: boolean; negate?: boolean };

const patternOf = (pattern: string, { ignoreCase = false, negate = false }: PatternRules): Pattern => ({
  kind: 'regex',
  pattern,
  flags: ignoreCase ? 'i' : '',
  negate,
});

/** One of the texts occurs. */
export const hasAny = (texts: readonly string[], rules: PatternRules = {}): Pattern =>
  patternOf(texts.map(escaped).join('|'), rules);

/** All of the texts occur. */
export const hasAll = (texts: readonly string[], rules: PatternRules = {}): Pattern =>
  patternOf(`^${texts.map((text) => String.raw`(?=[\s\S]*${escaped(text)})`).join('')}`, rules);

/** The reply begins with one of the texts, spaces before it aside. */
export const beginsWith = (texts: readonly string[], rules: PatternRules = {}): Pattern =>
  patternOf(String.raw`^\s*(?:${texts.map(escaped).join('|')})`, rules);

/** The reply is the text, spaces around it aside. */
export const isText = (text: string, rules: PatternRules = {}): Pattern =>
  patternOf(String.raw`^\s*${escaped(text)}\s*$`, rules);
