import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { firstRun, formatConfigProblems, readConfiguration } from '@pointsman/administration';
import { createApp } from './app.ts';
import { createDependencies, type GatewayDependencies } from './dependencies.ts';
import { createLog, errorText, type Log } from './logging/create-log.ts';
import { welcome } from './welcome.ts';

const out = (text: string) => process.stdout.write(text);

async function main(): Promise<void> {
  const read = await readConfiguration({ env: process.env, directory: process.cwd() });
  if (!read.ok) {
    process.stderr.write(`${formatConfigProblems(read.problems)}\n`);
    process.exitCode = 2;
    return;
  }
  const { configuration } = read;
  const log = createLog({
    level: configuration.server.logLevel,
    pretty: process.stdout.isTTY === true || configuration.databaseUrl === undefined,
    write: (line) => process.stderr.write(line),
    now: Date.now,
  });
  // Anything that escapes is a bug: it is reported, and the process is replaced by whoever watches over it.
  process.on('uncaughtException', (error) => {
    log.error('the gateway crashed', { error: errorText(error), stack: error.stack });
    process.exit(1);
  });
  const deps = await createDependencies(configuration, log);
  const first = await firstRun(deps.repositories);
  const { host, port } = configuration.server;
  const server = serve({ fetch: createApp(deps).fetch, hostname: host, port }, (address) => {
    out(
      welcome({
        host,
        port: address.port,
        emulated: deps.pipeline.emulated,
        models: deps.pipeline.directory().chatModels.length,
        router: deps.pipeline.manifest()?.version,
        first,
      }),
    );
    if (deps.pipeline.emulated)
      log.warn(
        'No provider key is set: the models are EMULATED. Set OPENAI_API_KEY, ANTHROPIC_API_KEY, ... to call real ones.',
      );
  }) as Server;
  server.on('error', (error) => {
    log.error(portTaken(error) ? `port ${port} is taken: set PORT to another` : errorText(error));
    void deps.close().finally(() => process.exit(1));
  });
  // Long streams are bounded by the provider's own timeouts, not by Node's five minutes for a request.
  server.requestTimeout = 0;
  stopOnSignal(server, deps, { drainMs: configuration.server.drainMs, log });
}

const portTaken = (error: Error) => 'code' in error && error.code === 'EADDRINUSE';

/** First signal: no new requests, open ones finish, everything buffered is written. Second: out at once. */
function stopOnSignal(server: Server, deps: GatewayDependencies, options: { drainMs: number; log: Log }): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    options.log.info('stopping', { signal });
    deps.beginDraining();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), options.drainMs);
    await closed;
    clearTimeout(late);
    await deps.close();
    options.log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error) => {
        options.log.error('did not stop cleanly', { error: errorText(error) });
        process.exit(1);
      });
    });
  }
}

main().catch((error) => {
  process.stderr.write(`The gateway could not start: ${errorText(error)}\n`);
  process.exit(1);
});
