import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { readBody } from '../read-body.ts';

/**
 * Reads the body as the inference routes do and hands it to Hono, whose own limit leaves a connection half read.
 * @throws GatewayError `request_too_large`, `invalid_request` when the client breaks off.
 */
export function limitBody(maxBytesOf: (path: string) => number): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const text = await readBody(c.env.incoming, maxBytesOf(c.req.path));
      // Hono keeps promises here, whatever its type says.
      Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
    }
    await next();
  };
}
