import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { judge, scriptedJudge, verdictText } from '../../test/scripted-judge.ts';
import { dimensionsToAsk } from './dimensions-to-ask.ts';
import { JudgingStopped } from './judge.ts';
import { type JudgeReplyOptions, judgeReply } from './judge-reply.ts';
import { unscoredVerdicts } from './score-samples.ts';

const FRANCE: JudgeReplyOptions['case'] = { messages: [{ role: 'user', content: 'What is the capital of France?' }] };
const TONE: Dimension[] = ['tone'];
const judgeWith = (script: Parameters<typeof scriptedJudge>[0], more: Partial<JudgeReplyOptions> = {}) => {
  const scripted = scriptedJudge(script);
  return { ...scripted, judged: judgeReply({ ask: scripted.ask, judge, case: FRANCE, reply: 'Paris.', ...more }) };
};
/** The outcome of five samples that say these things to every turn. */
const toneOf = async (...lines: readonly Parameters<typeof judgeWith>[0][]) => {
  const { judged } = judgeWith((question) => lines[question.sample]?.(question) ?? new Error('no such sample'), {
    dimensions: TONE,
  });
  return (await judged).verdicts.tone;
};
const says = (letter: string) => () => verdictText(letter, TONE);

describe('judging a reply', () => {
  it('asks for all six dimensions at once, five times, and takes the mean of the letters', async () => {
    const { asked, judged } = judgeWith(({ sample }) => verdictText('ABCDE'[sample] ?? 'A'));
    const { verdicts, samples } = await judged;
    expect(asked.map(({ sample }) => sample)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(asked.map(({ request }) => JSON.stringify(request))).size).toBe(1);
    for (const dimension of DIMENSIONS) {
      expect(verdicts[dimension]).toEqual({
        status: 'scored',
        score: 0.5,
        samples: [1, 0.75, 0.5, 0.25, 0],
        scorer: 'judge',
        explanation: `about ${dimension}`,
      });
    }
    expect(samples.map(({ record }) => record)).toEqual(
      Array.from({ length: 5 }, () => ({ model: 'acme/judge', outcome: 'success', tries: 1 })),
    );
  });

  it('asks for each dimension by itself where told so', async () => {
    const { asked, judged } = judgeWith(
      ({ request }) => {
        const schema =
          request.response_format?.type === 'json_schema' ? request.response_format.json_schema.schema : {};
        return verdictText(
          'B',
          DIMENSIONS.filter((dimension) => Object.hasOwn(Object(schema?.properties), dimension)),
        );
      },
      { judge: { ...judge, separately: true, samples: 2 }, dimensions: ['safety', 'tone'] },
    );
    const { verdicts, samples } = await judged;
    expect(asked).toHaveLength(4);
    expect(samples.map(({ dimensions, sample }) => [...dimensions, sample])).toEqual([
      ['tone', 0],
      ['tone', 1],
      ['safety', 0],
      ['safety', 1],
    ]);
    expect([verdicts.tone, verdicts.safety]).toMatchObject([{ score: 0.75 }, { score: 0.75 }]);
  });

  it('does not ask for what counts for nothing or what checks have scored', async () => {
    const dimensions = dimensionsToAsk({ weights: { tone: 0, coherence: 2 } }, ['factual_accuracy', 'safety']);
    expect(dimensions).toEqual(['coherence', 'relevance', 'completeness']);
    const { judged } = judgeWith(() => verdictText('A', dimensions), { dimensions });
    expect((await judged).verdicts).toMatchObject({
      coherence: { score: 1 },
      tone: { status: 'unscored', why: 'not-asked' },
      safety: { status: 'unscored', why: 'not-asked' },
    });
  });

  it('pays for nothing where nothing is to be asked', async () => {
    const { asked, judged } = judgeWith(() => verdictText('A'), { dimensions: [] });
    expect(await judged).toEqual({
      verdicts: unscoredVerdicts('not-asked', 'the judge was not asked for this dimension'),
      samples: [],
    });
    expect(asked).toEqual([]);
  });

  it('leaves a dimension unscored whose rubric needs a reference that the case has not', async () => {
    const rubrics = { ...judge.rubrics, tone: { ...judge.rubrics.tone, reference: 'required' as const } };
    const options = { judge: { ...judge, rubrics }, dimensions: ['tone', 'safety'] satisfies Dimension[] };
    const { judged } = judgeWith(() => verdictText('A', ['safety']), options);
    expect((await judged).verdicts).toMatchObject({ tone: { why: 'no-reference' }, safety: { score: 1 } });
    const withReference = judgeWith(() => verdictText('A', options.dimensions.toReversed()), {
      ...options,
      case: { ...FRANCE, reference: 'Paris' },
    });
    expect((await withReference.judged).verdicts.tone).toMatchObject({ score: 1 });
  });

  it('judges an empty reply like any other', async () => {
    const { judged } = judgeWith(() => verdictText('E'), { reply: '' });
    expect((await judged).verdicts.completeness).toMatchObject({ status: 'scored', score: 0 });
  });

  it('puts the schema in words to a judge without strict mode', async () => {
    const { asked, judged } = judgeWith(() => verdictText('A'), { judge: { ...judge, strict: false } });
    await judged;
    expect(asked[0]?.request).not.toHaveProperty('response_format');
    expect(asked[0]?.request.messages[0]?.content).toContain('"pointsman_verdict_v1"');
  });
});

