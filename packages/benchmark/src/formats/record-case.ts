import type { BenchmarkCase } from '@pointsman/contracts';
import { type ColumnField, columnsOf, isColumnField } from './columns.ts';
import { caseIdFrom, completeCase, type RoughCase } from './complete-case.ts';
import { shortJson } from './explain-issues.ts';
import { isJsonObject, type JsonObject } from './json-lines.ts';
import { multipleChoice } from './multiple-choice.ts';
import type { ReadOptions } from './read-options.ts';
import { badRow, type GoodRow, type Row } from './row.ts';

type Fields = Partial<Record<ColumnField, unknown>>;

export type RecordRules = {
  /** Cells that hold JSON as text are read as JSON. */
  jsonCells: boolean;
  /** A reply at the end of the messages is the reference, not part of the question. */
  takeReply: boolean;
};

/** The case of a record with named columns. Columns that mean nothing here are named in a warning. */
export function caseOfRecord(
  { value: record, place, warnings }: GoodRow<JsonObject>,
  options: ReadOptions,
  rules: RecordRules,
): Row<BenchmarkCase> {
  const wrong = Object.values(options.map ?? {}).find((field) => !isColumnField(field));
  if (wrong !== undefined) return badRow(place, `--map names '${wrong}', which is no field of a case`);
  const { fields, unused } = columnsOf(record, options.map);
  try {
    const rough = roughCase(rules.jsonCells ? parseCells(fields) : fields, options, rules);
    const ignored = unused.length === 0 ? [] : [`columns left out: ${unused.join(', ')} (--map gives one a meaning)`];
    return completeCase(rough, place, options, [...warnings, ...ignored]);
  } catch (error) {
    if (error instanceof RecordProblem) return badRow(place, error.message);
    throw error;
  }
}

/** Why a record makes no case. */
class RecordProblem extends Error {}

const JSON_FIELDS: readonly ColumnField[] = ['messages', 'choices', 'checks', 'weights', 'provenance'];

function parseCells(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([field, cell]) => {
      if (!JSON_FIELDS.some((name) => name === field) || typeof cell !== 'string') return [field, cell];
      try {
        return [field, JSON.parse(cell)];
      } catch {
        throw new RecordProblem(`${field}: is not JSON (got ${shortJson(cell)})`);
      }
    }),
  );
}

function roughCase(fields: Fields, { defaults }: ReadOptions, { takeReply }: RecordRules): RoughCase {
  const { id, messages, system, context, prompt, input, choices, reference, ...rest } = fields;
  const own = { ...rest, ...(id === undefined ? {} : { id: caseIdFrom(id) }) };
  if (messages !== undefined && messages !== null) {
    const { turns, reply } = conversationOf(messages, takeReply);
    return { ...own, messages: turns, reference: referenceOf(reference) ?? reply };
  }
  if (prompt === undefined || prompt === null)
    throw new RecordProblem('has neither a prompt nor messages: name the column of the question (--map theirs=prompt)');
  const question = [context, prompt, input].filter((part) => typeof part === 'string' && part !== '').join('\n\n');
  if (choices === undefined || choices === null)
    return { ...own, messages: turnsOf(system, question), reference: referenceOf(reference) };
  const lettered = multipleChoice(question, choices, reference, rest.language ?? defaults.language);
  if (lettered === undefined)
    throw new RecordProblem(`its answer ${shortJson(reference)} is none of the choices ${shortJson(choices)}`);
  return { ...own, messages: turnsOf(system, lettered.prompt), reference: lettered.reference, checks: lettered.checks };
}

const turnsOf = (system: unknown, question: string): unknown[] => [
  ...(typeof system === 'string' && system !== '' ? [{ role: 'system', content: system }] : []),
  { role: 'user', content: question },
];

/** Several right answers become one reference that names them all. */
function referenceOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : [...new Set(value.map(String))].join('\nor: ');
  // SQuAD: {text: [...], answer_start: [...]}.
  if (isJsonObject(value) && Array.isArray(value.text)) return referenceOf(value.text);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Who speaks, in ShareGPT's words and ours. */
const ROLES: Readonly<Record<string, string>> = {
  human: 'user',
  gpt: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
};

function conversationOf(messages: unknown, takeReply: boolean): { turns: unknown[]; reply: string | undefined } {
  if (!Array.isArray(messages)) throw new RecordProblem(`messages: is not a list (got ${shortJson(messages)})`);
  const turns = messages.map((turn: unknown) => {
    if (!isJsonObject(turn) || typeof turn.from !== 'string') return turn;
    return { role: ROLES[turn.from] ?? turn.from, content: turn.value };
  });
  const last = turns.at(-1);
  if (!takeReply || !isJsonObject(last) || last.role !== 'assistant' || typeof last.content !== 'string')
    return { turns, reply: undefined };
  return { turns: turns.slice(0, -1), reply: last.content };
}
