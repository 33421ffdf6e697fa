import type { ChatRequest } from '@pointsman/contracts';

/**
 * A pure function of a request that runs once per request object. A gateway asks about the same request for each of its
 * candidate models, dozens of times, and a long conversation takes time to walk. Requests must not be changed in place.
 */
export function oncePerRequest<T>(read: (request: ChatRequest) => T): (request: ChatRequest) => T {
  const known = new WeakMap<ChatRequest, { value: T }>();
  return (request) => {
    const seen = known.get(request);
    if (seen !== undefined) return seen.value;
    const value = read(request);
    known.set(request, { value });
    return value;
  };
}