describe('a judge that does not do as asked', () => {
  const good = verdictText('B', TONE);
  it.each([
    ['answers in prose', 'I would say the tone deserves a B.'],
    ['answers half JSON', good.slice(0, -8)],
    ['picks a letter that is not offered', verdictText('F', TONE)],
    ['picks a number', '{"tone": {"explanation": "fine", "choice": 4}}'],
    ['adds fields', '{"tone": {"explanation": "fine", "choice": "B", "confidence": 0.9}}'],
    ['leaves a dimension out', '{}'],
    ['does not explain', '{"tone": {"explanation": " ", "choice": "B"}}'],
    ['judges what it was not asked', verdictText('B', ['tone', 'safety'])],
    ['declines once', 'I cannot judge this.'],
  ])('is corrected when it %s', async (_, bad) => {
    const { asked, judged } = judgeWith(({ turn }) => (turn === 0 ? bad : good), { dimensions: TONE });
    const { verdicts, samples } = await judged;
    expect(verdicts.tone).toMatchObject({ status: 'scored', score: 0.75, samples: [0.75, 0.75, 0.75, 0.75, 0.75] });
    expect(samples.map(({ record }) => record.tries)).toEqual([2, 2, 2, 2, 2]);
    expect(asked.at(-1)?.request.messages).toHaveLength(4);
  });

  it.each([
    ['wraps its verdict in Markdown', `Here is my verdict:\n\`\`\`json\n${good}\n\`\`\``],
    ['writes prose around it', `Well: ${good} I hope this helps.`],
  ])('needs no correction when it %s', async (_, text) => {
    const { asked, judged } = judgeWith(() => text, { dimensions: TONE });
    expect((await judged).verdicts.tone).toMatchObject({ score: 0.75 });
    expect(asked).toHaveLength(5);
  });

  it('that picks the letter before it explains is believed, and flagged for review', async () => {
    const { judged } = judgeWith(() => '{"tone": {"choice": "B", "explanation": "because"}}', { dimensions: TONE });
    const { verdicts, samples } = await judged;
    expect(verdicts.tone).toMatchObject({ score: 0.75 });
    expect(samples[0]?.record).toEqual({ model: 'acme/judge', outcome: 'to-review', tries: 1 });
  });

  it('never does so: unscored, with the complaint, never a 0', async () => {
    const { judged, asked } = judgeWith(() => verdictText('F', TONE), { dimensions: TONE });
    expect((await judged).verdicts.tone).toEqual({
      status: 'unscored',
      why: 'invalid-verdict',
      detail: '5 of 5 samples have no verdict: $.tone.choice: got "F", wanted one of "A", "B", "C", "D", "E"',
    });
    expect(asked).toHaveLength(20);
  });
});

describe('samples that fail', () => {
  const fails = () => new Error('503 from the provider');
  const refuses = () => ({ refusal: 'I will not.' });
  const rambles = () => 'no JSON today';
  const stops = () => new JudgingStopped('cost-ceiling', 'the run has spent its $ 5');

  it('do not void the others, while half are left', async () => {
    expect(await toneOf(fails, says('A'), refuses, says('B'), says('B'))).toMatchObject({
      status: 'scored',
      samples: [1, 0.75, 0.75],
      score: expect.closeTo(2.5 / 3, 12),
    });
  });

  it('leave too few: unscored for the reason of most', async () => {
    expect(await toneOf(refuses, fails, fails, says('A'), says('A'))).toEqual({
      status: 'unscored',
      why: 'judge-failed',
      detail: '3 of 5 samples have no verdict: 503 from the provider',
    });
    expect(await toneOf(refuses, refuses, refuses, rambles, fails)).toMatchObject({ why: 'judge-refused' });
    expect(await toneOf(rambles, refuses, says('A'), rambles, refuses)).toMatchObject({ why: 'invalid-verdict' });
  });

  it('say that the judging was stopped, if it was', async () => {
    expect(await toneOf(says('A'), fails, fails, fails, stops)).toEqual({
      status: 'unscored',
      why: 'cost-ceiling',
      detail: '4 of 5 samples have no verdict: the run has spent its $ 5',
    });
  });

  it('keep their attempts', async () => {
    const { judged } = judgeWith(({ turn }) => (turn === 0 ? 'no JSON' : fails()), { dimensions: TONE });
    const { samples } = await judged;
    expect(samples[0]).toMatchObject({
      attempts: [{ text: 'no JSON', stage: 'syntax' }],
      record: { outcome: 'not-answered', tries: 1 },
    });
  });
});
