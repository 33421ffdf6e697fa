import type { CatalogModel, Policy } from '@pointsman/contracts';
import { useApi } from '../../api/index.ts';

type Models = { data: { model: CatalogModel; enabled: boolean }[] };

/** What may be asked: the client's policies (its own hide the installation's of the same name), and the models switched on. */
export function useTargets(clientId: string): { policies: string[]; models: string[] } {
  const own = useApi<{ data: Policy[] }>('/policies', { query: { client: clientId } });
  const shared = useApi<{ data: Policy[] }>('/policies');
  const models = useApi<Models>('/models');
  const names = [...(own.data?.data ?? []), ...(shared.data?.data ?? [])].map(({ name }) => name);
  const chat = (models.data?.data ?? []).filter(({ enabled, model }) => enabled && model.kind === 'chat');
  return { policies: [...new Set(names)].sort(), models: chat.map(({ model }) => model.id).sort() };
}
