import { type CandidateRecord, DEFAULT_POLICY } from '@pointsman/contracts';
import { shippedCatalog } from '@pointsman/model-catalog';
import { describe, expect, test } from 'vitest';
import { explainNone } from './explain-none.ts';
import type { Route } from './resolve-route.ts';

type Asked = { route?: Route; strict?: boolean };

const AUTO: Route = { kind: 'auto', policy: DEFAULT_POLICY };

const explained = (considered: CandidateRecord[], { route = AUTO, strict = false }: Asked = {}) =>
  explainNone({ kind: 'none', unmet: considered.at(-1)?.removedBy, considered }, route, strict);

describe('why no model can serve a request', () => {
  test('is told in one sentence when only one was named', () => {
    const error = explained([
      { modelId: 'p/a', removedBy: 'unsupported-parameter', detail: 'P does not honour logit_bias' },
    ]);
    expect(error).toMatchObject({ code: 'no_eligible_model' });
    expect(error.message).toBe('p/a cannot serve this request; unsupported-parameter: P does not honour logit_bias.');
  });

  test('counts what removed the models and shows the one that came nearest', () => {
    const error = explained([
      { modelId: 'p/blind', removedBy: 'modality', detail: 'reads no images' },
      { modelId: 'p/dear', removedBy: 'max-cost', detail: 'expected $9', expectedCostNanoUsd: 9e9 },
      { modelId: 'p/cheap', removedBy: 'max-cost', detail: 'expected $2', expectedCostNanoUsd: 2e9 },
    ]);
    expect(error.message).toBe(
      'None of 3 models can serve this request: removed 1 by modality, 2 by max-cost. For example p/cheap: expected $2.',
    );
  });

  test('says that the policy is strict where that is what refuses', () => {
    const unsafe: CandidateRecord[] = ['p/a', 'p/b'].map((modelId) => ({ modelId, removedBy: 'min-score' }));
    expect(explained(unsafe, { strict: true }).message).toMatch(/The policy is strict\.$/);
    expect(explained(unsafe).message).not.toMatch(/strict/);
  });

  test('names the provider that is off when the caller asked for its model, and claims nothing of the others', () => {
    const models = shippedCatalog().models.filter((model) => model.id === 'anthropic/claude-haiku-4-5');
    const { message } = explained([], { route: { kind: 'named', policy: DEFAULT_POLICY, models } });
    expect(message).toMatch(/^anthropic\/claude-haiku-4-5 cannot be asked: anthropic is not switched on/);
    expect(message).not.toMatch(/No provider/);
    expect(explained([]).message).toMatch(/^No provider is switched on\./);
  });
});
