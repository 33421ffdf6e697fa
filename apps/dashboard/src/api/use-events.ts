import { useEffect, useState } from 'react';
import { apiUrl, type Query } from './request.ts';

/**
 * The last message of each event name of a server-sent event stream, as JSON. The browser reconnects by itself.
 * @example const { last, connected } = useEvents<{ nodes: Nodes; runs: Runs }>('/events', { topics: 'nodes,runs' });
 */
export function useEvents<Events extends object>(
  path: string,
  query: Query,
  names: readonly (keyof Events & string)[],
) {
  const [last, setLast] = useState<Partial<Events>>({});
  const [connected, setConnected] = useState(false);
  const url = apiUrl(path, query);
  const listed = names.join(',');
  useEffect(() => {
    const source = new EventSource(url);
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    for (const name of listed.split(',')) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        setLast((before) => ({ ...before, [name]: JSON.parse(event.data) }));
      });
    }
    return () => source.close();
  }, [url, listed]);
  return { last, connected };
}
