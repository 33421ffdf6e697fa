import { GatewayError } from '@pointsman/contracts';

/** JSON.stringify and every walk over a schema recurse: this is far below what they stand, and far above what people write. */
const MOST_DEPTH = 256;
/** Objects of so many fields are no requests; checking and copying them would keep everybody else waiting for seconds. */
const MOST_FIELDS_EACH = 10_000;
const MOST_FIELDS = 250_000;

/** The value of a request body. @throws GatewayError `invalid_json`; `invalid_request` when it is too deep or has too many fields. */
export function parseJson(text: string): unknown {
  const value = parse(text);
  refuseUnwieldy(value, 0, { fields: 0 });
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'not JSON';
    throw new GatewayError('invalid_json', `The request body is not valid JSON: ${why}. Send a JSON object.`, {
      cause,
    });
  }
}

function refuseUnwieldy(value: unknown, depth: number, seen: { fields: number }): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MOST_DEPTH) throw unwieldy(`is nested more than ${MOST_DEPTH} levels deep`);
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') refuseUnwieldy(item, depth + 1, seen);
    return;
  }
  const fields = Object.values(value);
  seen.fields += fields.length;
  if (fields.length > MOST_FIELDS_EACH) throw unwieldy(`has an object of ${fields.length} fields`);
  if (seen.fields > MOST_FIELDS) throw unwieldy(`has more than ${MOST_FIELDS} fields`);
  for (const field of fields) if (typeof field === 'object') refuseUnwieldy(field, depth + 1, seen);
}

const unwieldy = (what: string) => new GatewayError('invalid_request', `The request body ${what}. Send a simpler one.`);
