import { type BenchmarkCase, checkSchema } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import type { Row } from '../row.ts';
import { makeAssertion } from './assertions.ts';
import { readPromptfoo } from './read-promptfoo.ts';

const DEFAULTS = { domain: 'customer-support', task: 'answer', language: 'en', licence: 'MIT' } as const;

async function read(text: string, files: Record<string, string> = {}): Promise<Row<BenchmarkCase>[]> {
  const open = async (path: string) => (path in files ? new TextEncoder().encode(files[path]) : undefined);
  const rows: Row<BenchmarkCase>[] = [];
  for await (const row of readPromptfoo(text, { file: 'promptfooconfig.yaml', defaults: DEFAULTS, open }))
    rows.push(row);
  return rows;
}
const prompts = (rows: readonly Row<BenchmarkCase>[]) =>
  rows.map((row) =>
    row.ok ? row.value.messages.map(({ content }) => content).join(' | ') : `${row.place}: ${row.reason}`,
  );

const CONFIG = `
description: Support bot
prompts:
  - 'You are kind. Answer: {{question}}'
  - id: file://prompts/chat.json
    label: chat
providers: [openai:gpt-4.1-mini, anthropic:messages:claude-sonnet-4-5]
defaultTest:
  vars:
    tone: formal
  assert:
    - type: not-icontains
      value: as an AI
tests:
  - description: refund
    vars:
      question: How do I get my money back, in a {{tone}} tone?
    assert:
      - type: contains-any
        value: [14 days, two weeks]
      - type: llm-rubric
        value: Names the time limit and does not blame the customer
      - type: javascript
        value: output.length < 500
      - type: latency
        threshold: 2000
    metadata:
      domain: e-commerce
      task: chat
      id: Refund Case
  - vars:
      question:
        - What is 2 + 2?
        - What is 3 + 3?
    prompts: [chat]
    threshold: 0.5
    assert:
      - type: is-json
        weight: 2
        value:
          type: object
          required: [answer]
      - type: similar
        value: It is a small number.
        threshold: 0.8
`;
const CHAT = JSON.stringify([
  { role: 'system', content: 'Tone: {{tone}}' },
  { role: 'user', content: '{{question}}' },
]);

