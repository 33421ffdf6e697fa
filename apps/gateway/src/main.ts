import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { ConfigurationError, firstRun, formatConfigProblems, readConfiguration } from '@pointsman/administration';
import { createApp } from './app.ts';
import { createDependencies, type GatewayDependencies } from './dependencies.ts';
import { type DrainServer, drainable } from './drain-server.ts';
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
  const { server, drain } = await listen(deps, configuration.server);
  // Only now: a port that is taken must not cost the first key, which is shown once.
  const first = await firstRun(deps.repositories, Date.now());
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
      publicUrl: configuration.signIn.publicUrl,
    }),
  );
  if (deps.pipeline.emulated) {
    log.warn(`The models are EMULATED: ${whyEmulated}. Set OPENAI_API_KEY, ANTHROPIC_API_KEY, ... to call real ones.`);
  }
  await stopping.signal;
  deps.beginDraining();
  await drain(configuration.server.drainMs);
  await deps.close();
  log.info('stopped');
}

const IDLE_CONNECTION_MS = 75_000;

type Listening = { server: Server; drain: DrainServer };

/** Resolves once it accepts connections. Rejects, with everything closed, when the address cannot be had. */
function listen(deps: GatewayDependencies, at: { host: string; port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: createApp(deps).fetch, hostname: at.host, port: at.port }, () =>
      resolve({ server, drain }),
    ) as Server;
    const drain = drainable(server);
    // Whoever closes an idle connection should be the load balancer (usually after a minute): it knows not to send into it.
    server.keepAliveTimeout = IDLE_CONNECTION_MS;
    server.on('error', (error) => {
      const reason = portTaken(error)
        ? new Error(`port ${at.port} is taken: set PORT to another, or stop what listens on ${at.host}:${at.port}`)
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

main().then(
  () => process.exit(),
  (error) => {
    const wrong = error instanceof ConfigurationError;
    process.stderr.write(wrong ? `${error.message}\n` : `The gateway could not start: ${errorText(error)}\n`);
    process.exit(wrong ? 2 : 1);
  },
);
