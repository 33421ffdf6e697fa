import type { DecisionExplanation } from '@pointsman/contracts';
import { createInstance, type TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { createFormat } from '../../format/create-format.ts';
import shell from '../../messages/en.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import { tellDecision } from './tell-decision.ts';

const i18n = createInstance();
await i18n.init({
  lng: 'en',
  resources: { en: { requests: en, shell } },
  defaultNS: 'requests',
  interpolation: { escapeValue: false },
});
const voice = { t: i18n.getFixedT('en', 'requests') as TFunction<'requests'>, format: createFormat('en') };

const other = { modelId: 'a', expectedCostNanoUsd: 400, overallMean: 0.72, risk: 0.4 };
const explanation = {
  decision: {
    reason: 'escalated-uncertain',
    modelId: 'b',
    policy: 'default',
    requestedModel: 'auto',
    cost: { status: 'exact', nanoUsd: 1500 },
    attempts: [{ outcome: 'answered' }],
    ignored: [],
    emulated: false,
  },
  firstChoice: 'b',
  candidates: [
    { modelId: 'b', answered: true, risk: 0.1 },
    { modelId: 'c' },
    { modelId: 'a', removal: { by: 'min-score' } },
    { modelId: 'd', removal: { by: 'tools' } },
    { modelId: 'e', removal: { by: 'tools' } },
  ],
  bar: { minScores: { overall: 0.7 }, risk: 0.15 },
  cheaperUnsafe: other,
  nextSafe: { ...other, modelId: 'c', expectedCostNanoUsd: 5000, risk: 0.02 },
  strongest: { ...other, modelId: 'c' },
  cost: { expectedNanoUsd: 1000, actualNanoUsd: 1500, ratio: 1.5 },
} as unknown as DecisionExplanation;

describe('a decision told', () => {
  const told = tellDecision(explanation, voice).join('\n');

  it('says the rule, who was removed by what, the bar and the risk', () => {
    expect(told).toContain('b is the next that is safe under the policy default');
    expect(told).toContain('5 models were considered and 2 were left; removed for: tools (2), too likely');
    expect(told).toContain('Overall ≥ 0.700');
    expect(told).toContain('10%');
  });

  it('names the cheaper one that was too risky and the next safe one, each once', () => {
    expect(told).toMatch(/\ba\b.*\$0\.0000004.*40%/);
    expect(told.match(/\$0\.000005/g)).toHaveLength(1);
  });

  it('sets the cost against the expected, and leaves no message without its words', () => {
    expect(told).toContain('$0.0000015');
    expect(told).toContain('150%');
    expect(told).not.toMatch(/story\.|removal\.|\{\{/);
  });

  it('says nothing of estimates for a request whose model was named', () => {
    const named = {
      ...explanation,
      decision: { ...explanation.decision, reason: 'requested-model' },
      candidates: [{ modelId: 'b', answered: true }],
      bar: undefined,
      cheaperUnsafe: undefined,
      nextSafe: undefined,
      strongest: undefined,
    } as unknown as DecisionExplanation;
    expect(tellDecision(named, voice).join('\n')).not.toContain('minimum');
  });
});
