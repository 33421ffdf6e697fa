import { type BenchmarkCase, DIMENSIONS, type EvaluatedItem } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseHash } from '../versions/content-hash.ts';
import { startDraft } from '../versions/edit-draft.ts';
import { applyProposals } from './apply-proposals.ts';
import { coverage } from './coverage.ts';
import { type EvaluatedResult, evaluatedResultSchema, overallScore } from './evaluated-result.ts';
import { propose } from './propose.ts';
import { proposeHard } from './propose-hard.ts';
import { longestCommonRun, wordsOf } from './text-overlap.ts';

const REFERENCE =
  'Under the statute the tenant keeps the deposit in a separate account and the landlord returns it within thirty days after the keys were handed over in person.';

const madeCase = (id: string, change: Partial<BenchmarkCase> = {}): BenchmarkCase => ({
  id,
  messages: [{ role: 'user', content: `Explain to a newcomer how ${id} came about and why it matters today.` }],
  reference: REFERENCE,
  domain: 'legal',
  task: 'answer',
  language: 'en',
  difficulty: 'medium',
  checks: [],
  provenance: { kind: 'written', author: 'ana' },
  licence: 'MIT',
  ...change,
});

type Verdict = EvaluatedItem['verdicts']['tone'];
const NOT_ASKED: Verdict = { status: 'unscored', why: 'not-asked', detail: '' };
const scored = (score: number, change: Partial<Extract<Verdict, { status: 'scored' }>> = {}): Verdict => ({
  status: 'scored',
  score,
  samples: [score],
  scorer: 'judge',
  explanation: 'because',
  ...change,
});
const verdictsOf = (verdicts: Partial<EvaluatedItem['verdicts']>): EvaluatedItem['verdicts'] =>
  ({
    ...Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, NOT_ASKED])),
    ...verdicts,
  }) as EvaluatedItem['verdicts'];

const resultOf = (one: BenchmarkCase, change: Partial<EvaluatedResult> = {}): EvaluatedResult => ({
  run: 'r1',
  model: 'a/x',
  caseId: one.id,
  caseHash: caseHash(one),
  domain: one.domain,
  task: one.task,
  language: one.language,
  reply: { status: 'answered', text: 'Something of its own.', cost: { status: 'unknown', why: 'test' }, latencyMs: 1 },
  verdicts: verdictsOf({ factual_accuracy: scored(1) }),
  ...change,
});

const RUNS = ['r1', 'r2', 'r3'];
const MODELS = ['a/x', 'b/y', 'c/z'];
const everywhere = (
  one: BenchmarkCase,
  change: (run: string, model: string) => Partial<EvaluatedResult> = () => ({}),
) => RUNS.flatMap((run) => MODELS.map((model) => resultOf(one, { run, model, ...change(run, model) })));

const proposeFor = (cases: readonly BenchmarkCase[], results: readonly EvaluatedResult[]) =>
  propose({ cases, results, production: [] });
const answer = (text: string): EvaluatedResult['reply'] =>
  ({ ...resultOf(madeCase('a')).reply, status: 'answered', text }) as EvaluatedResult['reply'];

describe('the overall score of a result', () => {
  it('is the mean of what was scored, by the weights of the case', () => {
    const verdicts = verdictsOf({ factual_accuracy: scored(1), tone: scored(0.5) });
    expect(overallScore({ verdicts })).toBe(0.75);
    expect(overallScore({ verdicts, weights: { factual_accuracy: 3 } })).toBe(0.875);
    expect(overallScore({ verdicts, weights: { factual_accuracy: 1, tone: 0 } })).toBe(1);
    expect(overallScore({ verdicts: verdictsOf({}) })).toBeUndefined();
  });
});

describe('a saturated case', () => {
  const worn = madeCase('worn');

  it('is proposed when every model was at the top in several runs, with the numbers', () => {
    expect(proposeFor([worn], everywhere(worn))).toEqual([
      {
        action: 'retire',
        why: 'saturated',
        caseId: 'worn',
        reason: 'saturated: 3 models in 3 runs scored 1.00 or more',
        evidence: { runs: 3, models: 3, replies: 9, lowest: 1 },
      },
    ]);
  });

  it.each([
    [
      'one reply fell short',
      everywhere(worn, (run, model) =>
        run === 'r2' && model === 'b/y' ? { verdicts: verdictsOf({ tone: scored(0.9) }) } : {},
      ),
    ],
    ['there were only two runs', everywhere(worn).filter(({ run }) => run !== 'r3')],
    ['there were only two models', everywhere(worn).filter(({ model }) => model !== 'c/z')],
    ['the results are of an earlier content', everywhere(madeCase('worn', { difficulty: 'hard' }))],
    ['nothing was scored', everywhere(worn, () => ({ verdicts: verdictsOf({}) }))],
  ])('is not proposed when %s', (_when, results) => {
    expect(proposeFor([worn], results)).toEqual([]);
  });
});

