import type { Server } from 'node:http';
import { type Socket, Server as SocketServer } from 'node:net';

/** Takes no more connections, lets the replies under way go out whole, and cuts what is left after `withinMs`. */
export type DrainServer = (withinMs: number) => Promise<void>;

/**
 * Prepares a server for being drained; call it before it accepts connections. Node's own `close` cuts a reply that was handed
 * over but has not left yet, and waits for connections on which nobody ever asked anything.
 */
export function drainable(server: Server): DrainServer {
  const replies = new Map<Socket, number>();
  let draining = false;
  server.on('connection', (socket: Socket) => {
    replies.set(socket, 0);
    socket.once('close', () => replies.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    replies.set(socket, (replies.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const open = replies.get(socket);
      if (open === undefined) return;
      replies.set(socket, open - 1);
      if (draining && open === 1) socket.destroySoon();
    });
  });
  return async (withinMs) => {
    draining = true;
    const closed = new Promise<void>((resolve) => SocketServer.prototype.close.call(server, () => resolve()));
    for (const [socket, open] of replies) if (open === 0) socket.destroySoon();
    const late = setTimeout(() => {
      for (const socket of replies.keys()) socket.destroy();
    }, withinMs);
    await closed;
    clearTimeout(late);
  };
}
