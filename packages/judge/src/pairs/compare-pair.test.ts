import { describe, expect, it } from 'vitest';
import { pairJudge as judge, preferenceText, scriptedJudge, shown } from '../../test/scripted-judge.ts';
import { JudgingStopped } from '../asking/judge.ts';
import { comparePair } from './compare-pair.ts';
import { writePairRequest } from './write-pair-request.ts';

const BERLIN = { messages: [{ role: 'user' as const, content: 'Capital of Germany?' }], reference: 'Berlin' };
const A = 'Berlin.';
const B = 'It is Bonn.';

/** Compares A and B by a judge that says so of each sample, given which reply it was shown first. */
const compare = (say: (first: 'a' | 'b', sample: number) => string | Error, samples = 5) => {
  const scripted = scriptedJudge(({ request, sample }) => {
    const said = say(shown(request, 'FIRST') === A ? 'a' : 'b', sample);
    return said instanceof Error || said.length > 1 ? said : preferenceText(said);
  });
  return {
    ...scripted,
    compared: comparePair({ ask: scripted.ask, judge: { ...judge, samples }, case: BERLIN, a: A, b: B }),
  };
};
const prefersA = (first: 'a' | 'b') => (first === 'a' ? 'A' : 'B');

describe('comparing two replies', () => {
  it('asks both orders of every sample, and a better one wins in both', async () => {
    const { asked, compared } = compare(prefersA);
    expect(await compared).toMatchObject({ status: 'compared', winner: 'a', preference: 1, consistent: 5 });
    expect(asked).toHaveLength(10);
    expect(asked.filter(({ request }) => shown(request, 'FIRST') === A)).toHaveLength(5);
    expect((await compared).asked.map(({ sample, order }) => `${sample} ${order}`).slice(0, 3)).toEqual([
      '0 a-first',
      '0 b-first',
      '1 a-first',
    ]);
  });

  it('gives the same answer with the replies exchanged', async () => {
    const { compared } = compare((first) => (first === 'b' ? 'A' : 'B'));
    expect(await compared).toMatchObject({ winner: 'b', preference: 0, consistent: 5 });
  });

  it('takes a choice that flips with the order for a tie', async () => {
    const { compared } = compare(() => 'A');
    expect(await compared).toMatchObject({ winner: 'tie', preference: 0.5, consistent: 0 });
  });

  it('takes a choice in one order and a tie in the other for a tie', async () => {
    const { compared } = compare((first) => (first === 'a' ? 'A' : 'C'), 1);
    expect(await compared).toMatchObject({
      winner: 'tie',
      consistent: 0,
      samples: [{ aFirst: 'a', bFirst: 'tie', winner: 'tie', explanation: 'why A' }],
    });
  });

  it('lets one win that more than half of the samples prefer', async () => {
    const most = compare((first, sample) => (sample < 3 ? prefersA(first) : 'C'));
    expect(await most.compared).toMatchObject({ winner: 'a', preference: 0.8, consistent: 5 });
    const half = compare((first, sample) => (sample < 2 ? prefersA(first) : 'C'), 4);
    expect(await half.compared).toMatchObject({ winner: 'tie', preference: 0.75 });
  });

  it('counts a sample only when both orders were answered', async () => {
    const down = new Error('503');
    const { compared } = compare((first, sample) => (sample < 2 && first === 'b' ? down : prefersA(first)));
    const comparison = await compared;
    expect(comparison).toMatchObject({ status: 'compared', winner: 'a', consistent: 3 });
    expect(comparison.asked.filter(({ record }) => record.outcome === 'not-answered')).toHaveLength(2);
  });

  it('is unscored, with the reason, when too few samples were', async () => {
    const { compared } = compare((first, sample) => (sample > 1 && first === 'a' ? 'prose for ever' : prefersA(first)));
    expect(await compared).toMatchObject({
      status: 'unscored',
      why: 'invalid-verdict',
      detail: '3 of 5 samples have no verdict: The reply holds no JSON object, only prose.',
    });
    const stopped = compare(() => new JudgingStopped('cancelled', 'by the user'));
    expect(await stopped.compared).toMatchObject({ status: 'unscored', why: 'cancelled' });
  });
});

describe('the question about a pair', () => {
  it('shows both replies, the reference and the choices, explanation first, and no name', () => {
    const { request, schema, name } = writePairRequest({ judge, case: BERLIN, first: A, second: '' });
    expect(name).toBe('pointsman_preference_v1');
    expect(['CONVERSATION', 'REFERENCE', 'FIRST', 'SECOND'].map((text) => shown(request, text))).toEqual([
      '[1: user]\nCapital of Germany?',
      'Berlin',
      A,
      '',
    ]);
    expect(String(request.messages[1]?.content)).toContain(`SECOND>>>\n${judge.prompt.emptyReply}`);
    expect(String(request.messages[0]?.content)).toContain('C: Neither is better: a tie.');
    expect(Object.keys(Object(schema.properties))).toEqual(['explanation', 'choice']);
  });

  it('is put without a reference where there is none', () => {
    const { request } = writePairRequest({ judge, case: { messages: BERLIN.messages }, first: A, second: B });
    expect(String(request.messages[1]?.content)).not.toMatch(/REFERENCE|\{\{/);
  });
});
