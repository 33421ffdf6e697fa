import { shippedCatalog } from '@pointsman/model-catalog';
import { expect, test } from 'vitest';
import { predictQuality } from './predict-quality.ts';

test('a gateway without a router artefact serves on priors and says that the router is missing', async () => {
  const prediction = await predictQuality(
    { request: { model: 'auto', messages: [{ role: 'user', content: 'hello' }] }, clientId: 'acme' },
    { predictor: () => undefined, timeoutMs: 50, elapsedMs: () => 0, onFailure: () => undefined },
  );
  expect(prediction).toMatchObject({ failed: true, routerVersion: 'none', domain: undefined });
  const [model] = shippedCatalog().models;
  expect(model && prediction.estimateOf(model).basis).toBe('prior');
});
