/** How many decision records a gateway has in memory, on its spool, or has dropped. */
export async function recordsIn(origin: string, where: 'queued' | 'spooled' | 'dropped'): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return Number(new RegExp(`pointsman_decision_records\\{where="${where}"\\} (\\d+)`).exec(metrics)?.[1]);
}
