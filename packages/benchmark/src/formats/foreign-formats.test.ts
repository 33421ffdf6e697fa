import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { BenchmarkCase } from '@pointsman/contracts';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { CASE_FORMATS, type CaseFormatName } from './case-formats.ts';
import type { Content, ReadOptions } from './read-options.ts';
import type { Row } from './row.ts';

const DEFAULTS = { domain: 'research', task: 'answer', language: 'en', licence: 'MIT' } as const;
const lines = (...values: unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');

async function read(
  format: CaseFormatName,
  content: Content,
  change: Partial<ReadOptions> = {},
): Promise<Row<BenchmarkCase>[]> {
  const rows: Row<BenchmarkCase>[] = [];
  const options = { file: 'data.jsonl', defaults: DEFAULTS, ...change };
  for await (const row of CASE_FORMATS[format].read(content, options)) rows.push(row);
  return rows;
}
const problems = (rows: readonly Row<BenchmarkCase>[]) =>
  rows.flatMap((row) => (row.ok ? [] : [`${row.place}: ${row.reason}`]));
const values = (rows: readonly Row<BenchmarkCase>[]) => rows.flatMap((row) => (row.ok ? [row.value] : []));
const beside = (files: Record<string, string>): Pick<ReadOptions, 'open'> => ({
  open: async (path) => (path in files ? new TextEncoder().encode(files[path]) : undefined),
});

describe('the openai/evals repository', () => {
  const REGISTRY = `
capitals:
  id: capitals.dev.v0
  metrics: [accuracy]
capitals.dev.v0:
  class: evals.elsuite.basic.match:Match
  args:
    samples_jsonl: capitals/samples.jsonl
colours.dev.v0:
  class: evals.elsuite.basic.includes:Includes
  args: {samples_jsonl: capitals/samples.jsonl, ignore_case: true}
fuzzy.dev.v0:
  class: evals.elsuite.basic.fuzzy_match:FuzzyMatch
  args: {samples_jsonl: capitals/samples.jsonl}
json.dev.v0:
  class: evals.elsuite.basic.json_match:JsonMatch
  args: {samples_jsonl: json.jsonl}
graded.dev.v0:
  class: evals.elsuite.modelgraded.classify:ModelBasedClassify
  args: {samples_jsonl: json.jsonl, modelgraded_spec: fact}
remote.dev.v0:
  class: evals.elsuite.multiple_choice:MultipleChoice
  args: {dataset: 'hf://hellaswag?split=validation'}
gone.dev.v0:
  class: evals.elsuite.basic.match:Match
  args: {samples_jsonl: nowhere.jsonl}
`;
  const SAMPLES = lines(
    {
      input: [
        { role: 'system', content: 'Name the capital.' },
        { role: 'user', content: 'France (a.k.a. FR)' },
      ],
      ideal: 'Paris',
    },
    { input: 'Capital of the Netherlands?', ideal: ['Amsterdam', 'The Hague'] },
    { ideal: 'Rome' },
  );
  const FILES = {
    '../data/capitals/samples.jsonl': SAMPLES,
    'json.jsonl': lines({ input: 'As JSON?', ideal: '{"a": 1}' }),
  };

  it('checks replies as the class of the eval does', async () => {
    const rows = await read('openai-evals', REGISTRY, { file: 'registry.yaml', ...beside(FILES) });
    const cases = values(rows);
    expect(cases[0]).toMatchObject({
      messages: [{ role: 'system' }, { content: 'France (a.k.a. FR)' }],
      reference: 'Paris',
      checks: [{ kind: 'regex', pattern: '^\\s*(?:Paris)', flags: '' }],
      provenance: { kind: 'imported', source: 'capitals.dev.v0' },
    });
    expect(cases[1]).toMatchObject({
      reference: 'Amsterdam\nor: The Hague',
      checks: [{ pattern: '^\\s*(?:Amsterdam|The Hague)' }],
    });
    expect(cases[2]).toMatchObject({ checks: [{ kind: 'regex', pattern: 'Paris', flags: 'i' }] });
    expect(cases[5]).toMatchObject({ checks: [{ kind: 'contains', any: ['Amsterdam', 'The Hague'] }] });
    expect(cases[6]).toMatchObject({ checks: [{ kind: 'json-value', path: '$', expected: { a: 1 } }] });
    expect(cases[7]).toMatchObject({ reference: '{"a": 1}', checks: [] });
  });

  it('names samples that are missing or wrong, and what a model graded there', async () => {
    const rows = await read('openai-evals', REGISTRY, { file: 'registry.yaml', ...beside(FILES) });
    expect(problems(rows)).toEqual([
      "capitals/samples.jsonl:3: has no 'input'",
      "capitals/samples.jsonl:3: has no 'input'",
      "capitals/samples.jsonl:3: has no 'input'",
      'registry.yaml: remote.dev.v0: its class MultipleChoice takes its samples from elsewhere: only samples_jsonl is supported',
      'registry.yaml: gone.dev.v0: its samples nowhere.jsonl are neither in ../data nor in data nor beside it',
    ]);
    expect(rows.flatMap((row) => (row.ok ? row.warnings : []))).toEqual([
      'fuzzy.dev.v0: a reply that is only a part of ideal passed there and does not here',
      'graded.dev.v0: ModelBasedClassify graded replies by fact: here the judge scores them by its rubrics, ideal is a reference',
    ]);
  });

  it('takes ideal of samples alone as a reference, and says so once', async () => {
    const rows = await read('openai-evals', SAMPLES);
    expect(values(rows)).toMatchObject([{ reference: 'Paris', checks: [] }, { checks: [] }]);
    expect(rows.map((row) => (row.ok ? row.warnings.length : 0))).toEqual([1, 0, 0]);
  });

  it('knows a file that was not fetched from Git LFS, and one that is neither', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';
    const registry = 'a.b.c: {class: "m:Match", args: {samples_jsonl: a.jsonl}}';
    expect(problems(await read('openai-evals', registry, beside({ 'a.jsonl': pointer })))).toEqual([
      'a.jsonl: is a pointer of Git LFS, not the file: fetch it with git lfs pull',
    ]);
    expect(problems(await read('openai-evals', pointer))).toEqual([
      expect.stringContaining('data.jsonl: is a pointer of Git LFS'),
    ]);
    expect(problems(await read('openai-evals', 'a: [b\nc'))[0]).toContain('data.jsonl: is neither YAML nor samples');
    expect(problems(await read('openai-evals', 'plain'))[0]).toContain('is neither a registry of evals nor samples');
  });
});

