import type { CatalogModel, Price } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleModel, samplePrice } from '../test/sample-models.ts';
import { applySync, CatalogError, diffCatalogs, formatCatalogDiff, meterCost } from './index.ts';

const cheaper = { inputMicroUsdPerMtok: 1_250_000 };
const published = (id: string, price: Partial<Price>, rest: Partial<CatalogModel> = {}) =>
  sampleModel({ id, prices: [samplePrice({ from: '2026-07-02', ...price })], ...rest });

describe('applySync', () => {
  const before = sampleCatalog(
    sampleModel({ id: 'acme/alpha', regions: ['eu'], routerNames: ['alpha-2025'] }),
    sampleModel({ id: 'acme/own-fine-tune' }),
  );

  it('makes a changed price a new dated one and keeps history', () => {
    const after = applySync(before, [published('acme/alpha', cheaper)], '2026-07-02');
    const model = after.models[0] ?? sampleModel();
    expect(model.prices).toEqual([samplePrice(), samplePrice({ ...cheaper, from: '2026-07-02' })]);
    const usage = { inputTokens: 1_000_000, outputTokens: 0 };
    expect(meterCost(usage, model, '2026-07-01')).toEqual({ status: 'exact', nanoUsd: 2_500_000_000 });
    expect(meterCost(usage, model, '2026-07-02')).toEqual({ status: 'exact', nanoUsd: 1_250_000_000 });
  });

  it('changes nothing when the price is still the same, and replaces the price of the same day', () => {
    expect(applySync(before, [published('acme/alpha', {})], '2026-07-02').models[0]?.prices).toEqual([samplePrice()]);
    const morning = applySync(before, [published('acme/alpha', cheaper)], '2026-07-02');
    const evening = applySync(morning, [published('acme/alpha', { inputMicroUsdPerMtok: 9 })], '2026-07-02');
    expect(evening.models[0]?.prices.map((price) => price.inputMicroUsdPerMtok)).toEqual([2_500_000, 9]);
  });

  it('keeps a price that was announced for a later day', () => {
    const announced = samplePrice({ from: '2027-01-01', inputMicroUsdPerMtok: 4_000_000 });
    const catalog = sampleCatalog(sampleModel({ prices: [samplePrice(), announced] }));
    const prices = applySync(catalog, [published('acme/alpha', cheaper)], '2026-07-02').models[0]?.prices;
    expect(prices?.map((price) => price.from)).toEqual(['2026-01-01', '2026-07-02', '2027-01-01']);
  });

  it('takes over facts but leaves what somebody set by hand, and models the feed does not know', () => {
    const after = applySync(
      before,
      [published('acme/alpha', {}, { contextTokens: 200_000 }), published('acme/new', {})],
      '2026-07-02',
    );
    expect(after.models.map((model) => model.id)).toEqual(['acme/alpha', 'acme/own-fine-tune', 'acme/new']);
    expect(after.models[0]).toMatchObject({ contextTokens: 200_000, regions: ['eu'], routerNames: ['alpha-2025'] });
    expect(after.models[1]).toEqual(before.models[1]);
  });

  it('refuses a model of a provider that the catalogue does not know', () => {
    expect(() => applySync(before, [published('ghost/beta', {})], '2026-07-02')).toThrow(CatalogError);
  });

  it('has no further effect when the same feed is applied again', () => {
    const rate = fc.integer({ min: 1, max: 5 });
    const day = fc.constantFrom('2025-06-01', '2026-01-01', '2026-07-02', '2027-01-01');
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { minLength: 1 }),
        fc.array(rate, { minLength: 4, maxLength: 4 }),
        rate,
        day,
        (days, rates, now, asOf) => {
          const prices = days
            .sort()
            .map((from, index) => samplePrice({ from, inputMicroUsdPerMtok: rates[index] ?? 1 }));
          const feed = [published('acme/alpha', { inputMicroUsdPerMtok: now, from: asOf })];
          const once = applySync(sampleCatalog(sampleModel({ prices })), feed, asOf);
          expect(applySync(once, feed, asOf)).toEqual(once);
          expect(once.models[0]?.prices.findLast((price) => price.from <= asOf)?.inputMicroUsdPerMtok).toBe(now);
          const kept = prices.filter((price) => price.from !== asOf);
          expect(once.models[0]?.prices).toEqual(expect.arrayContaining(kept));
        },
      ),
    );
  });
});

