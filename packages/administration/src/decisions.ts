import { type Decision, GatewayError, outcomeSchema, reasonSchema } from '@pointsman/contracts';
import type { DecisionPage, Repositories, UsageRow } from '@pointsman/db';
import { z } from 'zod';
import { findClient } from './find-client.ts';
import { parseInput } from './parse-input.ts';

type Storage = Pick<Repositories, 'clients' | 'decisions'>;

const isoDay = z.iso.date();
const instant = z.union([z.iso.datetime(), isoDay.transform((day) => `${day}T00:00:00.000Z`)]);

const listInputSchema = z.strictObject({
  /** Id or name. */
  client: z.string().optional(),
  /** The `next` of the page before. */
  before: z.string().optional(),
  limit: z.int().min(1).max(1000).default(50),
  model: z.string().optional(),
  reason: reasonSchema.optional(),
  outcome: outcomeSchema.optional(),
  /** Days (`YYYY-MM-DD`) or instants in UTC; from is included, to is not. */
  from: instant.optional(),
  to: instant.optional(),
});

/**
 * A page of decisions, newest first.
 * @throws {GatewayError} `invalid_request`, `not_found`.
 */
export async function listDecisions(repositories: Storage, input: unknown = {}): Promise<DecisionPage> {
  const { client, ...filters } = parseInput(listInputSchema, input);
  const clientId = client === undefined ? undefined : (await findClient(repositories, client)).id;
  return repositories.decisions.list({ ...filters, clientId });
}

/**
 * One decision in full.
 * @throws {GatewayError} `not_found`.
 */
export async function showDecision(repositories: Storage, input: { id: string }): Promise<Decision> {
  const decision = await repositories.decisions.get(input.id);
  if (decision !== undefined) return decision;
  const message = `There is no decision "${input.id}". The id is in the reply header x-pointsman-decision-id; old ones are deleted.`;
  throw new GatewayError('not_found', message, { param: 'id' });
}

export const USAGE_GROUPINGS = ['day', 'model', 'domain', 'client', 'policy'] as const;
const usageInputSchema = z
  .strictObject({
    client: z.string().optional(),
    /** UTC days: from is included, to is not. */
    from: isoDay,
    to: isoDay,
    by: z.array(z.enum(USAGE_GROUPINGS)).default(['day']),
  })
  .refine(({ from, to }) => from < to, { error: 'must lie before to', path: ['from'] });

/**
 * Requests, tokens and cost over a range of days, grouped. A cost nobody could measure is counted, never summed as 0.
 * @throws {GatewayError} `invalid_request`, `not_found`.
 */
export async function usageReport(repositories: Storage, input: unknown): Promise<UsageRow[]> {
  const { client, ...range } = parseInput(usageInputSchema, input);
  const clientId = client === undefined ? undefined : (await findClient(repositories, client)).id;
  return repositories.decisions.usage({ ...range, clientId });
}
