import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { formatConfigProblems, loadConfiguration } from '@pointsman/administration';
import { type ClientInput, type KeyInput, type PolicyInput, policySchema } from '@pointsman/contracts';
import { type Emulator, type EmulatorOptions, startEmulator } from '@pointsman/provider-emulator';
import { testDatabase } from '@pointsman/testkit';
import { createApp } from '../src/app.ts';
import { createDependencies, type GatewayDependencies } from '../src/dependencies.ts';
import { createLog } from '../src/logging/create-log.ts';

export type TestGateway = {
  /** `http://127.0.0.1:port` */
  origin: string;
  /** What an OpenAI client takes as its base URL. */
  baseURL: string;
  /** A key of the first client, with every scope. */
  apiKey: string;
  clientId: string;
  emulator: Emulator;
  deps: GatewayDependencies;
  /** Of this gateway's own database. */
  databaseUrl: string;
  /** Another client of this gateway with a key of its own, which may call models and read its own records. */
  addClient(input: ClientInput, key?: Partial<KeyInput>): Promise<TestClient>;
  close(): Promise<void>;
};

export type TestClient = { apiKey: string; keyId: string; clientId: string };

export type TestGatewayOptions = {
  /** A database to use and to leave as it is; one of its own, dropped in the end, when absent. */
  databaseUrl?: string;
  client?: Partial<ClientInput>;
  policies?: PolicyInput[];
  emulator?: EmulatorOptions;
  /** YAML put after the providers' addresses. */
  yaml?: string;
  env?: Record<string, string>;
  /** Takes what the gateway logs at level error; stderr when absent. */
  log?: (line: string) => void;
};

/** The whole gateway on a database of its own, calling the emulator as it would call OpenAI, Anthropic, Mistral and Groq. */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const emulator = await startEmulator(options.emulator);
  const { databaseUrl } = options;
  const database = databaseUrl === undefined ? await testDatabase() : { url: databaseUrl, drop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'pointsman-e2e-'));
  const read = loadConfiguration({
    // Test machines are shared: what is tested is what the router says, not how fast it says it.
    env: {
      DATABASE_URL: database.url,
      POINTSMAN_DATA_DIR: dataDir,
      POINTSMAN_ROUTER_TIMEOUT_MS: '1000',
      ...options.env,
    },
    file: { path: 'pointsman.config.yaml', text: `${providersYaml(emulator)}${options.yaml ?? ''}` },
  });
  if (!read.ok) throw new Error(formatConfigProblems(read.problems));
  const write = options.log ?? ((line: string) => process.stderr.write(line));
  const log = createLog({ level: 'error', pretty: true, write, now: Date.now });
  const deps = await createDependencies(read.configuration, log);
  for (const policy of options.policies ?? []) await deps.repositories.policies.put(policySchema.parse(policy), null);
  const addClient = async (input: ClientInput, key: Partial<KeyInput> = {}): Promise<TestClient> => {
    const { id } = await deps.repositories.clients.create(input);
    const issued = await deps.repositories.keys.issue({ ...key, clientId: id });
    return { apiKey: issued.secret, keyId: issued.key.id, clientId: id };
  };
  const first = await addClient({ name: 'acme', ...options.client }, { scopes: ['inference', 'read', 'admin'] });
  const { server, port } = await listen(deps);
  return {
    origin: `http://127.0.0.1:${port}`,
    baseURL: `http://127.0.0.1:${port}/v1`,
    apiKey: first.apiKey,
    clientId: first.clientId,
    emulator,
    deps,
    databaseUrl: database.url,
    addClient,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await deps.close();
      await emulator.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The providers of the configuration file, each at the emulator. */
export function providersYaml(emulator: Emulator): string {
  const entry = (id: string, format: 'openai' | 'anthropic' | 'mistral') =>
    `  ${id}:\n    apiKey: test-key\n    baseUrl: ${emulator.baseUrl(format)}\n`;
  return `providers:\n${entry('openai', 'openai')}${entry('anthropic', 'anthropic')}${entry('mistral', 'mistral')}${entry('groq', 'openai')}`;
}

function listen(deps: GatewayDependencies): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: createApp(deps).fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ server, port }),
    ) as Server;
  });
}
