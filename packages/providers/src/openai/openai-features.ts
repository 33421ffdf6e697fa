import type { ChatRequest, Provider, RequestFeature } from '@pointsman/contracts';

/**
 * Features whose loss changes what the caller gets back: a model without them is not a candidate. The others are hints
 * or taste, dropped and named.
 */
const ESSENTIAL: ReadonlySet<RequestFeature> = new Set(['logit_bias', 'logprobs', 'n', 'stop', 'parallel_tool_calls']);

/** True when the request really asks for the feature: a null, or the value that is the default anyway, asks for nothing. */
export function asksFor(request: ChatRequest, feature: RequestFeature): boolean {
  const value = request[feature];
  if (value === undefined || value === null) return false;
  switch (feature) {
    case 'n':
    case 'temperature':
    case 'top_p':
      return value !== 1;
    case 'logprobs':
    case 'store':
      return value !== false;
    case 'parallel_tool_calls':
      return value === false;
    case 'frequency_penalty':
    case 'presence_penalty':
      return value !== 0;
    case 'logit_bias':
      return Object.keys(value).length > 0;
    case 'service_tier':
      return value !== 'auto';
    case 'verbosity':
      return value !== 'medium';
    default:
      return true;
  }
}

/** Splits the features a provider does not honour into what makes it ineligible and what is dropped. */
export function splitUnsupported(
  provider: Provider,
  request: ChatRequest,
): { essential: RequestFeature[]; dropped: RequestFeature[] } {
  const asked = provider.quirks.unsupported.filter((feature) => asksFor(request, feature));
  return {
    essential: asked.filter((feature) => ESSENTIAL.has(feature)),
    dropped: asked.filter((feature) => !ESSENTIAL.has(feature)),
  };
}
