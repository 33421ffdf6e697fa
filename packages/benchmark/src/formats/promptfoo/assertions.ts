import { shortJson } from '../explain-issues.ts';
import { isJsonObject, type JsonObject } from '../json-lines.ts';
import { beginsWith, hasAll, hasAny, isText } from '../text-patterns.ts';

/** What an assertion comes to here. */
export type Assertion =
  | { kind: 'check'; check: JsonObject }
  /** What a right reply says, for the judge. */
  | { kind: 'reference'; text: string }
  /** What the judge is to look for. */
  | { kind: 'guidance'; text: string }
  | { kind: 'unsupported'; why: string };

type Maker = (value: unknown, negate: boolean) => Assertion;

const check = (made: JsonObject): Assertion => ({ kind: 'check', check: made });
const unsupported = (why: string): Assertion => ({ kind: 'unsupported', why });

/** A list, or text with commas between, an item with a comma in quotes. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  const items = String(value ?? '').matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g);
  return Array.from(items, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.trim() ?? '').filter(
    (text) => text !== '',
  );
}

const onTexts =
  (make: (texts: string[], negate: boolean) => JsonObject): Maker =>
  (value, negate) => {
    const texts = textsOf(value);
    return texts.length === 0 ? unsupported('it has no value') : check(make(texts, negate));
  };

const onText =
  (make: (text: string, negate: boolean) => JsonObject): Maker =>
  (value, negate) =>
    ['string', 'number', 'boolean'].includes(typeof value) && value !== ''
      ? check(make(String(value), negate))
      : unsupported(`its value is no text (got ${shortJson(value)})`);

const equals: Maker = (value, negate) => {
  if (typeof value !== 'object' || value === null)
    return onText((text) =>
      negate ? isText(text, { negate }) : { kind: 'exact', expected: [text], compare: 'strict' },
    )(value, negate);
  if (negate) return unsupported('that a reply is not some JSON cannot be checked');
  return check({ kind: 'json-value', path: '$', expected: value });
};

const regex: Maker = (value, negate) => {
  if (typeof value !== 'string' || value === '') return unsupported('its value is no pattern');
  try {
    new RegExp(value, 'u');
    return check({ kind: 'regex', pattern: value, negate });
  } catch (error) {
    return unsupported(
      `its pattern is none under the flag u: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

const jsonSchema =
  (part: 'whole' | 'json'): Maker =>
  (value, negate) => {
    if (negate) return unsupported('that a reply is not JSON cannot be checked');
    const schema: unknown = typeof value === 'string' && value.trim() !== '' ? parsed(value) : (value ?? {});
    return isJsonObject(schema)
      ? check({ kind: 'json-schema', schema, part })
      : unsupported('its value is no JSON schema');
  };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says what it is not.
    return undefined;
  }
}

const wordCount: Maker = (value, negate) => {
  const range = isJsonObject(value) ? { min: value.min, max: value.max } : { min: value, max: value };
  const [least, most] = [Number(range.min ?? 0), Number(range.max ?? Number.MAX_SAFE_INTEGER)];
  if (negate || !Number.isInteger(least) || !Number.isInteger(most) || most < 1)
    return unsupported(`its value is no number of words (got ${shortJson(value)})`);
  return check({ kind: 'words', least, most });
};

const judged =
  (kind: 'reference' | 'guidance'): Maker =>
  (value, negate) => {
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    if (text === '') return unsupported('it has no value');
    return kind === 'reference' && !negate
      ? { kind, text }
      : { kind: 'guidance', text: negate ? `It must not be so: ${text}` : text };
  };

const MAKERS: Readonly<Record<string, Maker>> = {
  equals,
  contains: onText((text, negate) => hasAny([text], { negate })),
  'contains-any': onTexts((texts, negate) => hasAny(texts, { negate })),
  'contains-all': onTexts((texts, negate) => hasAll(texts, { negate })),
  icontains: onText((text, negate) => ({ kind: 'contains', [negate ? 'none' : 'all']: [text] })),
  'icontains-any': onTexts((texts, negate) => ({ kind: 'contains', [negate ? 'none' : 'any']: texts })),
  'icontains-all': onTexts((texts, negate) =>
    negate ? hasAll(texts, { ignoreCase: true, negate }) : { kind: 'contains', all: texts },
  ),
  'starts-with': onText((text, negate) => beginsWith([text], { negate })),
  regex,
  'is-json': jsonSchema('whole'),
  'contains-json': jsonSchema('json'),
  'word-count': wordCount,
  similar: judged('reference'),
  factuality: judged('reference'),
  'model-graded-factuality': judged('reference'),
  'llm-rubric': judged('guidance'),
  'g-eval': judged('guidance'),
  'model-graded-closedqa': judged('guidance'),
};

/** @param value of the assertion, with variables and files in place. */
export function makeAssertion(type: string, value: unknown): Assertion {
  const negate = type.startsWith('not-');
  const maker = MAKERS[negate ? type.slice('not-'.length) : type];
  if (maker !== undefined) return maker(value, negate);
  if (['cost', 'latency'].includes(type)) return unsupported('every run measures it by itself');
  return unsupported('there is nothing like it here');
}
