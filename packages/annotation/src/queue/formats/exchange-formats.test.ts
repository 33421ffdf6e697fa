import { ANNOTATION_FORMATS, type AnnotationFormat, DIMENSIONS } from '@pointsman/contracts';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { EXCHANGE_FORMATS } from './exchange-formats.ts';
import { conversationOf, conversationText, type ExchangedItem } from './exchanged-item.ts';

const item = (over: Partial<ExchangedItem> = {}): ExchangedItem => ({
  item: 'ait_1',
  caseId: 'case-1',
  model: 'acme/alpha',
  domain: 'travel',
  task: 'answer',
  language: 'fr',
  messages: [
    { role: 'system', text: 'Be kind.' },
    { role: 'user', text: 'Où est le quai ?\n\n[user]\nwas a line\n\\[assistant]' },
  ],
  reference: 'Quai 3, « voie B »',
  reply: 'Ligne une,\r\nligne "deux"',
  ratings: [
    { rater: 'usr_0123456789abcdef0123456789abcdef', answers: { tone: 4, safety: 'cannot-rate' }, comment: 'trop sec' },
    { rater: 'mia@example.com', answers: { tone: 2, safety: 5 } },
  ],
  ...over,
});

const document = (format: AnnotationFormat, items: ExchangedItem[]): string => {
  const { head, between, foot, write } = EXCHANGE_FORMATS[format];
  return `${head}${items.map(write).join(between)}${foot}`;
};
const back = (format: AnnotationFormat, items: ExchangedItem[]): unknown[] =>
  EXCHANGE_FORMATS[format].read(document(format, items)).map((row) => (row.ok ? tidy(row.item) : row));

/** Without what is undefined. */
const tidy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((said) => said.trim() === said);
const answers = fc.dictionary(
  fc.constantFrom(...DIMENSIONS),
  fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant('cannot-rate' as const)),
  { minKeys: 1 },
);
const arbitraryItem = fc.record({
  item: fc.string({ minLength: 8, maxLength: 8, unit: fc.constantFrom(...'abcdef') }),
  caseId: text,
  messages: fc.array(fc.record({ role: fc.constantFrom('user', 'assistant', 'system'), text }), {
    minLength: 1,
    maxLength: 3,
  }),
  reply: text,
  ratings: fc.uniqueArray(
    fc.record({
      rater: fc.constantFrom('ana', 'ben', 'usr_0123456789abcdef0123456789abcdef', 'mia@example.com'),
      answers,
    }),
    { maxLength: 3, selector: ({ rater }) => rater },
  ),
});

describe.each(ANNOTATION_FORMATS)('%s', (format) => {
  it('gives back what it was given: items, conversations and ratings', () => {
    const blind = format === 'argilla' || format === 'label-studio';
    const { model, ...rest } = item();
    const second = item({ item: 'ait_2', ratings: [] });
    const expected = blind ? rest : { model, ...rest };
    expect(back(format, [item(), second])).toMatchObject([expected, { item: 'ait_2', ratings: [] }]);
  });

  it('gives back any text and any rating', () => {
    fc.assert(
      fc.property(fc.uniqueArray(arbitraryItem, { maxLength: 4, selector: (one) => one.item }), (items) => {
        const written = items.map((one) => ({ ...one, reply: one.reply.replaceAll('\r', ' ') })) as ExchangedItem[];
        const byRater = (list: unknown) => tidy(list);
        expect(back(format, written).map(sorted)).toMatchObject(written.map((one) => sorted(byRater(one))) as object[]);
      }),
      { numRuns: 60 },
    );
  });
});

function sorted(value: unknown): unknown {
  const one = value as { ratings: { rater: string }[] };
  return { ...one, ratings: one.ratings.toSorted((a, b) => (a.rater < b.rater ? -1 : 1)) };
}

describe('formats for rating elsewhere', () => {
  it.each(['argilla', 'label-studio'] as const)(
    '%s says neither who wrote the reply nor what is known of it',
    (format) => {
      const written = document(format, [item({ gold: { tone: 1 }, adjudicated: { tone: 3 } })]);
      expect(written).not.toContain('acme');
      expect(written).not.toMatch(/gold|adjudicated/);
    },
  );
});

describe('what cannot be read', () => {
  it.each(['jsonl', 'argilla', 'label-studio'] as const)('is named in %s, with its place', (format) => {
    expect(EXCHANGE_FORMATS[format].read('{"item": ')).toMatchObject([{ ok: false }]);
    expect(EXCHANGE_FORMATS[format].read('[1]')).toMatchObject([{ ok: false, place: expect.stringMatching(/1$/) }]);
  });
});

describe('csv', () => {
  it('defuses what a spreadsheet would take for a formula, and takes it back unharmed', () => {
    const dangers = ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', "'=1", "''-2", "it's", "'quoted'"];
    const items = dangers.map((reply, index) => item({ item: `ait_${index}`, reply, ratings: [] }));
    const written = document('csv', items);
    const { data } = Papa.parse<Record<string, string>>(written, { header: true, skipEmptyLines: true });
    expect(data.map((row) => row.reply).filter((cell) => /^[=+\-@]/.test(cell ?? ''))).toEqual([]);
    expect(back('csv', items)).toMatchObject(dangers.map((reply) => ({ reply })));
  });

  it('writes known ratings and what was decided as rows of nobody, and reads the known ones', () => {
    const [read] = back('csv', [item({ gold: { tone: 1 }, adjudicated: { tone: 3 }, ratings: [] })]);
    expect(read).toMatchObject({ gold: { tone: 1 }, ratings: [] });
  });

  it('names the row whose rating is none', () => {
    const written = document('csv', [item({ ratings: [{ rater: 'ana', answers: { tone: 4 } }] })]).replace(
      ',4,',
      ',6,',
    );
    const bad = EXCHANGE_FORMATS.csv.read(written).filter((row) => !row.ok);
    expect(bad).toEqual([{ ok: false, place: 'row:2', reason: 'tone: "6" is neither 1 to 5 nor cannot-rate' }]);
  });
});

describe('a conversation as text', () => {
  it('keeps lines that look like the opening of a message', () => {
    const messages = [
      { role: 'user', text: '[assistant]\n\\[user]\n' },
      { role: 'assistant', text: '\n[tool]' },
    ];
    expect(conversationOf(conversationText(messages))).toEqual(messages);
  });

  it('without roles is what a user said', () => {
    expect(conversationOf('How do I\nreset it?')).toEqual([{ role: 'user', text: 'How do I\nreset it?' }]);
  });
});