describe("OpenAI's hosted evals", () => {
  const TICKETS = {
    object: 'eval',
    name: 'IT tickets',
    testing_criteria: [
      {
        type: 'string_check',
        name: 'Label',
        input: '{{ sample.output_text }}',
        operation: 'eq',
        reference: '{{ item.label }}',
      },
      {
        type: 'string_check',
        name: 'Not other',
        input: '{{sample.output_text}}',
        operation: 'ne',
        reference: 'Oth.er',
      },
      {
        type: 'string_check',
        name: 'Field',
        input: '{{sample.output_json.kind}}',
        operation: 'eq',
        reference: '{{item.label}}',
      },
      {
        type: 'text_similarity',
        name: 'Close',
        input: '{{sample.output_text}}',
        reference: 'It is {{item.label}}.',
        evaluation_metric: 'bleu',
        pass_threshold: 0.5,
      },
      {
        type: 'label_model',
        name: 'Polite',
        model: 'gpt-4.1',
        input: [{ role: 'developer', content: 'Is this polite: {{sample.output_text}} for {{item.ticket}}?' }],
        labels: ['yes', 'no'],
        passing_labels: ['yes'],
      },
      { type: 'python', name: 'Own', source: 'def grade(sample, item): return 1' },
    ],
    data_source: {
      type: 'completions',
      input_messages: {
        type: 'template',
        template: [
          { type: 'message', role: 'developer', content: { type: 'input_text', text: 'Sort tickets.' } },
          { role: 'user', content: '{{item.ticket}}' },
        ],
      },
      source: {
        type: 'file_content',
        content: [
          { item: { ticket: 'My monitor is dark', label: 'Hardware' } },
          { item: { label: 'Software' } },
          { things: 1 },
        ],
      },
    },
  };

  it('are asked as their run asks, and checked as their criteria do', async () => {
    const [row] = await read('openai-hosted', JSON.stringify(TICKETS), { file: 'eval.json' });
    expect(row).toMatchObject({
      place: 'eval.json: data_source.source.content[0]',
      value: {
        messages: [
          { role: 'developer', content: 'Sort tickets.' },
          { role: 'user', content: 'My monitor is dark' },
        ],
        reference: 'It is Hardware.\n\nIs this polite: (the reply) for My monitor is dark?\nRight: yes',
        checks: [
          { kind: 'exact', expected: ['Hardware'], compare: 'strict' },
          { kind: 'regex', pattern: '^\\s*Oth\\.er\\s*$', negate: true },
          { kind: 'json-value', path: '$.kind', expected: 'Hardware' },
        ],
      },
      warnings: [
        "text_similarity 'Close' is a reference: the judge compares, bleu is not computed",
        "label_model 'Polite' is kept as guidance in the reference: the judge scores by its rubrics, and sees it",
        "python 'Own' is left out: there is nothing like it here",
      ],
    });
  });

  it('name items that lack what the template asks for', async () => {
    expect(problems(await read('openai-hosted', JSON.stringify(TICKETS), { file: 'eval.json' }))).toEqual([
      'eval.json: data_source.source.content[1]: nothing has the name {{item.ticket}}',
      "eval.json: data_source.source.content[2]: has neither 'item' nor 'datasource_item'",
    ]);
    expect(problems(await read('openai-hosted', '{"object":"eval","testing_criteria":[]}'))[0]).toContain(
      'has no items',
    );
  });

  it('are read from a file of items by the names of their fields', async () => {
    const text = lines(
      { item: { question: 'Why?', answer: 'Because.', domain: 'legal' } },
      { item: { text: 'x' } },
      '{"item":',
    );
    const rows = await read('openai-hosted', text);
    expect(values(rows)).toMatchObject([{ messages: [{ content: 'Why?' }], reference: 'Because.', domain: 'legal' }]);
    expect(problems(rows)).toEqual([
      expect.stringContaining('data.jsonl:2: has neither a prompt nor messages'),
      expect.stringContaining('data.jsonl:3: is not JSON'),
    ]);
  });

  it('are read from a page of graded outputs, with the messages that were sent', async () => {
    const page = {
      object: 'list',
      data: [
        {
          object: 'eval.run.output_item',
          datasource_item: { label: 'x' },
          sample: { input: [{ role: 'user', content: 'Sort this.' }], output: [] },
          results: [],
        },
      ],
    };
    expect(
      values(
        await read(
          'openai-hosted',
          JSON.stringify({ ...page, testing_criteria: TICKETS.testing_criteria.slice(0, 1) }),
        ),
      ),
    ).toMatchObject([{ messages: [{ role: 'user', content: 'Sort this.' }], checks: [{ expected: ['x'] }] }]);
  });
});

