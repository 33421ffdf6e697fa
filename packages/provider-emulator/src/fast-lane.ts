import type { ServerResponse } from 'node:http';
import { composeAnswer } from './compose-answer.ts';
import type { Surroundings } from './handle-request.ts';
import { isObject, type JsonObject } from './json-value.ts';
import { WIRE_FORMATS } from './match-route.ts';
import type { WireFormat } from './wire-format.ts';

/** Above this many different models and shapes, requests take the ordinary way. */
const MOST_REPLIES = 1000;
/** Every format's word for something that the reply would have to follow. */
const SPECIAL = ['tools', 'response_format', 'output_config', 'thinking', 'logprobs', 'n', 'stop', 'stop_sequences'];
const FORMAT_BY_PATH = new Map(
  Object.values(WIRE_FORMATS).map((format) => [`/${format.name}/v1${format.chatPath}`, format]),
);

type PreparedReply = { headers: string[]; pieces: readonly Buffer[] };

export type FastLane = {
  /** Answers the request if it is a plain one; false leaves everything to the ordinary way. */
  answer(path: string, text: string, response: ServerResponse): boolean;
};

/** Replies computed once per model and shape and sent again and again: the cheapest provider there can be. */
export function createFastLane(around: Surroundings): FastLane {
  const prepared = new Map<string, PreparedReply>();
  const isOpen = around.recordings.size === 0 && around.apiKeys === undefined;
  return {
    answer: (path, text, response) => {
      const format = FORMAT_BY_PATH.get(path);
      if (!isOpen || format === undefined || !around.script.isEmpty()) return false;
      const body = parseObject(text);
      if (body === undefined || typeof body.model !== 'string' || SPECIAL.some((name) => name in body)) return false;
      const stream = body.stream === true;
      const usage = isObject(body.stream_options) && body.stream_options.include_usage === true;
      const key = `${path} ${body.model} ${stream} ${usage}`;
      const reply = prepared.get(key) ?? prepare(around, format, { model: body.model, stream, usage });
      if (reply === undefined || prepared.size >= MOST_REPLIES) return false;
      prepared.set(key, reply);
      response.writeHead(200, reply.headers);
      if (stream) sendPieces(response, reply.pieces);
      else response.end(reply.pieces[0]);
      return true;
    },
  };
}

function prepare(
  around: Surroundings,
  format: WireFormat,
  { model, stream, usage }: { model: string; stream: boolean; usage: boolean },
): PreparedReply | undefined {
  if (around.models.find(format.name, model)?.kind === 'embedding') return undefined;
  if (around.models.find(format.name, model) === undefined && !model.startsWith('fast-stream-')) return undefined;
  const ask = format.parseChat({
    model,
    messages: [{ role: 'user', content: 'Say something.' }],
    stream,
    ...(usage ? { stream_options: { include_usage: true } } : {}),
    ...(format.name === 'anthropic' ? { max_tokens: 100_000 } : {}),
  });
  const chunks = /^fast-stream-(\d+)$/.exec(model)?.[1];
  const answer = composeAnswer(ask, {
    behaviour: chunks === undefined ? {} : { chunkCount: Number(chunks) },
    recorded: undefined,
    cache: { cachedInputTokens: 0, cacheWriteTokens: 0 },
  });
  const stamp = { id: around.nextId(), nowMs: around.now() };
  const pieces = stream
    ? format.renderEvents(answer, stamp).map(({ text }) => Buffer.from(text))
    : [Buffer.from(JSON.stringify(format.renderAnswer(answer, stamp)))];
  const length: [string, string][] = stream ? [] : [['content-length', `${pieces[0]?.length ?? 0}`]];
  const type = stream ? 'text/event-stream; charset=utf-8' : 'application/json';
  const headers = [['content-type', type], ...length, ...Object.entries(format.replyHeaders(stamp, 0))];
  return { headers: headers.flat(), pieces };
}

function sendPieces(response: ServerResponse, pieces: readonly Buffer[]): void {
  let next = 0;
  const step = (): void => {
    if (response.destroyed) return;
    const piece = pieces[next];
    next += 1;
    if (piece === undefined) {
      response.end();
      return;
    }
    // A turn of the event loop between writes keeps every event a packet of its own.
    if (response.write(piece)) setImmediate(step);
    else response.once('drain', step);
  };
  step();
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
