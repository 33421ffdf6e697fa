import type { Decision, Usage } from '@pointsman/contracts';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ShadowStats } from '../live/shadow-router.ts';
import type { SampleStats } from '../sampling/sample-recorder.ts';

export type GatewayMetrics = {
  registry: Registry;
  observe(decision: Decision): void;
  /** Drift has ended a certificate. */
  certificateExpired(policy: string): void;
};

export type MetricSources = {
  recorder(): { queued: number; spooled: number; dropped: number };
  breakers(): { provider: string; modelId: string; state: string }[];
  shadow(): ShadowStats;
  samples(): SampleStats;
};

const MS_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1000];
const SECOND_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Prometheus metrics, fed from decision records: what is graphed is what was recorded. Labels never hold a path, a user or a key. */
export function createGatewayMetrics(sources: MetricSources): GatewayMetrics {
  const registry = new Registry();
  const counters = createCounters(registry);
  const histograms = createHistograms(registry);
  registerGauges(registry, sources);
  registerShadow(registry, sources);
  return {
    registry,
    observe(decision) {
      count(decision, counters);
      time(decision, histograms);
    },
    certificateExpired: (policy) => counters.certificates(policy).inc(),
  };
}

type Counters = ReturnType<typeof createCounters>;
type Histograms = ReturnType<typeof createHistograms>;

function createCounters(registry: Registry) {
  const counter = (name: string, help: string, labelNames: string[]) =>
    tallyCounter(registry, { name: `pointsman_${name}_total`, help, labelNames });
  return {
    requests: counter('requests', 'Requests by endpoint and outcome.', ['endpoint', 'outcome']),
    decisions: counter('decisions', 'Decisions by the reason that chose.', ['reason']),
    errors: counter('errors', 'Requests that ended in an error, by code.', ['code']),
    tokens: counter('tokens', 'Tokens by model and kind.', ['model', 'kind']),
    cost: counter('cost_usd', 'Cost in US dollars by model and whether it was measured.', ['model', 'status']),
    attempts: counter('attempts', 'Provider calls and how they ended.', ['provider', 'outcome', 'failure']),
    floors: counter('floor_decisions', 'Decisions under a policy with a floor, by what became of it.', [
      'policy',
      'outcome',
    ]),
    certificates: counter('certificates_expired', 'Certificates that drift has ended.', ['policy']),
    cache: counter('cache', 'Exact cache look-ups.', ['result']),
  };
}

function createHistograms(registry: Registry) {
  const histogram = (name: string, help: string, { label, buckets }: { label: string; buckets: number[] }) =>
    bound(
      [label],
      new Histogram({ name: `pointsman_${name}`, help, labelNames: [label], buckets, registers: [registry] }),
    );
  const seconds = SECOND_BUCKETS;
  return {
    overhead: histogram('overhead_milliseconds', 'Time in the gateway itself, and of it in the router model.', {
      label: 'step',
      buckets: MS_BUCKETS,
    }),
    firstToken: histogram('first_token_seconds', 'Time to the first streamed chunk.', {
      label: 'model',
      buckets: seconds,
    }),
    duration: histogram('request_seconds', 'Whole time of a request.', { label: 'endpoint', buckets: seconds }),
  };
}

type Tally = { inc(by?: number): void };

/** A counter that adds plain numbers and hands them to the library only when somebody looks. */
function tallyCounter(registry: Registry, facts: { name: string; help: string; labelNames: string[] }) {
  const tallies: (Tally & { labels: Record<string, string>; total: number })[] = [];
  const counter = new Counter({
    ...facts,
    registers: [registry],
    collect() {
      counter.reset();
      for (const { labels, total } of tallies) counter.inc(labels, total);
    },
  });
  const labels = (values: Record<string, string>): Tally => {
    const tally = {
      labels: values,
      total: 0,
      inc(by = 1) {
        tally.total += by;
      },
    };
    tallies.push(tally);
    return tally;
  };
  return bound(facts.labelNames, { labels });
}

