import type { BenchmarkCase } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_FORMATS, type CaseFormatName } from './case-formats.ts';
import { readCsv, writeCsv } from './csv.ts';
import { importCases } from './import-cases.ts';
import { readJsonl, writeJsonl } from './jsonl.ts';
import type { ReadOptions } from './read-options.ts';
import type { Row } from './row.ts';

const DEFAULTS = { domain: 'education', task: 'answer', language: 'en', licence: 'MIT' } as const;
const options = (change: Partial<ReadOptions> = {}): ReadOptions => ({
  file: 'cases.csv',
  defaults: DEFAULTS,
  ...change,
});
async function collect<Value>(rows: AsyncIterable<Row<Value>>): Promise<Row<Value>[]> {
  const all: Row<Value>[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
const casesOf = async (rows: AsyncIterable<Row<BenchmarkCase>>) =>
  (await collect(rows)).map((row) => (row.ok ? row.value : expect.fail(`${row.place}: ${row.reason}`)));
const problemsOf = async (rows: AsyncIterable<Row<BenchmarkCase>>) =>
  (await collect(rows)).flatMap((row) => (row.ok ? [] : [`${row.place}: ${row.reason}`]));

const FULL: BenchmarkCase = {
  id: 'refund.fr_1',
  messages: [
    { role: 'system', content: 'Tu es bref ; tu "cites".' },
    { role: 'user', content: 'Peut-on me rembourser ?\r\nMerci,\n\tAnne' },
  ],
  reference: 'Oui, sous 14 jours.',
  domain: 'e-commerce',
  task: 'answer',
  language: 'fr',
  difficulty: 'hard',
  checks: [
    { kind: 'contains', all: ['14'], any: [], none: ['60'], dimension: 'factual_accuracy', weight: 2 },
    { kind: 'regex', pattern: '^Oui,\\s', flags: 'i', negate: false, dimension: 'tone', weight: 1, part: 'first-line' },
  ],
  weights: { factual_accuracy: 2, tone: 0.5 },
  provenance: { kind: 'written', author: 'ana' },
  licence: 'CC-BY-4.0',
};
const TALK: BenchmarkCase = {
  ...FULL,
  id: 'talk',
  messages: [
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: 'Hello, how can I help?',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', content: '{"ok":true}', tool_call_id: 'c' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:,' } },
      ],
    },
  ],
  reference: undefined,
  checks: [],
  weights: undefined,
  provenance: { kind: 'generated', template: 'dates', seed: 7 },
};
const EMPTY_TURN: BenchmarkCase = { ...FULL, id: 'empty-turn', messages: [{ role: 'user', content: '' }] };

const WRITABLE = Object.entries(CASE_FORMATS).flatMap(([name, format]) =>
  'write' in format ? [[name as CaseFormatName, format.write] as const] : [],
);

describe.each(WRITABLE)('%s', (name, write) => {
  it('gives back what was written, every field of it', async () => {
    const cases = [FULL, TALK, EMPTY_TURN].map((one) => JSON.parse(JSON.stringify(one)) as BenchmarkCase);
    expect(await casesOf(CASE_FORMATS[name].read(write(cases), options({ defaults: {} })))).toEqual(cases);
  });

  it('is read from bytes as from text, with a byte order mark or without', async () => {
    const text = write([FULL]);
    const bytes = new TextEncoder().encode(`\uFEFF${text}`);
    expect(await casesOf(CASE_FORMATS[name].read(bytes, options()))).toEqual([FULL]);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(await casesOf(CASE_FORMATS[name].read(utf16, options()))).toEqual([FULL]);
  });

  it('says so when it is not text in a known encoding', async () => {
    const latin1 = Buffer.from('prompt\nEst-ce compris ? Oui, \xe9videmment.\n', 'latin1');
    expect(await problemsOf(CASE_FORMATS[name].read(latin1, options()))).toEqual([
      'cases.csv: is not UTF-8 text: save it as UTF-8',
    ]);
  });
});

