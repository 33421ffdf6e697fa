import type { FailureKind } from '@pointsman/contracts';

const TOO_LONG =
  /context.?(length|window)|maximum context|prompt is too long|too many (input )?tokens|input is too long|too large for model|reduce the length|exceeds? the (model'?s? )?(maximum|limit)[^.]*tokens|max(imum)?_?(input)?_?tokens? (limit )?exceeded|request_too_large/i;
const AGAINST_POLICY =
  /content.?(policy|filter|management)|content_moderation|safety (system|policy|filter)|moderation|responsible ai|usage polic|flagged|prohibited content/i;
const ACCOUNT =
  /insufficient.?(quota|balance|credit|funds)|credit balance|billing|exceeded your current quota|spend.?limit|usage limits?\b|payment required|account.{0,20}(suspended|deactivated|disabled)|organization.{0,20}(disabled|restricted)/i;
/** What this model refuses and another may take: prefill, forced tools while thinking, a parameter of other families. */
const THIS_MODEL_ONLY =
  /(not|n't) support|unsupported|is deprecated for this model|not (available|allowed) (for|with|on) (this|the) model|forces tool use|thinking.{0,40}(not|cannot|may not)|only (supported|available) (on|for|with)/i;
const NO_SUCH_MODEL =
  /model.{0,80}(not.?found|does not exist|not exist|unknown|invalid)|(invalid|unknown|no such).{0,10}model/i;

/**
 * What the caller may do next, from a status (undefined inside a stream) and everything the error said: its type, code
 * and message in one text. Formats look at their own codes first and fall back to this.
 */
export function classifyStatus(status: number | undefined, said: string): FailureKind {
  if (status === 429) return ACCOUNT.test(said) ? 'misconfigured' : 'rate-limited';
  if (status === 401 || status === 402 || status === 407) return 'misconfigured';
  if (status === 403) return AGAINST_POLICY.test(said) ? 'unsuitable' : 'misconfigured';
  if (status === 404 || status === 405) return 'misconfigured';
  if (status === 413 || status === 451) return 'unsuitable';
  if (status === 408 || status === 409 || status === 425) return 'transient';
  if (status !== undefined && status >= 400 && status < 500) return classifyRefusal(said);
  // A redirect comes from a wrong base URL; anything else that is no client error may pass by itself.
  return status !== undefined && status >= 300 && status < 400 ? 'misconfigured' : 'transient';
}

function classifyRefusal(said: string): FailureKind {
  if (TOO_LONG.test(said) || AGAINST_POLICY.test(said)) return 'unsuitable';
  if (ACCOUNT.test(said) || NO_SUCH_MODEL.test(said)) return 'misconfigured';
  return THIS_MODEL_ONLY.test(said) ? 'unsuitable' : 'rejected';
}