describe('a leaked case', () => {
  const seen = madeCase('seen');
  const others = ['second', 'third', 'fourth'].map((id) =>
    madeCase(id, {
      reference: `The ${id} matter was settled long ago by a court that nobody remembers any more, for reasons of its own.`,
    }),
  );
  const fails = { verdicts: verdictsOf({ factual_accuracy: scored(0.7) }) };
  const results = (text: string) => [
    resultOf(seen, { ...fails, reply: answer(text) }),
    ...others.map((one) =>
      resultOf(one, { ...fails, reply: answer('It is a long story that begins in another century.') }),
    ),
  ];

  it('is proposed when a reply repeats its reference word for word', () => {
    const [proposal, ...rest] = proposeFor(
      [seen, ...others],
      results(`Sure. ${REFERENCE.toLowerCase()} Anything else?`),
    );
    expect(rest).toEqual([]);
    expect(proposal).toMatchObject({
      why: 'leaked',
      caseId: 'seen',
      evidence: { model: 'a/x', words: 28, referenceWords: 28, models: 1 },
    });
  });

  it('is not proposed for a few words in a row that anybody would write', () => {
    expect(proposeFor([seen, ...others], results('The landlord returns it within thirty days, says the law.'))).toEqual(
      [],
    );
  });

  it('is not proposed when the question gave the words away', () => {
    const given = madeCase('seen', { messages: [{ role: 'user', content: `Is this right? ${REFERENCE}` }] });
    expect(proposeFor([given], [resultOf(given, { ...fails, reply: answer(`Yes: ${REFERENCE}`) })])).toEqual([]);
  });

  it.each([
    [
      'a check fixes the reply',
      { checks: [{ kind: 'exact', expected: ['x'], compare: 'loose', dimension: 'factual_accuracy', weight: 1 }] },
    ],
    ['it asks for a translation', { task: 'translate' }],
    ['it was generated', { provenance: { kind: 'generated', template: 'dates', seed: 1 } }],
  ] as const)('is not proposed for repeating a right answer where %s', (_why, change) => {
    const fixed = madeCase('seen', change as Partial<BenchmarkCase>);
    expect(proposeFor([fixed], [resultOf(fixed, { ...fails, reply: answer(REFERENCE) })])).toEqual([]);
  });

  it('is told by a canary, whatever the case is', () => {
    const fixed = madeCase('seen', { task: 'translate' });
    const replies = [resultOf(fixed, { reply: answer('... canary 5f1c-88 ...') })];
    expect(propose({ cases: [fixed], results: replies, production: [], canaries: ['canary 5f1c-88'] })).toMatchObject([
      { why: 'leaked', reason: 'leaked: a reply of a/x carries a canary of the benchmark' },
    ]);
  });
});

describe('a broken case', () => {
  const odd = madeCase('odd');

  it('is proposed when nobody passes and the samples of the judge differ', () => {
    const torn = verdictsOf({ factual_accuracy: scored(0.3, { samples: [0, 0, 0.75] }) });
    expect(
      proposeFor(
        [odd],
        everywhere(odd, () => ({ verdicts: torn })),
      ),
    ).toMatchObject([
      { why: 'broken', evidence: { models: 3, replies: 9, best: 0.3, sampleRange: 0.75, judgeCheckGap: 0 } },
    ]);
  });

  it('is proposed when nobody passes a check although the judge finds the replies right', () => {
    const verdicts = verdictsOf({ factual_accuracy: scored(0, { scorer: 'checks' }), relevance: scored(0.9) });
    const [proposal] = proposeFor(
      [odd],
      everywhere(odd, () => ({ verdicts })),
    );
    expect(proposal?.reason).toBe('broken: none of 3 models passes (best 0.45) and judge and checks differ by 0.90');
  });

  it('is proposed when its checks could not run', () => {
    const verdicts = verdictsOf({
      factual_accuracy: { status: 'unscored', why: 'check-could-not-run', detail: 'no interpreter' },
      tone: scored(0.8),
    });
    expect(
      proposeFor(
        [odd],
        everywhere(odd, () => ({ verdicts })),
      ),
    ).toMatchObject([{ reason: 'broken: its checks could not run on 9 of 9 replies' }]);
  });

  it('is not proposed when it is merely hard: nobody passes and all agree', () => {
    const verdicts = verdictsOf({ factual_accuracy: scored(0.2, { samples: [0.2, 0.25, 0.2] }) });
    expect(
      proposeFor(
        [odd],
        everywhere(odd, () => ({ verdicts })),
      ),
    ).toEqual([]);
  });

  it('is not proposed when one model passes', () => {
    const torn = verdictsOf({ factual_accuracy: scored(0.3, { samples: [0, 0, 1] }) });
    expect(
      proposeFor(
        [odd],
        everywhere(odd, (_run, model) => (model === 'a/x' ? {} : { verdicts: torn })),
      ),
    ).toEqual([]);
  });
});

