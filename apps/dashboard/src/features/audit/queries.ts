import type { AuditAction, AuditPage } from '@pointsman/contracts';
import type { Query } from '../../api/index.ts';
import { useApi } from '../../api/index.ts';

export const useAudit = (query: Query) => useApi<AuditPage>('/audit', { query });
export const useAuditActions = () => useApi<{ data: AuditAction[] }>('/audit/actions');
