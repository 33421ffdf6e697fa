import type { Decision, Usage } from '@pointsman/contracts';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type GatewayMetrics = {
  registry: Registry;
  observe(decision: Decision): void;
};

export type MetricSources = {
  recorder(): { queued: number; spooled: number; dropped: number };
  breakers(): { provider: string; modelId: string; state: string }[];
};

const MS_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1000];
const SECOND_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Prometheus metrics, fed from decision records: what is graphed is what was recorded. Labels never hold a path, a user or a key. */
export function createGatewayMetrics(sources: MetricSources): GatewayMetrics {
  const registry = new Registry();
  const counters = createCounters(registry);
  const histograms = createHistograms(registry);
  registerGauges(registry, sources);
  return {
    registry,
    observe(decision) {
      count(decision, counters);
      time(decision, histograms);
    },
  };
}

type Counters = ReturnType<typeof createCounters>;
type Histograms = ReturnType<typeof createHistograms>;

function createCounters(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `pointsman_${name}_total`, help, labelNames, registers: [registry] });
  return {
    requests: counter('requests', 'Requests by endpoint and outcome.', ['endpoint', 'outcome']),
    decisions: counter('decisions', 'Decisions by the reason that chose.', ['reason']),
    errors: counter('errors', 'Requests that ended in an error, by code.', ['code']),
    tokens: counter('tokens', 'Tokens by model and kind.', ['model', 'kind']),
    cost: counter('cost_usd', 'Cost in US dollars by model and whether it was measured.', ['model', 'status']),
    attempts: counter('attempts', 'Provider calls and how they ended.', ['provider', 'outcome', 'failure']),
    cache: counter('cache', 'Exact cache look-ups.', ['result']),
  };
}

function createHistograms(registry: Registry) {
  const registers = [registry];
  return {
    overhead: new Histogram({
      name: 'pointsman_overhead_milliseconds',
      help: 'Time spent in the gateway itself, and of it in the router model.',
      labelNames: ['step'],
      buckets: MS_BUCKETS,
      registers,
    }),
    firstToken: new Histogram({
      name: 'pointsman_first_token_seconds',
      help: 'Time to the first streamed chunk.',
      labelNames: ['model'],
      buckets: SECOND_BUCKETS,
      registers,
    }),
    duration: new Histogram({
      name: 'pointsman_request_seconds',
      help: 'Whole time of a request.',
      labelNames: ['endpoint'],
      buckets: SECOND_BUCKETS,
      registers,
    }),
  };
}

function count(decision: Decision, counters: Counters): void {
  const { endpoint, outcome, reason, errorCode, cache, cost, modelId } = decision;
  counters.requests.inc({ endpoint, outcome });
  counters.decisions.inc({ reason });
  if (errorCode !== undefined) counters.errors.inc({ code: errorCode });
  if (cache !== 'off') counters.cache.inc({ result: cache });
  if (modelId !== undefined && cost.status !== 'unknown') {
    counters.cost.inc({ model: modelId, status: cost.status }, cost.nanoUsd / 1e9);
  }
  if (modelId !== undefined && outcome !== 'cached') countTokens(modelId, decision.usage, counters);
  for (const attempt of decision.attempts) {
    const { provider, failure = 'none' } = attempt;
    counters.attempts.inc({ provider, outcome: attempt.outcome, failure });
  }
}

function countTokens(model: string, usage: Usage, { tokens }: Counters): void {
  if (usage.inputTokens !== undefined) tokens.inc({ model, kind: 'input' }, usage.inputTokens);
  if (usage.outputTokens !== undefined) tokens.inc({ model, kind: 'output' }, usage.outputTokens);
  if (usage.cachedInputTokens) tokens.inc({ model, kind: 'cached_input' }, usage.cachedInputTokens);
  if (usage.cacheWriteTokens) tokens.inc({ model, kind: 'cache_write' }, usage.cacheWriteTokens);
  if (usage.reasoningTokens) tokens.inc({ model, kind: 'reasoning' }, usage.reasoningTokens);
}

function time({ endpoint, modelId, latency }: Decision, histograms: Histograms): void {
  histograms.overhead.observe({ step: 'total' }, latency.overheadMs);
  if (latency.predictMs !== undefined) histograms.overhead.observe({ step: 'predict' }, latency.predictMs);
  if (latency.firstTokenMs !== undefined) {
    histograms.firstToken.observe({ model: modelId ?? 'none' }, latency.firstTokenMs / 1000);
  }
  histograms.duration.observe({ endpoint }, latency.totalMs / 1000);
}

const BREAKER_STATES: Record<string, number> = { closed: 0, 'half-open': 1, open: 2 };

function registerGauges(registry: Registry, sources: MetricSources): void {
  const registers = [registry];
  const breaker = new Gauge({
    name: 'pointsman_breaker_state',
    help: 'Circuit breakers: 0 closed, 1 half-open, 2 open.',
    labelNames: ['provider', 'model'],
    registers,
    collect() {
      breaker.reset();
      for (const { provider, modelId, state } of sources.breakers())
        breaker.set({ provider, model: modelId }, BREAKER_STATES[state] ?? 2);
    },
  });
  const records = new Gauge({
    name: 'pointsman_decision_records',
    help: 'Decision records waiting in memory, on disk, and dropped.',
    labelNames: ['where'],
    registers,
    collect() {
      const { queued, spooled, dropped } = sources.recorder();
      records.set({ where: 'queued' }, queued);
      records.set({ where: 'spooled' }, spooled);
      records.set({ where: 'dropped' }, dropped);
    },
  });
  const memory = new Gauge({
    name: 'pointsman_resident_memory_bytes',
    help: 'Resident memory of the process.',
    registers,
    collect() {
      memory.set(process.memoryUsage.rss());
    },
  });
}
