import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createBrotliCompress, createGzip } from 'node:zlib';
import type { Behaviour } from './emulator-types.ts';

export type ReplyBody = {
  /** Resolves once the text is on its way, also through a compressor. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
};

/** A reply's body, compressed piece by piece when asked so that nothing waits in the compressor. */
export function openBody(response: ServerResponse, encoding: Behaviour['encoding']): ReplyBody {
  if (encoding === 'gzip' || encoding === 'br') return openCompressed(response, encoding);
  return {
    write: async (text) => {
      if (!response.write(text)) await drained(response);
    },
    end: async () => {
      response.end();
    },
  };
}

function openCompressed(response: ServerResponse, encoding: 'gzip' | 'br'): ReplyBody {
  const compressor = encoding === 'gzip' ? createGzip() : createBrotliCompress();
  compressor.on('data', (chunk: Buffer) => {
    // The compressor still speaks after the client has gone; writing then would be an error that nobody catches.
    if (!response.destroyed) response.write(chunk);
  });
  return {
    write: async (text) => {
      compressor.write(text);
      await new Promise<void>((resolve) => compressor.flush(() => resolve()));
      if (response.writableNeedDrain) await drained(response);
    },
    end: async () => {
      compressor.end();
      await once(compressor, 'end');
      response.end();
    },
  };
}

async function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return;
  const stop = new AbortController();
  await Promise.race([
    once(response, 'drain', { signal: stop.signal }),
    once(response, 'close', { signal: stop.signal }),
  ]).finally(() => stop.abort());
}
