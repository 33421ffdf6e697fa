import { z } from '@hono/zod-openapi';
import { GatewayError, utcDay } from '@pointsman/contracts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;

/** How a route asks for a period. */
export const PERIOD_QUERY = {
  from: z.iso.date().optional().openapi({ description: 'First UTC day; default 30 days ago' }),
  to: z.iso.date().optional().openapi({ description: 'UTC day after the last; default tomorrow' }),
};

/**
 * UTC days, `from` included, `to` not.
 * @throws GatewayError `invalid_request` for a period that ends before it begins, or is too long to be looked at.
 */
export function periodOf(asked: { from?: string | undefined; to?: string | undefined }, nowMs: number) {
  const to = asked.to ?? utcDay(nowMs + DAY_MS);
  const from = asked.from ?? utcDay(Date.parse(to) - 30 * DAY_MS);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days >= 1 && days <= MOST_DAYS) return { from, to };
  throw new GatewayError(
    'invalid_request',
    `'from' ${from} to 'to' ${to} are ${days} days: 1 to ${MOST_DAYS} are shown.`,
    { param: 'from' },
  );
}