describe('jsonl', () => {
  const line = (change: object) => `${JSON.stringify({ ...FULL, ...change })}\n`;

  it('names the true line of each bad one, and reads the others', async () => {
    const text = `${line({})}\n{"id": \n${line({ domane: 'legal' })}[1]\n${line({ id: 'Not An Id' })}${line({ id: 'last' })}`;
    const rows = await collect(readJsonl(text, options({ file: 'a.jsonl' })));
    expect(rows.map((row) => [row.place, row.ok])).toEqual([
      ['a.jsonl:1', true],
      ['a.jsonl:3', false],
      ['a.jsonl:4', false],
      ['a.jsonl:5', false],
      ['a.jsonl:6', false],
      ['a.jsonl:7', true],
    ]);
    const reasons = rows.flatMap((row) => (row.ok ? [] : [row.reason]));
    expect(reasons[0]).toContain('is not JSON: ');
    expect(reasons[1]).toBe('Unrecognized key: "domane"');
    expect(reasons[2]).toBe('is not a JSON object (got [1])');
    expect(reasons[3]).toContain('id: lower-case words joined by - _ or . (got "Not An Id")');
  });

  it('fills in what the row does not say, and never what it says', async () => {
    const text = '{"messages":[{"role":"user","content":"Why?"}],"language":"fr"}';
    const [one] = await casesOf(readJsonl(text, options({ file: 'folder/a.jsonl', idPrefix: 'mine' })));
    expect(one).toMatchObject({ ...DEFAULTS, language: 'fr', difficulty: 'medium', checks: [] });
    expect(one?.id).toMatch(/^mine-[0-9a-f]{12}$/);
    expect(one?.provenance).toEqual({ kind: 'imported', source: 'a.jsonl' });
    const [again] = await casesOf(readJsonl(`\n${text}`, options({ file: 'a.jsonl', idPrefix: 'mine' })));
    expect(again).toEqual(one);
  });

  it('says which option gives a row what it lacks', async () => {
    const text = '{"messages":[{"role":"user","content":"Why?"}],"task":"answer"}';
    expect(await problemsOf(readJsonl(text, options({ defaults: {} })))).toEqual([
      "cases.csv:1: says no domain: add a field 'domain', or give one for all rows (--domain); " +
        "says no language: add a field 'language', or give one for all rows (--language); " +
        "says no licence: add a field 'licence', or give one for all rows (--licence)",
    ]);
  });

  it('refuses a case that could not be asked or checked', async () => {
    const regex = line({ checks: [{ kind: 'regex', pattern: '(' }] });
    const answered = line({ messages: [...FULL.messages, { role: 'assistant', content: 'Oui.' }] });
    expect(await problemsOf(readJsonl(regex + answered, options()))).toEqual([
      expect.stringMatching(/^cases\.csv:1: checks\[0\] \(regex\): /),
      "cases.csv:2: messages: the last one is the assistant's; a model answers a user or a tool",
    ]);
    const bare = line({ reference: null, checks: [] });
    expect(await collect(readJsonl(bare, options()))).toMatchObject([
      { ok: true, warnings: ['has neither reference nor check: only the judge tells a right reply from a wrong one'] },
    ]);
  });

  it('refuses what no database stores, and takes text that only speaks of it', async () => {
    const nul = line({ reference: 'a\u0000b' });
    const half = line({ reference: 'a\ud800b' });
    expect(await problemsOf(readJsonl(nul + half, options()))).toEqual([
      'cases.csv:1: contains a NUL character (U+0000), which cannot be stored: remove it',
      'cases.csv:2: contains half a character (a lone surrogate), which cannot be stored: write the file as UTF-8 again',
    ]);
    expect(await casesOf(readJsonl(line({ reference: 'write \\u0000 or \\ud800, 😀' }), options()))).toHaveLength(1);
  });
});

