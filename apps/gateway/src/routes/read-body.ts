import type { IncomingMessage } from 'node:http';
import { GatewayError } from '@pointsman/contracts';

/**
 * Reads a request's body as text, counting bytes as they come: a chunked body has no length to trust.
 * @throws GatewayError `request_too_large`, `invalid_request` when the client breaks off.
 */
export function readBody(incoming: IncomingMessage, limitBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let ended = false;
    const tooLarge = () =>
      new GatewayError(
        'request_too_large',
        `The request body is larger than ${limitBytes} bytes. Shorten it, or raise limits.maxRequestBytes.`,
      );
    if (Number(incoming.headers['content-length'] ?? 0) > limitBytes) {
      // Drained unread, so that the reply reaches a client that is still sending.
      incoming.resume();
      reject(tooLarge());
      return;
    }
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        chunks.length = 0;
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    incoming.on('end', () => {
      ended = true;
      resolve(
        chunks.length === 1 && chunks[0] !== undefined
          ? chunks[0].toString('utf8')
          : Buffer.concat(chunks).toString('utf8'),
      );
    });
    // 'close' as well: without a listener at the moment it breaks, a request emits no 'error'.
    if (incoming.destroyed) reject(brokenOff(undefined));
    incoming.on('error', (cause) => reject(brokenOff(cause)));
    incoming.on('close', () => {
      // Every request closes: an error made for each would cost more than reading its body.
      if (!ended) reject(brokenOff(undefined));
    });
  });
}

const brokenOff = (cause: unknown) =>
  new GatewayError('invalid_request', 'The connection broke before the request was complete.', { cause });
