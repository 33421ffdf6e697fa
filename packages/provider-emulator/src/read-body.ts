import type { IncomingMessage } from 'node:http';

/** Anthropic's published limit; the others are close to it. */
export const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

/** The whole request body as text; undefined when it is larger than a provider accepts. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    bytes += buffer.length;
    if (bytes <= LARGEST_BODY_BYTES) parts.push(buffer);
  }
  return bytes > LARGEST_BODY_BYTES ? undefined : Buffer.concat(parts).toString('utf8');
}
