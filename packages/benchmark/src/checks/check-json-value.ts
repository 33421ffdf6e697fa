import { type CheckScorer, failed, passIf } from './check-outcome.ts';
import { jsonEqual } from './json-equal.ts';
import { parseReplyJson } from './parse-reply-json.ts';
import { quoteFound } from './quote-found.ts';

/** The value at the path of the text's JSON is the one expected. */
export const checkJsonValue: CheckScorer<'json-value'> = {
  part: 'json',
  score(text, { path, expected, tolerance }) {
    const parsed = parseReplyJson(text);
    if ('why' in parsed) return failed(parsed.why);
    const found = valueAt(parsed.value, path);
    return passIf(
      found !== undefined && jsonEqual(found, expected, { tolerance, strict: false }),
      () =>
        `expected ${quoteFound(JSON.stringify(expected))} at ${path}, found ${quoteFound(JSON.stringify(found) ?? '')}`,
    );
  },
};

/** Undefined where the path leads nowhere. */
function valueAt(value: unknown, path: string): unknown {
  const steps = path.match(/(?<=\.)[^.[]+|(?<=\[)\d+/gu) ?? [];
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? Reflect.get(inner, step) : undefined,
    value,
  );
}