describe('a promptfoo configuration', () => {
  it('makes a case of each prompt, test and value, with the variables in place', async () => {
    const rows = await read(CONFIG, { 'prompts/chat.json': CHAT });
    expect(prompts(rows)).toEqual([
      'You are kind. Answer: How do I get my money back, in a formal tone?',
      'Tone: formal | How do I get my money back, in a formal tone?',
      'Tone: formal | What is 2 + 2?',
      'Tone: formal | What is 3 + 3?',
    ]);
    expect(rows.map(({ place }) => place)).toEqual([
      'promptfooconfig.yaml: tests[0] (1 of 2)',
      'promptfooconfig.yaml: tests[0] (2 of 2)',
      'promptfooconfig.yaml: tests[1] (1 of 2)',
      'promptfooconfig.yaml: tests[1] (2 of 2)',
    ]);
  });

  it('keeps what is checked and what a judge looks at, and names what it leaves out', async () => {
    const [first, , third] = await read(CONFIG, { 'prompts/chat.json': CHAT });
    expect(first).toMatchObject({
      ok: true,
      value: {
        id: 'refund-case-1',
        domain: 'e-commerce',
        task: 'answer',
        reference: 'A right reply satisfies this: Names the time limit and does not blame the customer',
        checks: [
          { kind: 'contains', none: ['as an AI'] },
          { kind: 'regex', pattern: '14 days|two weeks', negate: false },
        ],
      },
      warnings: [
        "metadata.task is left out: 'chat' is none of ours",
        'llm-rubric is kept as guidance in the reference: the judge scores by its rubrics, and sees it',
        'javascript is left out: there is nothing like it here',
        'latency is left out: every run measures it by itself',
      ],
    });
    expect(third).toMatchObject({
      value: {
        reference: 'It is a small number.',
        checks: [
          { kind: 'contains', none: ['as an AI'] },
          { kind: 'json-schema', schema: { type: 'object', required: ['answer'] }, part: 'whole', weight: 2 },
        ],
      },
      warnings: ['threshold is left out: scores are compared, not passed or failed'],
    });
  });

  it('is read as JSON too, and passes the variable prompt on where it has no prompts', async () => {
    const config = { tests: [{ vars: { prompt: 'Why is the sky blue?' } }] };
    expect(prompts(await read(JSON.stringify(config)))).toEqual(['Why is the sky blue?']);
  });

  it('puts templates in place of what points to them', async () => {
    const config = `
prompts: ['{{q}}']
assertionTemplates:
  noise: {type: icontains, value: arrr}
  both: {$ref: '#/assertionTemplates/noise'}
  circle: {$ref: '#/assertionTemplates/circle'}
tests:
  - vars: {q: Yes}
    assert:
      - $ref: '#/assertionTemplates/both'
      - type: is-json
        value: {$ref: '#/$defs/mine', $defs: {mine: {type: object}}}
      - $ref: '#/assertionTemplates/circle'
`;
    expect(await read(config)).toMatchObject([
      {
        value: {
          messages: [{ content: 'Yes' }],
          checks: [
            { kind: 'contains', all: ['arrr'] },
            { kind: 'json-schema', schema: { $ref: '#/$defs/mine', $defs: { mine: { type: 'object' } } } },
          ],
        },
        warnings: ['assert[2] is left out: it has no type'],
      },
    ]);
  });

  it('takes prompts and tests from files beside it', async () => {
    const files = {
      'p.txt': 'Translate to French: {{text}}{{hint}}\n---\nTranslate to German: {{text}}\n',
      'tests.csv': [
        'text,hint,__expected,__expected2,__prefix,__metadata:difficulty,__provider',
        'Hello,,"icontains-any: ""Hallo, du""",Bonjour,Now: ,hard,x',
        'one,two,three',
        'Bye,,Salut,,,,',
      ].join('\n'),
      'more.yaml': '- vars: {text: file://long.md, hint: ""}\n- 5\n',
      'long.md': '# A long text\n',
      'lines.jsonl': '{"vars":{"text":"One","hint":"?"}}\n{"vars":\n',
    };
    const rows = await read('prompts: p.txt\ntests: [file://tests.csv, more.yaml, file://lines.jsonl]\n', files);
    expect(prompts(rows)).toEqual([
      'Now: Translate to French: Hello',
      'Now: Translate to German: Hello',
      'tests.csv:3: has 3 cells, but the header 7: put cells that contain the delimiter or a line break in quotes',
      'Translate to French: Bye',
      'Translate to German: Bye',
      'Translate to French: # A long text',
      'Translate to German: # A long text',
      'more.yaml: [1]: is no test: a test is an object with vars and assert',
      'Translate to French: One?',
      'Translate to German: One',
      expect.stringContaining('lines.jsonl:2: is not JSON'),
    ]);
    expect(rows[0]).toMatchObject({
      value: {
        difficulty: 'hard',
        checks: [
          { kind: 'contains', any: ['Hallo, du'] },
          { kind: 'exact', expected: ['Bonjour'], compare: 'strict' },
        ],
      },
      warnings: ['columns left out: __provider'],
    });
  });

  it('names each part that it cannot take, where it stands', async () => {
    const config = `
prompts:
  - file://missing.txt
  - file://make.py:prompt
  - langfuse://mine:3
  - {label: empty}
  - 'Fine: {{a}}'
scenarios: [{config: [], tests: []}]
tests:
  - vars: {b: 1}
  - vars: {a: '{% if x %}y{% endif %}'}
  - vars: {a: file://picture.png}
  - path: file://make.py
  - file://*.yaml
  - vars: [1]
`;
    expect(prompts(await read(config))).toEqual([
      'promptfooconfig.yaml: prompts[0]: the file missing.txt that it names cannot be read',
      'promptfooconfig.yaml: prompts[1]: prompts that a program makes (make.py:prompt) are not supported: write the text out',
      'promptfooconfig.yaml: prompts[2]: prompts from elsewhere (langfuse://mine:3) are not supported: write the text out',
      'promptfooconfig.yaml: prompts[3]: is neither a text nor an object with raw or id',
      'promptfooconfig.yaml: scenarios: scenarios are not supported: write each out as a test',
      'promptfooconfig.yaml: tests[0]: nothing has the name {{a}}',
      'promptfooconfig.yaml: tests[1]: the template tag {% if x %} is not supported: write the text out',
      'promptfooconfig.yaml: tests[2]: files of type .png (picture.png) are not supported',
      'promptfooconfig.yaml: tests[3]: tests that a program makes (file://make.py) are not supported',
      'promptfooconfig.yaml: tests[4]: tests from *.yaml are not supported: only from single CSV, JSON, JSONL and YAML files',
      'promptfooconfig.yaml: tests[5]: vars is no object of names and values',
    ]);
  });

  it('says where it is no YAML, and when it is no configuration', async () => {
    expect(prompts(await read('prompts: [a\ntests: b'))).toEqual([
      expect.stringMatching(/^promptfooconfig\.yaml: is not YAML: .* at line 2/),
    ]);
    expect(prompts(await read('just text'))).toEqual([
      'promptfooconfig.yaml: is no configuration: it has neither prompts nor tests',
    ]);
  });

  it('refuses lists of values that make too many cases', async () => {
    const list = `[${Array.from({ length: 200 }, (_, index) => index).join(', ')}]`;
    expect(prompts(await read(`prompts: '{{a}}{{b}}'\ntests: [{vars: {a: ${list}, b: ${list}}}]`))).toEqual([
      'promptfooconfig.yaml: tests[0]: its lists of values make more than 10000 cases',
    ]);
  });
});

