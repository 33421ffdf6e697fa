import { createServer } from 'node:net';

const POSTGRES_DEFAULT_PORT = 5432;

/** The port if nothing listens on it at 127.0.0.1, undefined otherwise. 0 stands for any free port. */
function claim(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

/**
 * A TCP port that was free on 127.0.0.1 a moment ago: `preferred` if it is, any other than 5432 otherwise.
 * @throws Error when the system has none.
 */
export async function freePort(preferred?: number): Promise<number> {
  const wanted = preferred === undefined ? undefined : await claim(preferred);
  if (wanted !== undefined) return wanted;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const port = await claim(0);
    if (port !== undefined && port !== POSTGRES_DEFAULT_PORT) return port;
  }
  throw new Error('the system has no free TCP port on 127.0.0.1');
}
