import { type Configuration, enabledProviders } from '@pointsman/administration';
import type { BreakerState, Catalog, Provider, ProviderHealth } from '@pointsman/contracts';
import type { ProviderClient } from '@pointsman/providers';
import { shareOf } from '../overview/figures-of.ts';
import { quantileOf } from '../overview/latency-of.ts';
import type { CallTally, ProviderCalls } from './provider-calls.ts';
import type { ToldLimits } from './watch-limits.ts';

export type ProviderSources = {
  /** With the configuration over it. */
  catalog: Catalog;
  configuration: Configuration;
  /** Whether the emulator answers for every provider. */
  emulated: boolean;
  breakers: ReturnType<ProviderClient['breakers']>;
  calls: Pick<ProviderCalls, 'tally'>;
  limits(provider: string): ToldLimits[];
};

const SEVERITY: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** How each provider of the catalogue does, as this process sees it: those in trouble first, then those in use. */
export function readProviders(sources: ProviderSources): ProviderHealth[] {
  const { catalog, configuration, emulated } = sources;
  return enabledProviders(catalog, configuration)
    .map(({ provider, enabled, why }) => {
      const source = emulated ? 'emulated' : enabled ? 'configured' : 'off';
      return { ...healthOf(provider, sources), source, why: emulated ? undefined : why } satisfies ProviderHealth;
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || b.lastHour.calls - a.lastHour.calls || (a.name < b.name ? -1 : 1));
}

const rankOf = ({ breaker, source }: ProviderHealth): number => (source === 'off' ? 3 : 2 - SEVERITY[breaker]);

function healthOf(provider: Provider, sources: ProviderSources): Omit<ProviderHealth, 'source' | 'why'> {
  const { id, name } = provider;
  const circuits = sources.breakers
    .filter((breaker) => breaker.provider === id)
    .map(({ modelId, state }) => ({ modelId, state: state as BreakerState }))
    .filter(({ state }) => state !== 'closed')
    .sort((a, b) => SEVERITY[b.state] - SEVERITY[a.state]);
  const tally = sources.calls.tally(id);
  return {
    id,
    name,
    models: sources.catalog.models.filter((model) => model.provider === id).length,
    breaker: circuits[0]?.state ?? 'closed',
    circuits,
    lastHour: lastHourOf(tally),
    failures: tally.failures.map(({ lastAtMs, ...failure }) => ({ ...failure, lastAt: isoTime(lastAtMs) })),
    limits: sources
      .limits(id)
      .flatMap(({ modelId, limits, atMs }) =>
        limits.map(({ unit, limit, remaining }) => ({ modelId, unit, limit, remaining, toldAt: isoTime(atMs) })),
      ),
  };
}

function lastHourOf({ answered, failed, abandoned, heldBack, latencies }: CallTally): ProviderHealth['lastHour'] {
  const calls = answered + failed + abandoned;
  return {
    calls,
    answered,
    failed,
    abandoned,
    heldBack,
    errors: shareOf(failed, calls),
    latencyP50: quantileOf(latencies, 0.5),
    latencyP95: quantileOf(latencies, 0.95),
  };
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