describe('diffCatalogs', () => {
  const before = sampleCatalog(sampleModel({ id: 'acme/alpha' }), sampleModel({ id: 'acme/old' }));

  it('finds nothing between a catalogue and itself in another order', () => {
    const shuffled = sampleCatalog(...before.models.toReversed());
    const diff = diffCatalogs(before, shuffled);
    expect([diff.added, diff.removed, diff.changed, diff.providers]).toEqual([
      [],
      [],
      [],
      { added: [], removed: [], changed: [] },
    ]);
    expect(formatCatalogDiff(diffCatalogs(before, before))).toBe(
      `catalogue ${before.version} -> ${before.version}: no change`,
    );
  });

  it('names what was added, removed and changed, field by field', () => {
    const capabilities = { ...sampleModel().capabilities, reasoning: true };
    const after = sampleCatalog(
      sampleModel({
        id: 'acme/alpha',
        contextTokens: 1,
        capabilities,
        family: 'greek',
        prices: [samplePrice(), samplePrice({ ...cheaper, from: '2026-07-02' })],
      }),
      sampleModel({ id: 'zen/beta' }),
    );
    const diff = diffCatalogs(before, after);
    expect(diff).toMatchObject({ fromVersion: before.version, toVersion: after.version });
    expect(diff.added.map((model) => model.id)).toEqual(['zen/beta']);
    expect(diff.removed.map((model) => model.id)).toEqual(['acme/old']);
    expect(diff.providers.added.map((provider) => provider.id)).toEqual(['zen']);
    const [change] = diff.changed;
    expect(change?.id).toBe('acme/alpha');
    expect(change?.fields).toEqual(
      expect.arrayContaining([
        { field: 'contextTokens', before: 128_000, after: 1 },
        { field: 'capabilities.reasoning', before: false, after: true },
        { field: 'family', before: undefined, after: 'greek' },
      ]),
    );
    expect(change?.fields).toHaveLength(3);
    expect(change?.prices).toEqual([
      {
        kind: 'new',
        from: '2026-07-02',
        before: samplePrice(),
        after: samplePrice({ ...cheaper, from: '2026-07-02' }),
      },
    ]);
    expect(formatCatalogDiff(diff)).toBe(
      [
        `catalogue ${before.version} -> ${after.version}: 1 added, 1 removed, 1 changed`,
        '+ provider zen',
        '+ zen/beta  in $2.5, out $10',
        '- acme/old',
        '~ acme/alpha',
        '    capabilities.reasoning: false -> true',
        '    contextTokens: 128000 -> 1',
        '    family: (absent) -> "greek"',
        '    price from 2026-07-02: in $2.5, out $10 -> in $1.25, out $10',
      ].join('\n'),
    );
  });

  it('tells a withdrawn price and rewritten history from a new price', () => {
    const tier = { aboveInputTokens: 200_000, inputMicroUsdPerMtok: 5_000_000, outputMicroUsdPerMtok: 1 };
    const two = sampleCatalog(
      sampleModel({ prices: [samplePrice(), samplePrice({ ...cheaper, from: '2026-07-02' })] }),
    );
    const one = sampleCatalog(
      sampleModel({
        prices: [
          samplePrice({ cachedInputMicroUsdPerMtok: 3625, cacheWriteMicroUsdPerMtok: 3_000_000, tiers: [tier] }),
        ],
      }),
    );
    const [change] = diffCatalogs(two, one).changed;
    expect(change?.prices.map(({ kind, from }) => [kind, from])).toEqual([
      ['rewritten', '2026-01-01'],
      ['withdrawn', '2026-07-02'],
    ]);
    expect(formatCatalogDiff(diffCatalogs(two, one))).toContain(
      'price from 2026-01-01 (rewritten): in $2.5, out $10 -> in $2.5, cached $0.003625, cache write $3, out $10; above 200000 in $5, out $0.000001',
    );
  });
});
