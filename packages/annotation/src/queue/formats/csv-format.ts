import { csvRecords } from '@pointsman/benchmark';
import { type AnnotationAnswers, DIMENSIONS } from '@pointsman/contracts';
import {
  answerOf,
  answerText,
  conversationOf,
  conversationText,
  type ExchangedItem,
  type ExchangeFormat,
  type ReadItem,
  readItem,
} from './exchanged-item.ts';

const FACTS = ['item', 'caseId', 'model', 'domain', 'task', 'language', 'conversation', 'reference', 'reply'] as const;
const HEADER = [...FACTS, 'rater', ...DIMENSIONS, 'comment'];

/** Rows of these raters are no person's: known ratings, and what a third person decided. */
const GOLD = 'gold';
const ADJUDICATED = 'adjudicated';

/** Our own, for spreadsheets: a row for each item and rater, or one without a rater. */
export const csvFormat: ExchangeFormat = {
  contentType: 'text/csv; charset=utf-8',
  fileName: 'csv',
  head: `${HEADER.join(',')}\r\n`,
  between: '',
  foot: '',
  write: (item) =>
    rowsOf(item)
      .map((cells) => `${cells.map(field).join(',')}\r\n`)
      .join(''),
  read: readCsv,
};

function rowsOf(item: ExchangedItem): string[][] {
  const facts = FACTS.map((name) => (name === 'conversation' ? conversationText(item.messages) : (item[name] ?? '')));
  const row = (rater: string, answers: AnnotationAnswers, comment = '') => [
    ...facts,
    rater,
    ...DIMENSIONS.map((dimension) => answerText(answers[dimension])),
    comment,
  ];
  const isSaid = (answers: AnnotationAnswers | undefined) => answers !== undefined && Object.keys(answers).length > 0;
  const rows = [
    ...item.ratings.map(({ rater, answers, comment }) => row(rater, answers, comment)),
    ...(isSaid(item.gold) ? [row(GOLD, item.gold ?? {})] : []),
    ...(isSaid(item.adjudicated) ? [row(ADJUDICATED, item.adjudicated ?? {})] : []),
  ];
  return rows.length === 0 ? [row('', {})] : rows;
}

/** What a spreadsheet would take for a formula gets an apostrophe before it, which reading takes off again. */
const FORMULA = /^[=+\-@\t\r]/;
const DEFUSED = /^'(?='*[=+\-@\t\r])/;

function field(value: string): string {
  // An apostrophe that stands there already is doubled, or reading could not tell.
  const safe = FORMULA.test(value) || DEFUSED.test(value) ? `'${value}` : value;
  return /[",;\r\n\t|]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const cell = (value: unknown): string => (typeof value === 'string' ? value.replace(DEFUSED, '') : '');

/** Rows of one item are put together: those of the same name, else of the same case and reply. */
function readCsv(content: string): ReadItem[] {
  const items = new Map<string, { place: string; item: Record<string, unknown> & { ratings: unknown[] } }>();
  const bad: ReadItem[] = [];
  for (const row of csvRecords(content, 'row')) {
    if (!row.ok) {
      bad.push({ ok: false, place: row.place, reason: row.reason });
      continue;
    }
    const facts = Object.fromEntries(FACTS.map((name) => [name, cell(row.value[name])]));
    const key = facts.item || JSON.stringify([facts.caseId, facts.conversation, facts.reply]);
    const { conversation = '', ...rest } = facts;
    const known = items.get(key) ?? {
      place: row.place,
      item: { ...rest, messages: conversationOf(conversation), ratings: [] },
    };
    items.set(key, known);
    const answers = answersOf(row.value);
    if ('bad' in answers) bad.push({ ok: false, place: row.place, reason: answers.bad });
    else addRow(known.item, cell(row.value.rater), { answers: answers.read, comment: cell(row.value.comment) });
  }
  return [...[...items.values()].map(({ place, item }) => readItem(item, place)), ...bad];
}

function addRow(
  item: Record<string, unknown> & { ratings: unknown[] },
  rater: string,
  said: { answers: AnnotationAnswers; comment: string },
): void {
  if (rater === ADJUDICATED || Object.keys(said.answers).length === 0) return;
  if (rater === GOLD) item.gold = said.answers;
  else if (rater !== '') item.ratings.push({ rater, ...said });
}

function answersOf(row: Record<string, unknown>): { read: AnnotationAnswers } | { bad: string } {
  const read: AnnotationAnswers = {};
  for (const dimension of DIMENSIONS) {
    const said = cell(row[dimension]).trim();
    if (said === '') continue;
    const answer = answerOf(said);
    if (answer === undefined) return { bad: `${dimension}: "${said.slice(0, 40)}" is neither 1 to 5 nor cannot-rate` };
    read[dimension] = answer;
  }
  return { read };
}
