import type { Decision } from '@pointsman/contracts';
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
  const registers = [registry];
  const requests = new Counter({
    name: 'pointsman_requests_total',
    help: 'Requests by endpoint and outcome.',
    labelNames: ['endpoint', 'outcome'],
    registers,
  });
  const reasons = new Counter({
    name: 'pointsman_decisions_total',
    help: 'Decisions by the reason that chose.',
    labelNames: ['reason'],
    registers,
  });
  const errors = new Counter({
    name: 'pointsman_errors_total',
    help: 'Requests that ended in an error, by code.',
    labelNames: ['code'],
    registers,
  });
  const tokens = new Counter({
    name: 'pointsman_tokens_total',
    help: 'Tokens by model and kind.',
    labelNames: ['model', 'kind'],
    registers,
  });
  const cost = new Counter({
    name: 'pointsman_cost_usd_total',
    help: 'Cost in US dollars by model and whether it was measured.',
    labelNames: ['model', 'status'],
    registers,
  });
  const attempts = new Counter({
    name: 'pointsman_attempts_total',
    help: 'Provider calls by provider, outcome and failure.',
    labelNames: ['provider', 'outcome', 'failure'],
    registers,
  });
  const cache = new Counter({
    name: 'pointsman_cache_total',
    help: 'Exact cache look-ups.',
    labelNames: ['result'],
    registers,
  });
  const overhead = new Histogram({
    name: 'pointsman_overhead_milliseconds',
    help: 'Time spent in the gateway itself.',
    labelNames: ['step'],
    buckets: MS_BUCKETS,
    registers,
  });
  const firstToken = new Histogram({
    name: 'pointsman_first_token_seconds',
    help: 'Time to the first streamed chunk.',
    labelNames: ['model'],
    buckets: SECOND_BUCKETS,
    registers,
  });
  const duration = new Histogram({
    name: 'pointsman_request_seconds',
    help: 'Whole time of a request.',
    labelNames: ['endpoint'],
    buckets: SECOND_BUCKETS,
    registers,
  });
  registerGauges(registry, sources);

  const observeTokens = ({ modelId, usage }: Decision) => {
    if (modelId === undefined) return;
    for (const [kind, count] of Object.entries(usage)) {
      if (count !== undefined && kind.endsWith('Tokens'))
        tokens.inc({ model: modelId, kind: kind.slice(0, -'Tokens'.length) }, count);
    }
  };
  return {
    registry,
    observe(decision) {
      requests.inc({ endpoint: decision.endpoint, outcome: decision.outcome });
      reasons.inc({ reason: decision.reason });
      if (decision.errorCode !== undefined) errors.inc({ code: decision.errorCode });
      if (decision.cache !== 'off') cache.inc({ result: decision.cache });
      if (decision.outcome !== 'cached') observeTokens(decision);
      if (decision.modelId !== undefined && decision.cost.status !== 'unknown') {
        cost.inc({ model: decision.modelId, status: decision.cost.status }, decision.cost.nanoUsd / 1e9);
      }
      for (const attempt of decision.attempts) {
        attempts.inc({ provider: attempt.provider, outcome: attempt.outcome, failure: attempt.failure ?? 'none' });
      }
      const { latency } = decision;
      overhead.observe({ step: 'total' }, latency.overheadMs);
      if (latency.predictMs !== undefined) overhead.observe({ step: 'predict' }, latency.predictMs);
      if (latency.firstTokenMs !== undefined)
        firstToken.observe({ model: decision.modelId ?? 'none' }, latency.firstTokenMs / 1000);
      duration.observe({ endpoint: decision.endpoint }, latency.totalMs / 1000);
    },
  };
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
