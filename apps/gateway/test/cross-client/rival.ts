import { policySchema } from '@pointsman/contracts';
import OpenAI from 'openai';
import { signInAs } from '../act-as.ts';
import { sampleTraffic, writeDecisions } from '../dashboard/seed-traffic.ts';
import type { TestGateway } from '../start-gateway.ts';

/** Another client, with one of everything a client can have. */
export type Rival = {
  clientId: string;
  /** By the name of the path parameter or body property, preceded by the first segment of the path where the name alone says little. */
  identifiers: Record<string, string>;
  /** Texts that may stand in nothing that others read. */
  marks: readonly string[];
};

const NAME = 'Rival Industries';
const SECRET_TAG = 'rival-secret-tag';

export async function createRival(gateway: TestGateway): Promise<Rival> {
  const { repositories } = gateway.deps;
  const { clientId, keyId, apiKey } = await gateway.addClient({ name: NAME });
  await repositories.policies.put(policySchema.parse({ name: 'rival-policy', minScores: { overall: 0.61 } }), clientId);
  const nowMs = Date.now();
  const traffic = sampleTraffic({ clientId, keyId, count: 120, days: 3, nowMs, seed: 9 });
  const decisions = traffic.map((decision) => ({ ...decision, tags: { team: SECRET_TAG }, endUser: SECRET_TAG }));
  await writeDecisions(repositories, decisions);
  const client = new OpenAI({ baseURL: gateway.baseURL, apiKey });
  await client.chat.completions.create({ model: 'auto', messages: [{ role: 'user', content: 'Hello' }] });
  await signInAs(gateway, 'client-owner', clientId);
  const people = await repositories.users.list();
  const person = people.find((each) => each.clientId === clientId);
  const decisionId = decisions[0]?.id ?? '';
  return {
    clientId,
    identifiers: {
      clients: clientId,
      client: clientId,
      clientId,
      keys: keyId,
      key: keyId,
      decisions: decisionId,
      people: person?.id ?? '',
      policies: 'rival-policy',
    },
    marks: [clientId, keyId, NAME, SECRET_TAG, 'rival-policy', decisionId, person?.email ?? ''].filter(
      (mark) => mark !== '',
    ),
  };
}
