import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Decision, PolicyInput } from '@pointsman/contracts';
import { freePort } from '@pointsman/testkit';
import OpenAI from 'openai';

const ROOT = join(import.meta.dirname, '../../..');
const NODE_ARGUMENTS = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];

/** Runs a command of the product and waits for it; its output is shown when it fails. */
export async function pointsman(args: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, join(ROOT, 'apps/evaluator/src/main.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  const output = collect(child);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`pointsman ${args.join(' ')} ended with ${code}:\n${output()}`);
  return output();
}

export type RunningGateway = { origin: string; client: OpenAI; admin: AdminClient; stop(): Promise<void> };

/** Starts the gateway as `npm start` does, on an embedded database in `dataDir`, and reads the first key from its output. */
export async function startProduct(env: Record<string, string>): Promise<RunningGateway> {
  const port = await freePort();
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, join(ROOT, 'apps/gateway/src/main.ts')], {
    cwd: ROOT,
    env: { ...process.env, ...env, PORT: String(port), POINTSMAN_LOG_LEVEL: 'warn' },
  });
  const output = collect(child);
  const secret = await firstKey(child, output);
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    client: new OpenAI({ baseURL: `${origin}/v1`, apiKey: secret, maxRetries: 0, timeout: 30_000 }),
    admin: adminClient(origin, secret),
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}

async function firstKey(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const key = /API key\s+(pm_\S+)/.exec(output())?.[1];
    if (key !== undefined) return key;
    if (child.exitCode !== null) throw new Error(`the gateway did not start:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGTERM');
  throw new Error(`the gateway was not up within a minute:\n${output()}`);
}

export type AdminClient = {
  putPolicy(policy: PolicyInput): Promise<void>;
  /** Every decision record, oldest last. */
  decisions(): AsyncIterable<Decision>;
};

function adminClient(origin: string, secret: string): AdminClient {
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${origin}/api${path}`, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<Record<string, unknown>>;
  };
  return {
    async putPolicy({ name, ...policy }) {
      await call(`/policies/${name}`, { method: 'PUT', body: JSON.stringify(policy) });
    },
    async *decisions() {
      let before: string | undefined;
      do {
        const page = await call(
          `/decisions?limit=500${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`,
        );
        yield* page.data as Decision[];
        before = (page.next as string | null) ?? undefined;
      } while (before !== undefined);
    },
  };
}
