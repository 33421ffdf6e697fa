import type { Client } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { ownerPatchProblem } from './owner-patch-problem.ts';

const client: Client = {
  id: 'cli_1',
  name: 'acme',
  limits: { budgetMonthUsd: 100, requestsPerMinute: 60 },
  cache: { enabled: false, ttlSeconds: 3600 },
  policy: 'default',
  regions: ['eu', 'ch'],
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('what an owner may change of a client', () => {
  it.each([
    ['lower a budget', { limits: { budgetMonthUsd: 50 } }],
    ['leave a limit as it is', { limits: { requestsPerMinute: 60 } }],
    ['set a limit where there is none', { limits: { budgetDayUsd: 5 } }],
    ['narrow the regions', { regions: ['eu'] }],
    ['choose policy, cache and sampling', { policy: 'cheap', cache: { enabled: true }, sampling: null }],
    ['send the name back unchanged', { name: 'acme' }],
  ])('is to %s', (_what, patch) => {
    expect(ownerPatchProblem(client, patch as never)).toBeUndefined();
  });

  it.each([
    ['raise a budget', { limits: { budgetMonthUsd: 101 } }, 'limits.budgetMonthUsd: it is 100'],
    ['lift a limit', { limits: { requestsPerMinute: null } }, 'lifted only by an operator'],
    ['add a region', { regions: ['eu', 'us'] }, 'us takes an operator'],
    ['let requests go anywhere', { regions: null }, 'any takes an operator'],
    ['rename it', { name: 'other' }, 'only an operator renames'],
  ])('is not to %s', (_what, patch, message) => {
    expect(ownerPatchProblem(client, patch as never)).toContain(message);
  });
});
