import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type DrainServer, drainable } from './drain-server.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A server that can be drained, and a connection to it on which nothing has been asked. */
async function listen(answer: RequestListener): Promise<{ port: number; drain: DrainServer }> {
  const server = createServer(answer);
  servers.push(server);
  const drain = drainable(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, drain };
}

async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function ask(port: number, agent?: Agent): Promise<IncomingMessage> {
  const [reply] = await once(get({ port, host: '127.0.0.1', ...(agent && { agent }) }), 'response');
  return reply;
}

async function bytesOf(reply: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of reply) bytes += chunk.length;
  return bytes;
}

async function msOf(work: Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work;
  return performance.now() - startedAt;
}

describe('a server that is drained', () => {
  it('waits neither for a connection on which nobody asked anything nor for one that is kept alive', async () => {
    const { port, drain } = await listen((_, response) => response.end('Hello'));
    const silent = await connectTo(port);
    const agent = new Agent({ keepAlive: true });
    await bytesOf(await ask(port, agent));
    const silentEnded = once(silent, 'close');
    silent.resume();
    expect(await msOf(drain(20_000))).toBeLessThan(2000);
    await silentEnded;
    agent.destroy();
  });

  it('lets a reply go out whole, however slowly it is read, and closes its connection after it', async () => {
    const size = 40_000_000;
    const { port, drain } = await listen((_, response) => response.end(Buffer.alloc(size)));
    const agent = new Agent({ keepAlive: true });
    const reply = await ask(port, agent);
    const drained = msOf(drain(20_000));
    // Nothing is read for a while: most of the reply still waits in the server.
    await new Promise((later) => setTimeout(later, 100));
    expect(await bytesOf(reply)).toBe(size);
    // Node keeps an answered connection for five seconds more.
    expect(await drained).toBeLessThan(4000);
    agent.destroy();
  });

  it('takes no new connection', async () => {
    const { port, drain } = await listen((_, response) => response.end());
    await drain(1000);
    await expect(ask(port)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('cuts a reply that does not end in time', async () => {
    const { port, drain } = await listen((_, response) => response.write('and so on'));
    const reply = await ask(port);
    const cut = bytesOf(reply).catch((error: unknown) => error);
    expect(await msOf(drain(50))).toBeLessThan(2000);
    expect(await cut).toBeInstanceOf(Error);
  });
});
