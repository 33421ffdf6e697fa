import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  const stopping = stopOnSignal(log);
  const deps = await createDependencies(configuration, log);
  if (stopping.requested()) return deps.close();
  const server = await listen(deps, configuration.server);
  // Only now: a port that is taken must not cost the first key, which is shown once.
  const first = await firstRun(deps.repositories);
  const { address, port } = server.address() as AddressInfo;
  const whyEmulated = configuration.emulator === 'on' ? 'the emulator is switched on' : 'no provider key is set';
  out(
    welcome({
      host: address,
      port,
      emulated: deps.pipeline.emulated ? whyEmulated : undefined,
      models: deps.pipeline.directory().chatModels.length,
      router: deps.pipeline.manifest()?.version,
      first,
    }),
  );
  if (deps.pipeline.emulated) {
    log.warn(
      `The models are EMULATED: ${whyEmulated}. Set OPENAI_API_KEY, ANTHROPIC_API_KEY, ... to call real ones.`,
    );
  }
  await stopping.signal;
  await drain(server, deps, configuration.server.drainMs);
  log.info('stopped');
}

/** Resolves once it accepts connections. Rejects, with everything closed, when the address cannot be had. */
function listen(deps: GatewayDependencies, at: { host: string; port: number }): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: createApp(deps).fetch, hostname: at.host, port: at.port }, () =>
      resolve(server),
    ) as Server;
    // Long streams are bounded by the provider's own timeouts, not by Node's five minutes for a request.
    server.requestTimeout = 0;
    server.on('error', (error) => {
      const reason = portTaken(error)
        ? new Error(`Port ${at.port} of ${at.host} is taken. Stop what listens there, or set PORT to another.`)
        : error;
      deps.close().finally(() => reject(reason));
    });
  });
}

const portTaken = (error: Error) => 'code' in error && error.code === 'EADDRINUSE';

/** The first signal asks for a clean stop, whenever it comes; the second ends the process at once. */
function stopOnSignal(log: Log): { requested(): boolean; signal: Promise<void> } {
  let requested = false;
  const signal = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        if (requested) process.exit(1);
        requested = true;
        log.info('stopping', { signal: name });
        resolve();
      });
    }
  });
  return { requested: () => requested, signal };
}

/** No new requests, open ones finish, everything buffered is written. */
async function drain(server: Server, deps: GatewayDependencies, drainMs: number): Promise<void> {
  deps.beginDraining();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(late);
  await deps.close();
}

main().then(
  () => process.exit(),
  (error) => {
    process.stderr.write(`The gateway could not start: ${errorText(error)}\n`);
    process.exit(1);
  },
);
