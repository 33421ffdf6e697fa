import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type SeenRequest = { path: string; headers: IncomingMessage['headers']; body: string; socket: Socket };
export type Answer = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

export type TestProvider = {
  /** Base URL with a version segment. */
  url: string;
  seen: SeenRequest[];
  /** Connections accepted since the start. */
  connections: number;
  /** Answers in order; the last one stays. */
  answerWith(...answers: Answer[]): void;
  close(): Promise<void>;
};

/** A real server on loopback that answers as the test says. */
export async function startProvider(): Promise<TestProvider> {
  let answers: Answer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        socket: request.socket,
      };
      provider.seen.push(seen);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      void answer?.(response, seen);
    });
  });
  server.on('connection', (socket) => {
    provider.connections++;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const provider: TestProvider = {
    url: `http://127.0.0.1:${port}/v1`,
    seen: [],
    connections: 0,
    answerWith: (...next) => {
      answers = next;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-1', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Writes each piece on its own, some milliseconds apart; ends the reply unless `hang`. */
export function stream(
  pieces: readonly (string | Buffer)[],
  options: { hang?: boolean; headers?: Record<string, string>; gapMs?: number } = {},
): Answer {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req-1', ...options.headers });
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, options.gapMs ?? 2));
    }
    if (options.hang !== true) response.end();
  };
}