describe('hard requests from production', () => {
  const row = (content: string, change: object = {}) => ({
    messages: [{ role: 'user' as const, content }],
    domain: 'travel' as const,
    task: 'answer' as const,
    language: 'fr',
    decisionId: 'dec_1',
    ...change,
  });
  const LOST = 'Mon vol est annulé et la compagnie refuse de me rembourser la nuit d’hôtel, que puis-je faire ?';

  it('are proposed worst first, with what speaks for them and what to see to', () => {
    const rows = [
      row('Combien coûte un bagage en soute sur un vol court ?', { score: 0.3 }),
      row(LOST, { score: 0 }),
      row('Quel est le meilleur moment pour réserver un train de nuit ?', { scores: [0.9, 0.2] }),
      row('Où puis-je garer ma voiture près de la gare de Lyon ?', { score: 0.9 }),
    ];
    const proposals = proposeHard(rows, []);
    expect(proposals.map(({ reason }) => reason)).toEqual([
      'hard in production: scored 0.00',
      'hard in production: scored 0.20',
      'hard in production: scored 0.30',
    ]);
    expect(proposals[0]?.case).toMatchObject({
      messages: [{ role: 'user', content: LOST }],
      difficulty: 'hard',
      provenance: { kind: 'production', decisionId: 'dec_1' },
      licence: 'proprietary',
    });
    expect(proposals[0]?.notice).toContain('nothing is blacked out');
  });

  it('are proposed where scores lie far apart', () => {
    expect(proposeHard([row(LOST, { scores: [1, 0.5] })], [])).toMatchObject([
      { reason: 'hard in production: scores lie 0.50 apart', evidence: { lowest: 0.5, spread: 0.5 } },
    ]);
  });

  it('are not proposed when the benchmark, or an earlier proposal, asks the same', () => {
    const known = madeCase('known', { messages: [{ role: 'user', content: `${LOST} Merci.` }] });
    expect(proposeHard([row(LOST, { score: 0 })], [known])).toEqual([]);
    expect(proposeHard([row(LOST, { score: 0 }), row(LOST.toUpperCase(), { score: 0.1 })], [])).toHaveLength(1);
  });
});

describe('applying proposals', () => {
  it('signs each change with the person who decided, and both reasons', () => {
    const worn = madeCase('worn');
    const [addition] = proposeHard(
      [{ messages: [{ role: 'user', content: 'Why?' }], domain: 'legal', task: 'answer', language: 'en', score: 0 }],
      [],
    );
    const previous = {
      name: 'mine',
      version: 1,
      hash: '0'.repeat(64),
      cases: [{ id: 'worn', hash: caseHash(worn) }],
      changes: [],
      publishedBy: 'ana',
      publishedAt: '2026-11-01T00:00:00.000Z',
    };
    const proposals = [...proposeFor([worn], everywhere(worn)), ...(addition === undefined ? [] : [addition])];
    const signature = { author: 'ben', reason: 'monthly', at: '2026-11-21T12:00:00.000Z' };
    const draft = applyProposals(startDraft('mine', previous), previous, proposals, signature);
    expect(draft.edits).toMatchObject([
      {
        kind: 'retire',
        caseId: 'worn',
        author: 'ben',
        reason: 'monthly: saturated: 3 models in 3 runs scored 1.00 or more',
      },
      {
        kind: 'put',
        case: { id: addition?.case.id },
        author: 'ben',
        reason: 'monthly: hard in production: scored 0.00',
      },
    ]);
    expect(draft.status).toBe('draft');
  });
});

describe('coverage', () => {
  it('counts by domain and task, finds cases without reference or check, and those that ask the same', () => {
    const cases = [
      madeCase('one'),
      madeCase('two', {
        messages: [{ role: 'user', content: 'Explain to a newcomer how one came about, and why it matters today!' }],
      }),
      madeCase('three', {
        messages: [{ role: 'user', content: 'Écris un poème sur la mer.' }],
        reference: undefined,
        domain: 'travel',
        task: 'write',
        language: 'fr',
        difficulty: 'hard',
      }),
    ];
    const covered = coverage(cases);
    expect(covered).toMatchObject({ cases: 3, withReference: 2, withChecks: 0, unanchored: ['three'] });
    expect(covered.cells.filter(({ cases: count }) => count > 0)).toEqual([
      { domain: 'legal', task: 'answer', cases: 2 },
      { domain: 'travel', task: 'write', cases: 1 },
    ]);
    expect(covered.cells).toHaveLength(140);
    expect(covered.languages).toEqual([
      { value: 'en', cases: 2 },
      { value: 'fr', cases: 1 },
    ]);
    expect(covered.alike).toEqual([{ id: 'two', other: 'one', similarity: 1 }]);
  });
});

describe('the longest common run of words', () => {
  it('is found wherever it stands', () => {
    expect(longestCommonRun(wordsOf('a b c d e'), wordsOf('x c d e y a b'))).toBe(3);
    expect(longestCommonRun([], ['a'])).toBe(0);
  });

  it('is symmetric, and whole for equal texts', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(longestCommonRun(a, b)).toBe(longestCommonRun(b, a));
        expect(longestCommonRun(a, a)).toBe(a.length);
      }),
    );
  });
});

describe('a line of results', () => {
  it('is an evaluated item with run and model', () => {
    const result = resultOf(madeCase('one'));
    expect(evaluatedResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(evaluatedResultSchema.safeParse({ ...result, model: undefined }).success).toBe(false);
  });
});
