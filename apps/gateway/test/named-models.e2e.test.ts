import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectOpenai } from './connect-openai.ts';
import { readDecision } from './read-decision.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({
    policies: [{ name: 'near-the-best', minShareOfBest: 0.99, minScores: { overall: 0.99 } }],
    client: { policy: 'near-the-best' },
  });
});
afterAll(() => gateway.close());

test('models that the caller named are removed by no score rule of the policy', async () => {
  const named = ['openai/gpt-4o-mini', 'openai/gpt-4o', 'groq/llama-3.1-8b-instant'];
  // `models` is OpenRouter's: the official client sends it, its types do not know it.
  const asking = { model: named[0] ?? '', messages: [{ role: 'user' as const, content: 'Hello' }], models: named };
  const { response } = await connectOpenai(gateway).chat.completions.create(asking).withResponse();
  const decision = await readDecision(gateway, response);
  expect(decision).toMatchObject({ reason: 'requested-model', modelId: named[0] });
  expect(decision.candidates.map((c) => c.modelId)).toEqual(named);
  expect(decision.candidates.map((c) => c.removedBy)).toEqual([undefined, undefined, undefined]);
});
