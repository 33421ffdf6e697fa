/** What is wrong with a text as JSON, and where: an index into it. */
export type JsonProblem = {
  at: number;
  message: string;
  /** The text ended first: where the innermost open bracket or quote stands. */
  opened?: number | undefined;
};

/** One JSON value from `start` to before `end`, or the first thing that keeps it from being one. */
export type JsonScan = { end: number } | { problem: JsonProblem };

/** Deeper nesting is refused: no reply needs it, and recursion has an end. */
const DEEPEST = 100;

type Cursor = { readonly text: string; at: number; depth: number };

/**
 * Scans one value of JSON (RFC 8259) without building it. Stricter than `JSON.parse` in one point: a name that stands
 * twice in an object is a problem, for nobody can tell which value was meant.
 */
export function scanJson(text: string, start: number): JsonScan {
  const cursor = { text, at: start, depth: 0 };
  const problem = scanValue(cursor);
  return problem === undefined ? { end: cursor.at } : { problem };
}

/** The index of the next character that is no JSON white space. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  while (' \n\r\t'.includes(text[next] ?? 'x')) next += 1;
  return next;
}

function scanValue(cursor: Cursor): JsonProblem | undefined {
  const char = cursor.text[cursor.at];
  if (char === '"') return scanString(cursor);
  if (char !== '{' && char !== '[') return scanScalar(cursor);
  if (cursor.depth === DEEPEST) return { at: cursor.at, message: `nested deeper than ${DEEPEST} levels` };
  cursor.depth += 1;
  const problem = scanMembers(cursor, char === '{' ? '}' : ']');
  cursor.depth -= 1;
  return problem;
}

/** Members of an object or items of an array, brackets included. */
function scanMembers(cursor: Cursor, close: '}' | ']'): JsonProblem | undefined {
  const opened = cursor.at;
  const names = new Set<unknown>();
  advance(cursor, 1);
  if (cursor.text[cursor.at] === close) return end(cursor);
  for (;;) {
    const problem = (close === '}' ? scanName(cursor, names, opened) : undefined) ?? scanItem(cursor, opened);
    if (problem !== undefined) return problem;
    const char = cursor.text[cursor.at];
    if (char === close) return end(cursor);
    if (char !== ',') return unexpected(cursor, `a comma or ${close}`, opened);
    const comma = cursor.at;
    advance(cursor, 1);
    if (cursor.text[cursor.at] === close) return { at: comma, message: `a trailing comma before ${close}` };
  }
}

function scanName(cursor: Cursor, names: Set<unknown>, opened: number): JsonProblem | undefined {
  const start = cursor.at;
  if (cursor.text[start] !== '"') return unexpected(cursor, 'a name in double quotes', opened);
  const problem = scanString(cursor);
  if (problem !== undefined) return problem;
  const name: unknown = JSON.parse(cursor.text.slice(start, cursor.at));
  if (names.has(name)) return { at: start, message: `the name ${JSON.stringify(name)} stands twice in one object` };
  names.add(name);
  advance(cursor, 0);
  if (cursor.text[cursor.at] !== ':') return unexpected(cursor, 'a colon after the name', opened);
  advance(cursor, 1);
  return undefined;
}

function scanItem(cursor: Cursor, opened: number): JsonProblem | undefined {
  if (cursor.at >= cursor.text.length) return unexpected(cursor, 'a value', opened);
  const problem = scanValue(cursor);
  advance(cursor, 0);
  return problem;
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function scanString(cursor: Cursor): JsonProblem | undefined {
  const opened = cursor.at;
  for (let at = opened + 1; at < cursor.text.length; ) {
    const char = cursor.text[at] ?? '';
    if (char === '"') {
      cursor.at = at + 1;
      return undefined;
    }
    if (char < ' ') return { at, message: `a raw ${nameControl(char)} inside a string; write it as an escape` };
    if (char === '\\') {
      ESCAPE.lastIndex = at;
      const escaped = ESCAPE.exec(cursor.text)?.[0];
      if (escaped === undefined && at + 1 < cursor.text.length)
        return { at, message: `${JSON.stringify(cursor.text.slice(at, at + 2))} is no JSON escape` };
      at += escaped?.length ?? 1;
    } else at += 1;
  }
  return { at: cursor.text.length, message: 'the text ends inside a string', opened };
}

const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

function scanScalar(cursor: Cursor): JsonProblem | undefined {
  SCALAR.lastIndex = cursor.at;
  const scalar = SCALAR.exec(cursor.text)?.[0];
  if (scalar === undefined) return unexpected(cursor, 'a value', undefined);
  cursor.at += scalar.length;
  return undefined;
}

/** What people and models write where JSON wants something else. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/['‘’“”«`]/y, 'JSON strings stand in straight double quotes'],
  [/\/[/*]|#/y, 'JSON has no comments'],
  [/(True|False|None|NaN|undefined|-?Infinity)\b/y, 'JSON knows only true, false, null and numbers'],
  [/(\.{3}|…)/y, 'nothing may be left out'],
  [/[+.]?\d/y, 'JSON numbers look like 0.5 or -12, nothing before or after'],
];

const INNER_QUOTE = 'a quote inside a string is written \\"';
const LONGEST_WORD = 40;

function unexpected(cursor: Cursor, wanted: string, opened: number | undefined): JsonProblem {
  const { text, at } = cursor;
  if (at >= text.length) return { at, message: `the text ends where ${wanted} should stand`, opened };
  const habit = HABITS.find(([pattern]) => {
    pattern.lastIndex = at;
    return pattern.test(text);
  })?.[1];
  const [got = ''] = /^[\w$]+|^./su.exec(text.slice(at, at + LONGEST_WORD)) ?? [];
  // A word right after a closing quote: likelier the quote was meant to stand within the text.
  const hint = habit ?? (/"\s*$/.test(text.slice(0, at)) && /\w/.test(got) ? INNER_QUOTE : undefined);
  return { at, message: `wanted ${wanted}, got ${JSON.stringify(got)}${hint === undefined ? '' : ` (${hint})`}` };
}

function nameControl(char: string): string {
  if (char === '\n' || char === '\r') return 'line break';
  return char === '\t' ? 'tab' : `control character U+${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Moves on by so many characters, then over white space. */
function advance(cursor: Cursor, by: number): void {
  cursor.at = skipSpace(cursor.text, cursor.at + by);
}

function end(cursor: Cursor): undefined {
  cursor.at += 1;
  return undefined;
}
