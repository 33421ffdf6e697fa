import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBehaviourScript } from './behaviours.ts';
import { digest } from './digest.ts';
import type { Emulator, EmulatorOptions } from './emulator-types.ts';
import { createFastLane, type FastLane } from './fast-lane.ts';
import { handleRequest, type Surroundings } from './handle-request.ts';
import { createPromptCache } from './prompt-cache.ts';
import { createRateLimits } from './rate-limits.ts';
import { createRequestLog } from './request-log.ts';
import { createResponder } from './responder.ts';
import { createServedModels } from './served-models.ts';

const DEFAULT_KEPT_REQUESTS = 1000;

/** Starts a server that speaks the wire formats of OpenAI, Anthropic and Mistral; rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const now = options.now ?? Date.now;
  const recordings = new Map(Array.from(options.recordings ?? [], (recording) => [recording.prompt, recording]));
  const startedAtMs = now();
  let served = 0;
  const around: Surroundings = {
    script: createBehaviourScript(),
    models: createServedModels(options.models),
    log: createRequestLog(options.keepRequests ?? DEFAULT_KEPT_REQUESTS),
    cache: createPromptCache(),
    recordings,
    apiKeys: options.apiKeys === undefined ? undefined : new Set(options.apiKeys),
    limits: createRateLimits(options.limits ?? {}, now),
    respond: createResponder(options.respond),
    onServed: options.onServed ?? (() => undefined),
    lifelike: options.pace === 'lifelike' && options.fast !== true,
    nextId: () => {
      served += 1;
      return digest([startedAtMs, served], 24);
    },
    now,
  };
  const fastLane = options.fast === true ? createFastLane(around) : undefined;
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    if (fastLane === undefined) void handleRequest(around, request, response);
    else serveFast(fastLane, around, { request, response });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const url = urlOf(server.address());
  return {
    url,
    baseUrl: (format) => `${url}/${format}/v1`,
    script: (behaviour) => around.script.add(behaviour),
    clear: () => {
      around.script.clear();
      around.log.clear();
    },
    requests: around.log.entries,
    scoreOf: (model, prompt) => recordings.get(prompt)?.replies[model]?.score,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // A scripted hang would otherwise keep the server open for ever.
        server.closeAllConnections();
      }),
  };
}

function serveFast(
  fastLane: FastLane,
  around: Surroundings,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const text = parts.length === 1 ? String(parts[0]) : Buffer.concat(parts).toString('utf8');
    if (!fastLane.answer(request.url ?? '/', text, response)) void handleRequest(around, request, response, text);
  });
}

function urlOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === 'string') throw new Error('The emulator listens on no port.');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
