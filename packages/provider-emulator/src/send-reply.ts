import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Behaviour } from './emulator-types.ts';
import { openBody } from './open-body.ts';
import type { StreamEvent } from './wire-format.ts';

export type Reply = {
  status: number;
  headers: Record<string, string>;
  behaviour: Behaviour;
  /** Aborted when the client hangs up: a provider then stops working, too. */
  signal: AbortSignal;
};

/** Waits, unless the client hangs up first. */
export async function wait(milliseconds: number | undefined, signal: AbortSignal): Promise<void> {
  if (milliseconds === undefined || milliseconds <= 0) return;
  await setTimeout(milliseconds, undefined, { signal });
}

/** Says nothing more until the client hangs up. */
export async function hang(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

/** Sends a whole body, or the half of it that a script allows. */
export async function sendText(response: ServerResponse, text: string, reply: Reply): Promise<void> {
  const { behaviour } = reply;
  const encoding = encodingHeader(behaviour);
  const stopsHalfway = behaviour.cutAfterChunks !== undefined || behaviour.hangAfterChunks !== undefined;
  if (stopsHalfway) {
    response.writeHead(reply.status, { ...reply.headers, 'content-length': `${Buffer.byteLength(text)}` });
    await new Promise<void>((resolve) => response.write(text.slice(0, text.length / 2), () => resolve()));
    if (behaviour.hangAfterChunks !== undefined) await hang(reply.signal);
    response.destroy();
    return;
  }
  if (behaviour.encoding === undefined || behaviour.encoding === 'identity') {
    const length = { 'content-length': `${Buffer.byteLength(text)}` };
    response.writeHead(reply.status, { ...reply.headers, ...encoding, ...length }).end(text);
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, ...encoding });
  const body = openBody(response, behaviour.encoding);
  await body.write(text);
  await body.end();
}

/** Sends a stream event by event, each in a write of its own, with the accidents that a script demands. */
export async function sendEvents(
  response: ServerResponse,
  stream: {
    events: readonly StreamEvent[];
    errorEvent: string;
    firstTokenMs?: number | undefined;
    betweenTokensMs?: number | undefined;
  },
  reply: Reply,
): Promise<void> {
  const { behaviour, signal } = reply;
  const events = behaviour.rawChunks?.map((text) => ({ text, token: true })) ?? stream.events;
  response.writeHead(reply.status, { ...reply.headers, ...encodingHeader(behaviour) });
  response.flushHeaders();
  const body = openBody(response, behaviour.encoding);
  const errorAfter = behaviour.errorInFirstChunk === true ? 0 : behaviour.errorAfterChunks;
  await wait(stream.firstTokenMs, signal);
  // One step beyond the last event, so that an accident can also happen at the very end.
  for (let sent = 0; sent <= events.length; sent += 1) {
    const isEnd = sent === events.length;
    if (behaviour.cutAfterChunks !== undefined && (sent === behaviour.cutAfterChunks || isEnd)) {
      await setImmediate();
      response.destroy();
      return;
    }
    if (behaviour.hangAfterChunks !== undefined && (sent === behaviour.hangAfterChunks || isEnd)) await hang(signal);
    if (errorAfter !== undefined && (sent === errorAfter || isEnd)) {
      await body.write(stream.errorEvent);
      break;
    }
    const event = events[sent];
    if (event === undefined) break;
    if (sent > 0 && event.token) await wait(stream.betweenTokensMs, signal);
    // Without a turn of the event loop in between, Node would send neighbouring writes as one packet.
    await setImmediate(undefined, { signal });
    await body.write(event.text);
  }
  await body.end();
}

function encodingHeader(behaviour: Behaviour): Record<string, string> {
  return behaviour.encoding === undefined ? {} : { 'content-encoding': behaviour.encoding };
}
