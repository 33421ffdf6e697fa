/**
 * The address by which a browser knows us, without a path: what was configured, else what the request says of itself.
 * A caller may lie in these headers, and then gets links and cookies that only lead itself astray.
 */
export function publicOrigin(configured: string | undefined, header: (name: string) => string | undefined): string {
  if (configured !== undefined) return configured;
  const [protocol] = (header('x-forwarded-proto') ?? 'http').split(',');
  const origin = `${protocol?.trim() === 'https' ? 'https' : 'http'}://${header('host') ?? 'localhost'}`;
  return URL.canParse(origin) ? new URL(origin).origin : 'http://localhost';
}
