import { createHash } from 'node:crypto';
import type { ChatRequest } from '@pointsman/contracts';

/** Fields that say how the reply is delivered, booked or labelled; the reply itself is the same without them. */
const WITHOUT_EFFECT = new Set([
  'stream',
  'stream_options',
  'user',
  'safety_identifier',
  'metadata',
  'store',
  'prompt_cache_key',
  'prompt_cache_retention',
  // Named by the route: `auto` and `auto/default` are one question.
  'model',
]);
const OPTIONS_WITHOUT_EFFECT = new Set(['cache', 'end_user', 'session', 'tags']);

/**
 * The name of a reply in the exact cache: `<client>:<SHA-256 of everything that can change the answer>`. Two requests share it only
 * if they are the same but for the order of object keys, nulls at the top level, and fields without effect on the answer;
 * never across clients.
 * @param route resolved model name or policy
 */
export function cacheKey(clientId: string, route: string, request: ChatRequest): string {
  const question: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(request)) {
    if (WITHOUT_EFFECT.has(name) || value === null || value === undefined) continue;
    const kept = name === 'pointsman' ? optionsWithEffect(request.pointsman) : value;
    if (kept !== undefined) question[name] = kept;
  }
  const hash = createHash('sha256').update(canonicalJson([route, question]));
  return `${clientId}:${hash.digest('base64url')}`;
}

function optionsWithEffect(options: ChatRequest['pointsman']): Record<string, unknown> | undefined {
  const kept = Object.entries(options ?? {}).filter(
    ([name, value]) => !OPTIONS_WITHOUT_EFFECT.has(name) && value !== undefined,
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** JSON with object keys in code-unit order, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}
