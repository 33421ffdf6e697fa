import type { JsonObject } from './json-lines.ts';

/** What a column can be. `context` stands before the question, `input` after it, `choices` makes it multiple choice. */
const FIELDS = [
  'id',
  'messages',
  'system',
  'context',
  'prompt',
  'input',
  'choices',
  'reference',
  'domain',
  'task',
  'language',
  'difficulty',
  'checks',
  'weights',
  'provenance',
  'licence',
] as const;
export type ColumnField = (typeof FIELDS)[number];

/** Names under which data sets publish a field, folded; the first that a row has counts. */
const NAMES: Record<ColumnField, readonly string[]> = {
  id: ['id', 'caseid', 'uid', 'questionid', 'taskid'],
  messages: ['messages', 'conversations', 'conversation', 'chat'],
  system: ['system', 'systemprompt', 'systemmessage'],
  context: ['context', 'passage', 'article', 'document'],
  prompt: ['prompt', 'question', 'instruction', 'query', 'problem', 'input'],
  input: ['input'],
  choices: ['choices', 'options', 'endings'],
  reference: [
    'reference',
    'answer',
    'answers',
    'answerkey',
    'expected',
    'expectedoutput',
    'expectedanswer',
    'ideal',
    'target',
    'groundtruth',
    'solution',
    'output',
    'response',
    'completion',
    'label',
  ],
  domain: ['domain'],
  task: ['task'],
  language: ['language', 'lang', 'locale'],
  difficulty: ['difficulty', 'level'],
  checks: ['checks'],
  weights: ['weights'],
  provenance: ['provenance'],
  licence: ['licence', 'license'],
};

export type Columns = { fields: Partial<Record<ColumnField, unknown>>; unused: string[] };

export const isColumnField = (name: string): name is ColumnField => FIELDS.some((field) => field === name);

/**
 * A record's values by our fields: as `map` says (their name to ours), else by the names that are recognised. A column
 * is used once; `unused` are those that mean nothing here.
 */
export function columnsOf(record: JsonObject, map: Readonly<Record<string, string>> = {}): Columns {
  const names = new Set(Object.keys(record));
  const take = (field: ColumnField): [ColumnField, unknown][] => {
    const mapped = Object.keys(map).find((name) => map[name] === field && names.has(name));
    const found = mapped ?? NAMES[field].map((known) => findName(names, known, map)).find((name) => name !== undefined);
    if (found === undefined) return [];
    names.delete(found);
    return [[field, record[found]]];
  };
  const fields = Object.fromEntries(FIELDS.flatMap(take));
  return { fields, unused: [...names] };
}

/** A column that `map` gives another meaning is not recognised by its name. */
const findName = (names: ReadonlySet<string>, known: string, map: Readonly<Record<string, string>>) =>
  [...names].find((name) => !Object.hasOwn(map, name) && name.toLowerCase().replace(/[\s_-]/g, '') === known);
