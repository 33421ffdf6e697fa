import { type CatalogModel, catalogModelSchema } from '@pointsman/contracts';
import { promptOf, type TrainingRow } from '@pointsman/router-model';
import { describe, expect, it } from 'vitest';
import { collectAnswers } from './collect-answers.ts';

const model = (id: string, ...routerNames: string[]): CatalogModel =>
  catalogModelSchema.parse({
    id,
    provider: 'p',
    upstreamModel: id,
    name: id,
    kind: 'chat',
    status: 'active',
    contextTokens: 8000,
    maxOutputTokens: 2000,
    modalities: { input: ['text'], output: ['text'] },
    capabilities: { tools: true, structuredOutput: 'json_schema', reasoning: false, temperature: true },
    prices: [{ from: '2026-01-01', inputMicroUsdPerMtok: 1, outputMicroUsdPerMtok: 2 }],
    routerNames,
  });
const SMALL = model('p/small', 'small-v2', 'small-v1');
const LARGE = model('p/large', 'large');
const NEW = model('p/new');

const row = (id: string, scores: Record<string, TrainingRow['observations'][number]['scores']>): TrainingRow => ({
  id,
  source: 'made-up',
  prompt: promptOf({ model: 'auto', messages: [{ role: 'user', content: id }] }),
  observations: Object.entries(scores).map(([name, given]) => ({ model: name, scores: given })),
});
const collect = (rows: TrainingRow[], weights = {}, hasLearnedFrom: (row: TrainingRow) => boolean = () => false) =>
  collectAnswers(rows, { models: [SMALL, LARGE, NEW], weights, hasLearnedFrom });
const scoresOf = (rows: TrainingRow[], weights = {}) =>
  collect(rows, weights).rows.map(({ answers }) => answers.map(({ score }) => score));

describe('collecting answers', () => {
  it('takes the first name under which a model was scored, its catalogue id before all', () => {
    expect(scoresOf([row('a', { 'small-v1': { tone: 0.1 }, 'small-v2': { tone: 0.2 }, large: { tone: 1 } })])).toEqual([
      [0.2, 1],
    ]);
    expect(scoresOf([row('b', { 'p/small': { tone: 0.9 }, 'small-v2': { tone: 0.2 }, large: { tone: 1 } })])).toEqual([
      [0.9, 1],
    ]);
  });

  it('leaves out of the pool what answered nothing, and keeps rows that all others answered', () => {
    const rows = [
      row('whole', { 'small-v2': { tone: 0.5 }, large: { tone: 1 } }),
      row('half', { 'small-v2': { tone: 0.5 } }),
      row('known', { 'small-v2': { tone: 0.5 }, large: { tone: 1 } }),
    ];
    const collected = collect(rows, {}, ({ id }) => id === 'known');
    expect(collected).toMatchObject({
      learned: 1,
      incomplete: 1,
      missing: [
        { model: 'p/large', rows: 1 },
        { model: 'p/small', rows: 0 },
      ],
      unanswered: ['p/new'],
    });
    expect(collected.pool.map(({ id }) => id)).toEqual(['p/small', 'p/large']);
    expect(collected.rows.map(({ row: kept }) => kept.id)).toEqual(['whole']);
  });

  it('compares replies in the dimensions that all of them were scored in and the policy looks at', () => {
    const rows = [row('a', { 'small-v2': { tone: 1, relevance: 0.5 }, large: { tone: 0, relevance: 1, safety: 0 } })];
    expect(scoresOf(rows)).toEqual([[0.75, 0.5]]);
    expect(scoresOf(rows, { relevance: 1 })).toEqual([[0.5, 1]]);
    const disjoint = collect([row('b', { 'small-v2': { tone: 1 }, large: { relevance: 1 } })]);
    expect([disjoint.rows, disjoint.incomplete]).toEqual([[], 1]);
    expect(collect(rows, { completeness: 1 })).toMatchObject({ pool: [], rows: [], incomplete: 1 });
  });
});