describe('logs of lm-evaluation-harness', () => {
  const FILE = 'out/samples_gsm8k_cot_2024-11-05T10-00-00.123456.jsonl';
  const generated = (change: object = {}) => ({
    doc_id: 7,
    doc: { question: 'How many?' },
    target: '1,200',
    arguments: { gen_args_0: { arg_0: 'Question: How many?\nAnswer:', arg_1: { until: ['Q:'] } } },
    resps: [[' 1200.']],
    filtered_resps: ['1200'],
    filter: 'strict-match',
    metrics: ['exact_match'],
    exact_match: 1,
    ...change,
  });

  it('give their questions, with a check of the target; an answer under a second filter is the same question', async () => {
    const text = lines(
      generated(),
      generated({ filter: 'flexible-extract' }),
      generated({ doc_id: 8, target: 'a cat' }),
      generated({ doc_id: 9, target: 'First,\nthen. #### 3' }),
    );
    const cases = values(await read('lm-eval', text, { file: FILE }));
    expect(cases.map(({ id, checks }) => ({ id, checks }))).toMatchObject([
      { id: 'gsm8k_cot-7', checks: [{ kind: 'numeric', expected: 1200 }] },
      { id: 'gsm8k_cot-8', checks: [{ kind: 'contains', all: ['a cat'] }] },
      { id: 'gsm8k_cot-9', checks: [] },
    ]);
    expect(cases[0]).toMatchObject({
      messages: [{ role: 'user', content: 'Question: How many?\nAnswer:' }],
      reference: '1,200',
      provenance: { kind: 'imported', source: 'gsm8k_cot', place: 'doc 7' },
    });
  });

  it('give the messages that a chat model was sent', async () => {
    const chat = JSON.stringify([
      { role: 'system', content: 'Be exact.' },
      { role: 'user', content: 'How many?' },
    ]);
    const [one] = values(
      await read('lm-eval', lines(generated({ arguments: { gen_args_0: { arg_0: [chat] } } })), { file: FILE }),
    );
    expect(one?.messages).toEqual([
      { role: 'system', content: 'Be exact.' },
      { role: 'user', content: 'How many?' },
    ]);
  });

  it('make multiple choice of compared continuations, in every shape of arguments', async () => {
    const text = lines(
      {
        doc_id: 0,
        target: '1',
        arguments: {
          gen_args_0: { arg_0: 'The sky is', arg_1: ' green' },
          gen_args_1: { arg_0: 'The sky is', arg_1: ' blue' },
        },
        acc: 1,
      },
      {
        doc_id: 1,
        target: 'b',
        arguments: [
          ['Pick.\nA. x\nB. y', ' A'],
          ['Pick.\nA. x\nB. y', ' B'],
        ],
        acc: 0,
      },
      {
        doc_id: 2,
        target: 1,
        arguments: [
          ['Pick one.\nA. x\nB. y', ' A'],
          ['Pick one.\nA. x\nB. y', ' B'],
        ],
        acc: 0,
      },
      { doc_id: 3, target: 'x', arguments: ['Say x.', { until: [] }], acc: 0 },
    );
    const rows = await read('lm-eval', text, { file: 'samples_arc.json' });
    expect(values(rows)).toMatchObject([
      {
        messages: [{ content: 'The sky is\n\nA. green\nB. blue\n\nAnswer with the letter of the right choice alone.' }],
        reference: 'B. blue',
        checks: [{ kind: 'exact', expected: ['B', 'B. blue', 'B) blue', 'blue'] }],
      },
      {
        messages: [{ content: 'Pick one.\nA. x\nB. y' }],
        reference: 'B',
        checks: [{ kind: 'exact', expected: ['B'] }],
      },
      { id: 'arc-3', messages: [{ content: 'Say x.' }], reference: 'x' },
    ]);
    expect(problems(rows)).toEqual(["samples_arc.json:2: its target 'b' is none of its 2 continuations"]);
  });

  it('cannot ask what compares contexts', async () => {
    const row = {
      doc_id: 0,
      target: '1',
      arguments: [
        ['The cat', ' sat'],
        ['The dog', ' sat'],
      ],
    };
    expect(problems(await read('lm-eval', lines(row), { file: FILE }))).toEqual([
      `${FILE}:1: compares 2 contexts, not replies to one: there is nothing to ask`,
    ]);
  });

  it('name lines that are none', async () => {
    expect(problems(await read('lm-eval', lines({ question: 'x' }, 'results'), { file: FILE }))).toEqual([
      `${FILE}:1: is no line of a log with samples: it needs doc_id, target and arguments`,
      expect.stringContaining(`${FILE}:2: is not JSON`),
    ]);
  });
});

