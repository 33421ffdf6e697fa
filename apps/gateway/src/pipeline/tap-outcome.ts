import { GatewayError, type Usage } from '@pointsman/contracts';
import { ProviderError, type StreamPart } from '@pointsman/providers';

export type StreamEnd = {
  how: 'completed' | 'failed' | 'abandoned';
  /** As the provider reported it; empty when it reported nothing. */
  usage: Usage;
  outputChars: number;
  error: GatewayError | undefined;
};

export type StreamTap = {
  signal: AbortSignal;
  /** Called exactly once, whichever way the stream ends, before its last event is given out. */
  finish(end: StreamEnd): { usageEvent: (chunk: Record<string, unknown> | undefined) => string | undefined };
  /** Sees every event that goes out, for the cache. */
  observe?: ((sse: Buffer | string) => void) | undefined;
};

const DONE = 'data: [DONE]\n\n';

/**
 * Passes a stream's events through untouched and reports how it ended. The provider's usage chunk is held back to the
 * end, where it can carry the cost. An error after the first event is one SSE error event, then the end, without `[DONE]`.
 */
export async function* tapOutcome(
  parts: AsyncIterableIterator<StreamPart>,
  tap: StreamTap,
): AsyncGenerator<Buffer | string, void, undefined> {
  let usage: Usage = {};
  let usageChunk: Record<string, unknown> | undefined;
  let outputChars = 0;
  let ended = false;
  const end = (how: StreamEnd['how'], error?: GatewayError) => {
    ended = true;
    return tap.finish({ how, usage, outputChars, error });
  };
  try {
    for await (const part of parts) {
      if (part.kind === 'usage') {
        usage = part.usage;
        usageChunk = part.chunk;
        continue;
      }
      outputChars += part.outputChars;
      tap.observe?.(part.sse);
      yield part.sse;
    }
    const { usageEvent } = end(tap.signal.aborted ? 'abandoned' : 'completed');
    const event = usageEvent(usageChunk);
    yield event === undefined ? DONE : event + DONE;
  } catch (cause) {
    if (ended) throw cause;
    if (tap.signal.aborted) {
      end('abandoned');
      return;
    }
    const error = asInterruption(cause);
    end('failed', error);
    yield errorEvent(error);
  } finally {
    // The reader stopped reading: its connection is gone while an event was on its way out.
    if (!ended) end('abandoned');
  }
}

function asInterruption(cause: unknown): GatewayError {
  if (cause instanceof ProviderError) {
    return new GatewayError(
      'upstream_interrupted',
      `The provider broke off in the middle of its reply: ${cause.message}`,
      { cause },
    );
  }
  return new GatewayError('internal_error', 'The gateway failed in the middle of the reply.', { cause });
}

const errorEvent = (error: GatewayError) =>
  `data: ${JSON.stringify({ error: { message: error.message, type: 'upstream_error', param: null, code: error.code } })}\n\n`;
