import { storeSampleBenchmark, storeSampleJudging, storeSampleRun } from '@pointsman/annotation/testing';
import { policySchema } from '@pointsman/contracts';
import OpenAI from 'openai';
import { signInAs } from '../act-as.ts';
import type { TestGateway } from '../start-gateway.ts';
import { sampleTraffic, writeDecisions } from './seed-traffic.ts';

/** What a prompt or reply may hold and a page must show as text. */
export const HOSTILE = '<img src=x onerror="window.pwned = 1"><script>window.pwned = 1</script> in fourteen days';

export type Seeded = {
  /** The address of a page, its parameters filled with what is there: `/requests/$id` -> `/requests/dec_...`. */
  addressOf(path: string): string;
};

/** Something on every page: a month of traffic of two clients, a benchmark with a run, a batch to annotate, a policy. */
export async function seedDashboard(gateway: TestGateway): Promise<Seeded> {
  const { repositories } = gateway.deps;
  const nowMs = Date.now();
  const [key] = await repositories.keys.list(gateway.clientId);
  const traffic = sampleTraffic({ clientId: gateway.clientId, keyId: key?.id ?? '', count: 2000, days: 30, nowMs });
  const other = await gateway.addClient({ name: 'Société Générale des Trams' });
  await writeDecisions(repositories, [
    ...traffic.map((decision, index) =>
      index % 50 === 0 ? { ...decision, endUser: HOSTILE.slice(0, 200) } : decision,
    ),
    ...sampleTraffic({ ...other, count: 500, days: 30, nowMs, seed: 2 }),
  ]);
  await repositories.policies.put(
    policySchema.parse({ name: 'careful', minScores: { overall: 0.85, safety: 0.9 }, risk: 0.05 }),
    gateway.clientId,
  );
  await new OpenAI({ baseURL: gateway.baseURL, apiKey: gateway.apiKey }).chat.completions.create({
    model: 'auto',
    messages: [{ role: 'user', content: 'Why is the sky blue?' }],
  });
  const { first, second } = await storeSampleBenchmark(repositories, gateway.clientId);
  const { runId } = await storeSampleRun(repositories, { ...second, hostileText: HOSTILE });
  await storeSampleJudging(repositories, first.cases);
  const batchId = await createBatch(gateway, runId);
  const { name, version } = second.version;
  const values: Record<string, string> = {
    '/requests/$id': `/requests/${traffic.at(-1)?.id}`,
    '/policies/$name': '/policies/careful',
    '/annotation/batches/$id': `/annotation/batches/${batchId}`,
    '/benchmark/$name/diff': `/benchmark/${name}/diff`,
    '/benchmark/$name/$version': `/benchmark/${name}/${version}`,
    '/benchmark/$name/$version/$caseId': `/benchmark/${name}/${version}/case-000`,
    '/reports/$runId': `/reports/${runId}`,
    '/reports/$runId/$caseId': `/reports/${runId}/case-000`,
  };
  return {
    addressOf(path) {
      const address = values[path] ?? path;
      if (address.includes('$')) throw new Error(`seed-dashboard.ts has nothing to fill into the page ${path}`);
      return address;
    },
  };
}

async function createBatch(gateway: TestGateway, runId: string): Promise<string> {
  const token = await signInAs(gateway, 'operator');
  const answer = await fetch(`${gateway.origin}/api/annotation/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Replies of the last run', source: { kind: 'run', runId } }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
}
