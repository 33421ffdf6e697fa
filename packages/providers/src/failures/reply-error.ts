import { ProviderError } from '../types.ts';
import type { ClassifiedFailure } from '../wire-format.ts';
import { shorten } from './describe-failure.ts';

/** An error the provider put where an answer should be: a 200 with an error body, or an event inside a stream. */
export function errorInReply(classified: ClassifiedFailure): ProviderError {
  return new ProviderError({ ...classified, consumed: 'perhaps' });
}

/** The stream stopped without its end mark: the reply is not whole, whatever came before. */
export function cutStream(): ProviderError {
  return new ProviderError({
    kind: 'transient',
    message: 'cut: the stream ended without a finish reason or end mark',
    code: 'cut',
    consumed: 'perhaps',
  });
}

/**
 * A body that is not what the provider's format promises; another attempt may bring a sound one. Only a web page (a proxy's,
 * a login's) is quoted: anything else may be part of a reply, which has no place in logs and records.
 */
export function malformedReply(what: string, body: Buffer | string): ProviderError {
  const start = (typeof body === 'string' ? body.slice(0, 200) : body.toString('utf8', 0, 200)).trimStart();
  const quoted = start.startsWith('<') ? `; it begins with ${JSON.stringify(start)}` : '';
  return new ProviderError({
    kind: 'transient',
    message: shorten(`malformed reply: ${what}${quoted}`),
    code: 'malformed_reply',
    consumed: 'perhaps',
  });
}
