import { type Decision, decisionSchema, REPLY_HEADERS } from '@pointsman/contracts';
import { vi } from 'vitest';
import type { TestGateway } from './start-gateway.ts';

/** The record of a request, by the id its reply carries; waits for a reply that has not ended yet. */
export async function readDecision(gateway: TestGateway, reply: { headers: Headers } | string): Promise<Decision> {
  const id = typeof reply === 'string' ? reply : reply.headers.get(REPLY_HEADERS.decisionId);
  return vi.waitFor(
    async () => {
      const response = await fetch(`${gateway.baseURL}/pointsman/decisions/${id}`, {
        headers: { authorization: `Bearer ${gateway.apiKey}` },
      });
      if (!response.ok) throw new Error(`no decision ${id}: ${await response.text()}`);
      return decisionSchema.parse(await response.json());
    },
    { timeout: 5000, interval: 10 },
  );
}