/** Looks a metric's child up once per set of labels: the library's own look-up costs more than the counting. */
function bound<Child>(names: string[], metric: { labels(labels: Record<string, string>): Child }) {
  const children = new Map<string, Child>();
  return (...values: string[]): Child => {
    const key = values.length === 1 ? (values[0] ?? '') : values.join('\n');
    let child = children.get(key);
    if (child === undefined) {
      child = metric.labels(Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])));
      children.set(key, child);
    }
    return child;
  };
}

function count(decision: Decision, counters: Counters): void {
  const { endpoint, outcome, reason, errorCode, cache, cost, modelId } = decision;
  counters.requests(endpoint, outcome).inc();
  counters.decisions(reason).inc();
  if (decision.floor !== undefined) counters.floors(decision.policy, decision.floor.outcome).inc();
  if (errorCode !== undefined) counters.errors(errorCode).inc();
  if (cache !== 'off') counters.cache(cache).inc();
  if (modelId !== undefined && cost.status !== 'unknown') counters.cost(modelId, cost.status).inc(cost.nanoUsd / 1e9);
  if (modelId !== undefined && outcome !== 'cached') countTokens(modelId, decision.usage, counters);
  for (const { provider, outcome: ended, failure = 'none' } of decision.attempts) {
    counters.attempts(provider, ended, failure).inc();
  }
}

function countTokens(model: string, usage: Usage, { tokens }: Counters): void {
  if (usage.inputTokens !== undefined) tokens(model, 'input').inc(usage.inputTokens);
  if (usage.outputTokens !== undefined) tokens(model, 'output').inc(usage.outputTokens);
  if (usage.cachedInputTokens) tokens(model, 'cached_input').inc(usage.cachedInputTokens);
  if (usage.cacheWriteTokens) tokens(model, 'cache_write').inc(usage.cacheWriteTokens);
  if (usage.reasoningTokens) tokens(model, 'reasoning').inc(usage.reasoningTokens);
}

function time({ endpoint, modelId, latency }: Decision, histograms: Histograms): void {
  histograms.overhead('total').observe(latency.overheadMs);
  if (latency.predictMs !== undefined) histograms.overhead('predict').observe(latency.predictMs);
  if (latency.firstTokenMs !== undefined) histograms.firstToken(modelId ?? 'none').observe(latency.firstTokenMs / 1000);
  histograms.duration(endpoint).observe(latency.totalMs / 1000);
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
  const samples = new Gauge({
    name: 'pointsman_samples',
    help: 'Requests drawn for people to rate since the start: stored, skipped (no text to rate), dropped (no room).',
    labelNames: ['result'],
    registers,
    collect() {
      for (const [result, count] of Object.entries(sources.samples())) samples.set({ result }, count);
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

/** How the shadow artefact compares since it was set; a mean over nothing is not shown. */
function registerShadow(registry: Registry, sources: MetricSources): void {
  const registers = [registry];
  const decisions = new Gauge({
    name: 'pointsman_shadow_decisions',
    help: 'Requests that the shadow artefact saw since it was set: chose alike, chose another, or failed.',
    labelNames: ['result'],
    registers,
    collect() {
      const { agreed, differed, failed } = sources.shadow();
      decisions.set({ result: 'agreed' }, agreed);
      decisions.set({ result: 'differed' }, differed);
      decisions.set({ result: 'failed' }, failed);
    },
  });
  const difference = new Gauge({
    name: 'pointsman_shadow_mean_difference',
    help: 'The shadow less the artefact in use: score of the chosen model, and cost of the choice in US dollars.',
    labelNames: ['of'],
    registers,
    collect() {
      const { agreed, differed, scoreDifference, costDifferenceNanoUsd, costed } = sources.shadow();
      difference.reset();
      if (agreed + differed > 0) difference.set({ of: 'score' }, scoreDifference / (agreed + differed));
      if (costed > 0) difference.set({ of: 'cost_usd' }, costDifferenceNanoUsd / costed / 1e9);
    },
  });
}
