import { describePlace } from './describe-place.ts';
import { type JsonProblem, scanJson, skipSpace } from './scan-json.ts';

/** The value found, or the complaint that says what is wrong and where. */
export type FoundJson = { value: unknown } | { complaint: string };

/** What the value must be; `any` where the schema does not say. */
export type RootKind = 'object' | 'array' | 'any';

type Span = { start: number; end: number };
type Failure = { start: number; problem: JsonProblem };
type Search = { found?: Span | undefined; otherKind?: Span | undefined; failure?: Failure | undefined };

/**
 * The JSON of a reply: the whole of it, else the first fenced block that is JSON, else the first balanced value in the
 * prose. Nothing is repaired: what is broken is reported at its line and column.
 */
export function findJson(text: string, root: RootKind): FoundJson {
  if (text.trim() === '') return { complaint: 'The reply is empty; JSON was wanted.' };
  const whole = wholeValue(text);
  if (whole !== undefined) return { value: parse(text, whole) };
  const fenced = fencedBlocks(text).map((place) => firstValue(text, place, root));
  // A broken block is what was meant: whatever JSON its prose quotes is not.
  const searches = fenced.some(({ found, failure }) => found ?? failure)
    ? fenced
    : [firstValue(text, { from: 0, to: text.length }, root)];
  const found = searches.find((search) => search.found)?.found;
  if (found !== undefined) return { value: parse(text, found) };
  const failure = searches.map((search) => search.failure).reduce(further, undefined);
  if (failure !== undefined) return { complaint: describeFailure(text, failure) };
  // Of the wrong kind, which the schema says better.
  const otherKind = searches.find((search) => search.otherKind)?.otherKind;
  if (otherKind !== undefined) return { value: parse(text, otherKind) };
  return { complaint: `The reply holds no JSON ${root === 'any' ? 'value' : root}, only prose.` };
}

const parse = (text: string, { start, end }: Span): unknown => JSON.parse(text.slice(start, end));

function wholeValue(text: string): Span | undefined {
  const start = skipSpace(text, text.startsWith('\uFEFF') ? 1 : 0);
  const scan = scanJson(text, start);
  if ('end' in scan && skipSpace(text, scan.end) === text.length) return { start, end: scan.end };
  return undefined;
}

type Place = { from: number; to: number };

const FENCE = /^[ \t]*```[ \t]*(\w*)[ \t]*$/gm;

/** What stands between lines of three backticks, of those labelled JSON or not at all; one that is not closed ends with the text. */
function fencedBlocks(text: string): Place[] {
  const fences = [...text.matchAll(FENCE)];
  return fences.flatMap((fence, index) => {
    if (index % 2 === 1 || !/^(json\w*)?$/i.test(fence[1] ?? '')) return [];
    return [{ from: fence.index + fence[0].length, to: fences[index + 1]?.index ?? text.length }];
  });
}

/** Tries each bracket that is not inside another value: one within a broken value would mean something else. */
function firstValue(text: string, { from, to }: Place, root: RootKind): Search {
  const part = text.slice(0, to);
  const search: Search = {};
  for (let next = from; ; ) {
    const start = nextBracket(part, next);
    if (start === undefined) return search;
    const scan = scanJson(part, start);
    const kind = part[start] === '{' ? 'object' : 'array';
    if ('end' in scan && (root === 'any' || root === kind)) return { found: { start, end: scan.end } };
    if ('end' in scan) search.otherKind ??= { start, end: scan.end };
    else search.failure = further(search.failure, { start, problem: scan.problem });
    const end = 'end' in scan ? scan.end : balancedEnd(part, start);
    if (end === undefined) return search;
    next = end;
  }
}

function nextBracket(text: string, from: number): number | undefined {
  const at = text.slice(from).search(/[{[]/);
  return at < 0 ? undefined : from + at;
}

const BRACKETS_AND_STRINGS = /"(?:[^"\\\n]|\\.)*"|[{}[\]]/g;

/** After the bracket that closes the one at `start`, whatever stands between; undefined when none does. */
function balancedEnd(text: string, start: number): number | undefined {
  BRACKETS_AND_STRINGS.lastIndex = start;
  let depth = 0;
  for (let match = BRACKETS_AND_STRINGS.exec(text); match !== null; match = BRACKETS_AND_STRINGS.exec(text)) {
    const [token] = match;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return match.index + token.length;
  }
  return undefined;
}

/** Of two failures the one that was JSON for longer: the other was likelier prose. */
function further(a: Failure | undefined, b: Failure | undefined): Failure | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.problem.at - b.start > a.problem.at - a.start ? b : a;
}

function describeFailure(text: string, { problem }: Failure): string {
  const where = describePlace(text, problem.at);
  const opened = problem.opened === undefined ? '' : `; still open: ${describePlace(text, problem.opened)}`;
  return `The JSON is broken: ${problem.message}, at ${where}${opened}.`;
}