describe('csv', () => {
  it('is read whatever its delimiter, with the usual names of columns', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const text = `Question${delimiter}Expected Answer${delimiter}Lang\n"Who, then; or|what?"${delimiter}Me.${delimiter}en\n`;
      expect(await casesOf(readCsv(text, options()))).toMatchObject([
        { messages: [{ role: 'user', content: 'Who, then; or|what?' }], reference: 'Me.', language: 'en' },
      ]);
    }
  });

  it('counts lines as an editor does, cells with line breaks included', async () => {
    const text =
      'prompt,domain\r\n"one\r\ntwo\r\nthree",legal\r\n\r\nbad,medicine\r\n"fine\n",legal\r\nshort\r\nwide,legal,more\r\n';
    const rows = await collect(readCsv(text, options()));
    expect(rows.map(({ place }) => place)).toEqual([
      'cases.csv:2',
      'cases.csv:6',
      'cases.csv:7',
      'cases.csv:9',
      'cases.csv:10',
    ]);
    expect(await problemsOf(readCsv(text, options()))).toEqual([
      expect.stringContaining('cases.csv:6: domain: Invalid option'),
      'cases.csv:9: has 1 cells, but the header 2: put cells that contain the delimiter or a line break in quotes',
      'cases.csv:10: has 3 cells, but the header 2: put cells that contain the delimiter or a line break in quotes',
    ]);
  });

  it('finds a quote that is never closed where it was opened', async () => {
    const problems = await problemsOf(readCsv('prompt\none\n"two\nthree\n', options()));
    expect(problems).toEqual([expect.stringMatching(/^cases\.csv:3: Quoted field unterminated/)]);
  });

  it('takes columns by another name as --map says, and names those it leaves out', async () => {
    const text = 'What?,Right,Notes\nWhy?,Because.,hm\n';
    const rows = await collect(readCsv(text, options({ map: { 'What?': 'prompt', Right: 'reference' } })));
    expect(rows).toMatchObject([
      {
        ok: true,
        value: { messages: [{ role: 'user', content: 'Why?' }], reference: 'Because.' },
        warnings: ['columns left out: Notes (--map gives one a meaning)'],
      },
    ]);
    expect(await problemsOf(readCsv(text, options()))).toEqual([
      'cases.csv:2: has neither a prompt nor messages: name the column of the question (--map theirs=prompt)',
    ]);
    expect(await problemsOf(readCsv(text, options({ map: { 'What?': 'question' } })))).toEqual([
      "cases.csv:2: --map names 'question', which is no field of a case",
    ]);
  });

  it('says which cell is not the JSON it should be', async () => {
    expect(await problemsOf(readCsv('prompt,checks\nWhy?,"[{kind: exact}]"\n', options()))).toEqual([
      'cases.csv:2: checks: is not JSON (got "[{kind: exact}]")',
    ]);
    expect(await problemsOf(readCsv('prompt,prompt\nWhy?,How?\n', options()))).toEqual([
      "cases.csv:1: the header has two columns 'prompt': give each a name of its own",
    ]);
  });

  it('keeps any text in any cell', async () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', ' ', "'", '=', '\\', 'é', 'x', '😀', '\u2028'),
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ prompt: text, system: text, reference: text }), { minLength: 1, maxLength: 4 }),
        async (records) => {
          const cases = records.map(({ prompt, system, reference }, index) => ({
            ...FULL,
            id: `case-${index}`,
            messages: [
              { role: 'system' as const, content: system },
              { role: 'user' as const, content: prompt },
            ],
            reference,
          }));
          expect(await casesOf(readCsv(writeCsv(cases), options({ defaults: {} })))).toEqual(cases);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('importing rows', () => {
  const rowsOf = (...ids: string[]) =>
    readJsonl(
      writeJsonl(ids.map((id) => ({ ...FULL, id, messages: [{ role: 'user', content: `What is ${id}?` }] }))),
      options({ file: 'a.jsonl' }),
    );

  it('takes all or nothing, or the rest, as asked', async () => {
    async function* withBad() {
      yield* rowsOf('one', 'two');
      yield { ok: false as const, place: 'a.jsonl:9', reason: 'is bad' };
    }
    expect(await importCases(withBad(), { onBad: 'refuse' })).toMatchObject({
      kind: 'refused',
      reason: '1 row is bad, so nothing was imported: mend them, or import the rest without them (--skip-bad)',
      bad: [{ place: 'a.jsonl:9' }],
    });
    expect(await importCases(withBad(), { onBad: 'skip' })).toMatchObject({
      kind: 'imported',
      cases: [{ id: 'one' }, { id: 'two' }],
      bad: [{ place: 'a.jsonl:9', reason: 'is bad' }],
    });
  });

  it('finds rows that repeat another, its id or its question', async () => {
    const again = writeJsonl([
      { ...FULL, id: 'one', messages: [{ role: 'user', content: 'What is one?' }] },
      { ...FULL, id: 'one' },
      { ...FULL, id: 'other', messages: [{ role: 'user', content: 'What is two?' }] },
    ]);
    async function* rows() {
      yield* rowsOf('one', 'two');
      yield* readJsonl(again, options({ file: 'b.jsonl' }));
    }
    const { bad } = await importCases(rows(), { onBad: 'skip' });
    expect(bad.map(({ place, reason }) => `${place}: ${reason}`)).toEqual([
      'b.jsonl:1: repeats a.jsonl:1',
      "b.jsonl:2: has the id 'one' of a.jsonl:1: give each an id of its own",
      'b.jsonl:3: asks what a.jsonl:2 asks',
    ]);
  });

  it('refuses a file without a case', async () => {
    expect(await importCases(readJsonl('\n\n', options()), { onBad: 'skip' })).toMatchObject({
      reason: 'there is no case in it',
    });
    expect(await importCases(readCsv('', options()), { onBad: 'skip' })).toMatchObject({
      reason: 'there is no case in it',
    });
    expect(await importCases(readJsonl('{', options()), { onBad: 'skip' })).toMatchObject({
      reason: '1 row is bad and there is no other: nothing was imported',
    });
  });
});