describe('data sets as Hugging Face publishes them', () => {
  it('are read by the usual names of columns', async () => {
    const rows = await read(
      'huggingface',
      lines(
        { instruction: 'Summarise.', input: 'A long text.', output: 'Short.' },
        {
          id: 5733,
          context: 'It rained.',
          question: 'What fell?',
          answers: { text: ['Rain', 'rain'], answer_start: [3, 3] },
        },
        { question: '2 + 2?', answer: 4 },
        {
          conversations: [
            { from: 'system', value: 'S' },
            { from: 'human', value: 'Hi' },
            { from: 'gpt', value: 'Hello.' },
          ],
        },
        {
          messages: [
            { role: 'user', content: 'Bye' },
            { role: 'assistant', content: 'See you.' },
          ],
          source: 'x',
        },
      ),
    );
    expect(values(rows).map(({ messages, reference }) => [messages.map(({ content }) => content), reference])).toEqual([
      [['Summarise.\n\nA long text.'], 'Short.'],
      [['It rained.\n\nWhat fell?'], 'Rain\nor: rain'],
      [['2 + 2?'], '4'],
      [['S', 'Hi'], 'Hello.'],
      [['Bye'], 'See you.'],
    ]);
    expect(rows[4]).toMatchObject({ warnings: ['columns left out: source (--map gives one a meaning)'] });
  });

  it('letter the choices of a question and check the letter, however the answer is told', async () => {
    const choices = ['red', 'blue'];
    const rows = await read(
      'huggingface',
      lines(
        { question: 'One?', choices, answer: 1 },
        { question: 'Two?', options: choices, answer: 'blue' },
        { question: 'Three?', choices: { text: choices, label: ['1', '2'] }, answerKey: '2' },
        { question: 'Quatre ?', choices, answer: 'B', language: 'fr' },
        { question: 'Five?', choices, answer: 7 },
      ),
    );
    expect(values(rows)).toHaveLength(4);
    for (const one of values(rows))
      expect(one).toMatchObject({
        reference: 'B. blue',
        checks: [{ kind: 'exact', expected: ['B', 'B. blue', 'B) blue', 'blue'] }],
      });
    expect(values(rows)[3]?.messages[0]?.content).toBe(
      'Quatre ?\n\nA. red\nB. blue\n\nRéponds par la seule lettre du bon choix.',
    );
    expect(problems(rows)).toEqual(['data.jsonl:5: its answer 7 is none of the choices ["red","blue"]']);
  });

  it('are read from a JSON array, each item with its place', async () => {
    const rows = await read('huggingface', JSON.stringify([{ prompt: 'a' }, { prompt: null }, 3]), { file: 'a.json' });
    expect(rows.map(({ place, ok }) => [place, ok])).toEqual([
      ['a.json: [0]', true],
      ['a.json: [1]', false],
      ['a.json: [2]', false],
    ]);
  });

  const columnData = [
    { name: 'question', data: ['Who?', 'Why?', 'How?'], type: 'STRING' as const },
    { name: 'label', data: [1n, 9007199254740993n, 3n], type: 'INT64' as const },
    {
      name: 'messages',
      data: [
        null,
        null,
        [
          { role: 'user', content: 'Nested?' },
          { role: 'assistant', content: 'Yes.' },
        ],
      ],
      type: 'JSON' as const,
    },
  ];
  const EXPECTED = [
    { messages: [{ content: 'Who?' }], reference: '1' },
    { messages: [{ content: 'Why?' }], reference: '9007199254740993' },
    { messages: [{ role: 'user', content: 'Nested?' }] },
  ];

  it.each([
    ['SNAPPY', undefined],
    ['GZIP', gzipSync],
    ['ZSTD', zstdCompressSync],
  ] as const)('are read from Parquet, packed with %s', async (codec, compress) => {
    const compressors =
      compress === undefined
        ? {}
        : { compressors: { [codec]: (bytes: Uint8Array) => new Uint8Array(compress(bytes)) } };
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, codec, ...compressors }));
    expect(values(await read('huggingface', bytes, { file: 'a.parquet' }))).toMatchObject(EXPECTED);
  });

  it('count rows of Parquet, and say when it is damaged', async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'prompt', data: ['a', ''], type: 'STRING' },
          { name: 'domain', data: ['legal', 'x'], type: 'STRING' },
        ],
      }),
    );
    expect(problems(await read('huggingface', bytes, { file: 'a.parquet' }))).toEqual([
      expect.stringContaining('a.parquet: row 2: domain: Invalid option'),
    ]);
    expect(problems(await read('huggingface', bytes.subarray(0, 40), { file: 'a.parquet' }))).toEqual([
      expect.stringContaining('a.parquet: is not Parquet that can be read: '),
    ]);
  });
});
