/** Where a browser says a request was made: on a page of ours, on another site, or it does not say (scripts do not). */
export type RequestSource = 'ours' | 'elsewhere' | 'unsaid';

/**
 * Reads it from what a page cannot forge (Fetch Metadata, else Origin). Sec-Fetch-Site is not sent over plain http to
 * other machines, Origin with every request that is not a GET.
 * @param origin our own, as `publicOrigin` gives it.
 */
export function requestSource(header: (name: string) => string | undefined, origin: string): RequestSource {
  const site = header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' ? 'ours' : 'elsewhere';
  const from = header('origin');
  if (from === undefined) return 'unsaid';
  return from === origin ? 'ours' : 'elsewhere';
}
