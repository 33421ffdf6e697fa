// A text with more brackets than this that are no JSON is prose or rubbish; each costs a scan.
const MOST_ATTEMPTS = 200;

/** The whole text where it is JSON, else the first balanced object or array in it that parses; undefined when none does. */
export function findJsonText(text: string): string | undefined {
  if (isJson(text)) return text;
  let attempts = 0;
  for (const { index } of text.matchAll(/[[{]/gu)) {
    attempts += 1;
    if (attempts > MOST_ATTEMPTS) return undefined;
    const end = balancedEnd(text, index);
    if (end === undefined) continue;
    const candidate = text.slice(index, end);
    if (isJson(candidate)) return candidate;
  }
  return undefined;
}

/** @returns whether the text is one JSON value, spaces around it aside. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const BRACKETS_AND_STRINGS = /"(?:[^"\\\n]|\\.)*"|[{}[\]]/gu;

/** After the bracket that closes the one at `start`; undefined when none does. */
function balancedEnd(text: string, start: number): number | undefined {
  const tokens = new RegExp(BRACKETS_AND_STRINGS);
  tokens.lastIndex = start;
  let depth = 0;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token] = match;
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return match.index + token.length;
  }
  return undefined;
}
