import { describe, expect, it } from 'vitest';
import type { Row } from './row.ts';
import {
  readLmEvalScores,
  readOpenAiHostedScores,
  readScoredOutputs,
  type ScoredOutput,
  writeScoredOutputs,
} from './scored-outputs.ts';

const valuesOf = (rows: Iterable<Row<ScoredOutput>>) => [...rows].flatMap((row) => (row.ok ? [row.value] : []));
const problemsOf = (rows: Iterable<Row<ScoredOutput>>) =>
  [...rows].flatMap((row) => (row.ok ? [] : [`${row.place}: ${row.reason}`]));
const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

const OUTPUT: ScoredOutput = {
  id: 'one',
  source: 'mine@1',
  domain: 'legal',
  messages: [{ role: 'user', content: 'Why?' }],
  model: 'a/x',
  scores: { factual_accuracy: 1, tone: 0.25 },
  output_tokens: 12,
};

describe('scored outputs', () => {
  it('come back as they were written', () => {
    expect(valuesOf(readScoredOutputs(writeScoredOutputs([OUTPUT]), { file: 'a.jsonl' }))).toEqual([OUTPUT]);
  });

  it('take the model from outside where they do not name it', () => {
    const text = lines({ prompt: 'Why?', scores: { tone: 1 } }, { ...OUTPUT, model: 'b/y' });
    expect(valuesOf(readScoredOutputs(text, { file: 'a.jsonl', model: 'a/x' })).map(({ model }) => model)).toEqual([
      'a/x',
      'b/y',
    ]);
  });

  it('are named line by line where they are wrong', () => {
    const text = lines(
      { ...OUTPUT, scores: { tone: 7 } },
      { ...OUTPUT, scores: { style: 1 } },
      { model: 'a/x', scores: {} },
      { prompt: 'Why?', scores: {} },
    );
    const problems = problemsOf(readScoredOutputs(text, { file: 'a.jsonl' }));
    expect(problems[0]).toMatch(/^a\.jsonl:1: scores\.tone: Too big.*\(got 7\)$/);
    expect(problems[1]).toMatch(/^a\.jsonl:2: scores/);
    expect(problems[2]).toMatch(/^a\.jsonl:3: needs prompt or messages/);
    expect(problems[3]).toMatch(/^a\.jsonl:4: model: /);
  });
});

describe('scores of lm-evaluation-harness', () => {
  const row = { doc_id: 3, target: '4', arguments: { gen_args_0: { arg_0: '2 + 2 =', arg_1: {} } }, filter: 'none' };

  it('are the first metric between 0 and 1, once for each answer', () => {
    const text = lines(
      { ...row, metrics: ['bits', 'exact_match'], bits: 12.5, exact_match: 0 },
      { ...row, filter: 'other', exact_match: 1 },
      { ...row, doc_id: 4, acc: true },
      { ...row, doc_id: 5 },
    );
    const rows = () => readLmEvalScores(text, { file: 'samples_sums_2024-11-05T10-00-00.jsonl', model: 'a/x' });
    expect(valuesOf(rows())).toEqual([
      {
        id: 'sums-3',
        source: 'sums',
        messages: [{ role: 'user', content: '2 + 2 =' }],
        model: 'a/x',
        scores: { factual_accuracy: 0 },
      },
      {
        id: 'sums-4',
        source: 'sums',
        messages: [{ role: 'user', content: '2 + 2 =' }],
        model: 'a/x',
        scores: { factual_accuracy: 1 },
      },
    ]);
    expect(problemsOf(rows())).toEqual([expect.stringContaining('jsonl:4: is no scored line of a log')]);
  });

  it('need to be told the model', () => {
    expect(problemsOf(readLmEvalScores(lines({ ...row, acc: 1 }), { file: 'a.jsonl' }))).toEqual([
      'a.jsonl:1: a log does not say which model replied: name it (--model)',
    ]);
  });
});

describe("scores of OpenAI's hosted evals", () => {
  it('are the mean of the graders, with model and tokens', () => {
    const page = {
      object: 'list',
      data: [
        {
          object: 'eval.run.output_item',
          id: 'outputitem_1',
          eval_id: 'eval_1',
          datasource_item: { label: 'x' },
          results: [
            { name: 'a', passed: true, score: 1 },
            { name: 'b', passed: false, score: 7 },
          ],
          sample: {
            input: [{ role: 'user', content: 'Sort.' }],
            output: [],
            model: 'gpt-4.1',
            usage: { completion_tokens: 5 },
          },
        },
        { object: 'eval.run.output_item', datasource_item: {}, results: [] },
      ],
    };
    const rows = () => readOpenAiHostedScores(JSON.stringify(page), { file: 'page.json' });
    expect(valuesOf(rows())).toEqual([
      {
        id: 'outputitem_1',
        source: 'eval_1',
        messages: [{ role: 'user', content: 'Sort.' }],
        model: 'gpt-4.1',
        scores: { factual_accuracy: 0.5 },
        output_tokens: 5,
      },
    ]);
    expect(problemsOf(rows())).toEqual([
      'page.json: data[1]: is no graded output: it needs datasource_item and results',
    ]);
  });
});
