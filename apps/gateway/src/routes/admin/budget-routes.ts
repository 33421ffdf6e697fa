import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type BudgetWindowView,
  type Client,
  type ClientBudget,
  clientBudgetSchema,
  nanoUsdFromUsd,
  utcDay,
} from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { reachableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';
import { FORECAST_DAYS, forecastMonthEnd } from './forecast-month-end.ts';

const DAY_MS = 86_400_000;

/** What a client may spend, has spent, and will probably have spent. */
export function addBudgetRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/clients/{id}/budget',
      tags: ['Clients'],
      summary: 'Budgets of the day and the month: limit, spent, held, and where the month is heading',
      ...SECURED,
      request: { params: z.object({ id: z.string() }) },
      responses: jsonReply(clientBudgetSchema),
    }),
    async (c) => {
      const client = await reachableClient(await actorOf(c), c.req.valid('param').id, repositories);
      return c.json(await readBudget(client, repositories, deps.pipeline.now()), 200);
    },
  );
}

async function readBudget(client: Client, repositories: Repositories, nowMs: number): Promise<ClientBudget> {
  const [status, dailyNanoUsd] = await Promise.all([
    repositories.budgets.status(client.id, nowMs),
    dailySpend(client, repositories, nowMs),
  ]);
  const [dayEndMs, monthEndMs] = windowEnds(nowMs);
  const view = (window: typeof status.day, limitUsd: number | undefined, endMs: number): BudgetWindowView => ({
    windowStart: window.windowStart,
    resetsAt: new Date(endMs).toISOString(),
    ...(limitUsd !== undefined && { limitNanoUsd: nanoUsdFromUsd(limitUsd) }),
    spentNanoUsd: window.spentNanoUsd,
    heldNanoUsd: window.leasedNanoUsd,
    unknownCostCount: window.unknownCostCount,
  });
  return {
    day: view(status.day, client.limits.budgetDayUsd, dayEndMs),
    month: view(status.month, client.limits.budgetMonthUsd, monthEndMs),
    forecast: forecastMonthEnd({ dailyNanoUsd, spentNanoUsd: status.month.spentNanoUsd, nowMs, monthEndMs }),
  };
}

/** When the UTC day and the UTC month of an instant end. */
function windowEnds(nowMs: number): [dayEndMs: number, monthEndMs: number] {
  const now = new Date(nowMs);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return [Date.UTC(year, month, now.getUTCDate() + 1), Date.UTC(year, month + 1, 1)];
}

/** What each of the last whole days cost; days before the client's first whole one are not there. */
async function dailySpend(client: Client, repositories: Repositories, nowMs: number): Promise<number[]> {
  const firstWhole = Date.parse(client.createdAt) + DAY_MS;
  const days = Array.from({ length: FORECAST_DAYS }, (_, back) => utcDay(nowMs - (back + 1) * DAY_MS)).filter(
    (day) => day >= utcDay(firstWhole),
  );
  const from = days.at(-1);
  if (from === undefined) return [];
  const rows = await repositories.decisions.usage({ clientId: client.id, from, to: utcDay(nowMs), by: ['day'] });
  const costs = new Map(rows.map(({ key, costNanoUsd }) => [key.day, costNanoUsd]));
  return days.map((day) => costs.get(day) ?? 0);
}
