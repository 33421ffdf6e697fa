import { Pool } from 'undici';
import type { Contender } from './contender.ts';

export type Load = { connections: number; requests: number; stream: boolean; model?: string | undefined };
export type Measurement = {
  cpuMicrosPerRequest: number;
  requestsPerSecond: number;
  /** Per request, in milliseconds, sorted: the whole reply, or the first chunk of a stream. */
  latenciesMs: Float64Array;
  chunks: number;
};

const MESSAGES = [
  { role: 'system', content: 'You are a helpful assistant. Answer briefly and name your sources.' },
  {
    role: 'user',
    content: 'Explain in two sentences why the sky is blue and why sunsets are red, for a ten-year-old.',
  },
];

/** Sends requests over so many connections, each waiting for its reply; CPU is read from the contender's own process. */
export async function measure(target: Contender, load: Load): Promise<Measurement> {
  const url = new URL(target.url);
  const pool = new Pool(url.origin, { connections: load.connections, pipelining: 1 });
  const body = JSON.stringify({
    model: load.model ?? target.model,
    messages: MESSAGES,
    ...(load.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
  const headers = { 'content-type': 'application/json', ...target.headers };
  const latenciesMs = new Float64Array(load.requests);
  let next = 0;
  let chunks = 0;
  const worker = async () => {
    for (let index = next++; index < load.requests; index = next++) {
      const startedMs = performance.now();
      const reply = await pool.request({ path: `${url.pathname}/chat/completions`, method: 'POST', headers, body });
      if (reply.statusCode !== 200) throw new Error(`${target.name}: ${reply.statusCode} ${await reply.body.text()}`);
      let first: number | undefined;
      for await (const _ of reply.body) {
        first ??= performance.now() - startedMs;
        chunks += 1;
      }
      latenciesMs[index] = load.stream ? (first ?? 0) : performance.now() - startedMs;
    }
  };
  const cpuBefore = target.cpuMicros();
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: load.connections }, worker));
  const seconds = (performance.now() - startedMs) / 1000;
  const cpu = target.cpuMicros() - cpuBefore;
  await pool.close();
  return {
    cpuMicrosPerRequest: cpu / load.requests,
    requestsPerSecond: load.requests / seconds,
    latenciesMs: latenciesMs.sort(),
    chunks,
  };
}
