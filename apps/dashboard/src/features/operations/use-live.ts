import type { EventSnapshots, NodesView, ProvidersView, QueuesView } from '@pointsman/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ApiError, useApi, useEvents } from '../../api/index.ts';

const TOPICS = ['nodes', 'runs', 'providers'] as const;
/** While nothing is pushed. */
const ASK_EVERY_MS = 10_000;

export type Live = {
  connected: boolean;
  nodes: UseQueryResult<NodesView, ApiError>;
  queues: UseQueryResult<QueuesView, ApiError>;
  providers: UseQueryResult<ProvidersView, ApiError>;
};

/** What the gateway pushes; while it cannot, what it answers when asked. */
export function useLive(): Live {
  const { last, connected } = useEvents<EventSnapshots>('/events', { topics: TOPICS.join(',') }, TOPICS);
  const options = connected ? {} : { everyMs: ASK_EVERY_MS };
  const nodes = useApi<NodesView>('/operations/nodes', options);
  const queues = useApi<QueuesView>('/operations/queues', options);
  const providers = useApi<ProvidersView>('/operations/providers', options);
  return {
    connected,
    nodes: newest(nodes, last.nodes, connected),
    queues: newest(queues, last.runs, connected),
    providers: newest(providers, last.providers, connected),
  };
}

function newest<T>(
  asked: UseQueryResult<T, ApiError>,
  pushed: T | undefined,
  connected: boolean,
): UseQueryResult<T, ApiError> {
  if (!connected || pushed === undefined) return asked;
  return { ...asked, data: pushed, error: null } as UseQueryResult<T, ApiError>;
}
