import { loadConfiguration } from '@pointsman/administration';
import { type PolicyInput, policySchema } from '@pointsman/contracts';
import { shippedCatalog } from '@pointsman/model-catalog';
import { describe, expect, it } from 'vitest';
import { policyModels } from './policy-models.ts';

const ids = (
  policy: Partial<PolicyInput>,
  over: { env?: Record<string, string>; among?: string[]; regions?: string[]; day?: string } = {},
) => {
  const read = loadConfiguration({ env: { POINTSMAN_EMULATOR: 'on', ...over.env }, file: undefined });
  if (!read.ok) throw new Error('the configuration is wrong');
  return policyModels({
    catalog: shippedCatalog(),
    configuration: read.configuration,
    policy: policySchema.parse({ name: 'p', ...policy }),
    regions: over.regions,
    among: over.among,
    day: over.day ?? '2026-11-21',
  }).map(({ id }) => id);
};

describe('the models of a policy', () => {
  it('are active chat models that have a price', () => {
    const catalog = shippedCatalog().models;
    const all = ids({});
    expect(all).toContain('openai/gpt-4.1');
    for (const { id, kind, status } of catalog)
      if (kind !== 'chat' || status !== 'active') expect(all).not.toContain(id);
    expect(ids({}, { day: '1999-01-01' })).toEqual([]);
  });

  it('are those it allows and does not deny, in its regions and the client’s, and among those asked for', () => {
    expect(ids({ allowedModels: ['openai/gpt-4.1', 'openai/gpt-4.1-mini'], deniedModels: ['*-mini'] })).toEqual([
      'openai/gpt-4.1',
    ]);
    expect(ids({}, { among: ['openai/gpt-4.1'] })).toEqual(['openai/gpt-4.1']);
    const european = ids({}, { regions: ['eu'] });
    expect(european.length).toBeGreaterThan(0);
    expect(ids({ regions: ['eu'] })).toEqual(european);
    expect(ids({ regions: ['mars'] })).toEqual([]);
  });

  it('are those of providers that are on', () => {
    const models = ids({}, { env: { POINTSMAN_EMULATOR: 'off', MISTRAL_API_KEY: 'a-key' } });
    expect(models.length).toBeGreaterThan(0);
    expect(models.filter((id) => !id.startsWith('mistral/'))).toEqual([]);
  });
});