/** Whether a reply passes a regex check, as checks are defined in the contract. */
function passes(type: string, value: unknown, reply: string): boolean {
  const made = makeAssertion(type, value);
  const check = made.kind === 'check' ? checkSchema.parse({ ...made.check }) : undefined;
  if (check?.kind !== 'regex') return expect.fail(`${type} makes no regex`);
  return new RegExp(check.pattern, `u${check.flags}`).test(reply) !== check.negate;
}

describe('an assertion', () => {
  it.each([
    ['contains', 'a.b*', 'xa.b*x', 'xaxbx'],
    ['contains', 0, 'is 0', 'is 1'],
    ['contains', 'Case', 'in Case', 'in case'],
    ['not-contains', 'no', 'yes', 'no'],
    ['contains-any', ['x/y', '(z)'], 'so (z)', 'so z'],
    ['contains-any', 'one, "two, three"', 'two, three', 'two three'],
    ['contains-all', ['b', 'a'], 'a\nb', 'a'],
    ['not-contains-all', ['a', 'b'], 'a', 'b and a'],
    ['not-icontains-all', ['A', 'b'], 'a', 'B and a'],
    ['not-equals', 'No.', 'Nope', ' No. '],
    ['starts-with', 'Dear', 'Dear Ana', 'My Dear'],
    ['regex', '\\d{4}', 'in 1999', 'in 99'],
    ['not-regex', '^x', 'yx', 'xy'],
  ])('%s %j passes the same replies as in promptfoo', (type, value, good, bad) => {
    expect(passes(type, value, good)).toBe(true);
    expect(passes(type, value, bad)).toBe(false);
  });

  it.each([
    ['equals', '4', { kind: 'exact', expected: ['4'], compare: 'strict' }],
    ['equals', { a: 1 }, { kind: 'json-value', path: '$', expected: { a: 1 } }],
    ['icontains', 'x', { kind: 'contains', all: ['x'] }],
    ['not-icontains-any', ['x', 'y'], { kind: 'contains', none: ['x', 'y'] }],
    ['is-json', undefined, { kind: 'json-schema', schema: {}, part: 'whole' }],
    ['contains-json', '{"type":"array"}', { kind: 'json-schema', schema: { type: 'array' }, part: 'json' }],
    ['word-count', { min: 2, max: 5 }, { kind: 'words', least: 2, most: 5 }],
    ['word-count', 3, { kind: 'words', least: 3, most: 3 }],
  ])('%s %j becomes a check of ours', (type, value, check) => {
    expect(makeAssertion(type, value)).toEqual({ kind: 'check', check });
    expect(checkSchema.safeParse(check).success).toBe(true);
  });

  it.each([
    ['python', 'len(output)', 'there is nothing like it here'],
    ['contains-any', '', 'it has no value'],
    ['regex', '[a-\\w]', 'its pattern is none under the flag u'],
    ['not-is-json', undefined, 'that a reply is not JSON cannot be checked'],
    ['is-json', 'no schema', 'its value is no JSON schema'],
    ['word-count', { max: 'x' }, 'its value is no number of words (got {"max":"x"})'],
    ['equals', null, 'its value is no text (got null)'],
  ])('%s %j that has no equal is named with the reason', (type, value, why) => {
    expect(makeAssertion(type, value)).toMatchObject({ kind: 'unsupported', why: expect.stringContaining(why) });
  });
});
