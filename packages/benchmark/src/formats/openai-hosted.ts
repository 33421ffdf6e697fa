import type { BenchmarkCase } from '@pointsman/contracts';
import { columnsOf } from './columns.ts';
import { caseIdFrom, completeCase } from './complete-case.ts';
import { fillValue, TemplateProblem } from './fill-template.ts';
import { jsonDocument } from './json-document.ts';
import { isJsonObject, type JsonObject, jsonLines } from './json-lines.ts';
import { applyGraders } from './openai-graders.ts';
import type { Content, ReadOptions } from './read-options.ts';
import { caseOfRecord } from './record-case.ts';
import { badRow, type GoodRow, type Row } from './row.ts';

/** An eval as it is exported, and its items: data of a run (`{item, sample}`) or graded outputs (`datasource_item`). */
export type HostedEval = {
  /** `testing_criteria` of the eval. */
  criteria: unknown;
  /** Messages with `{{item.x}}` that a run asks. */
  template: unknown;
  items: Iterable<Row<JsonObject>>;
};

/**
 * OpenAI's hosted evals: a JSONL file of items, a page of output items, or a JSON object with `testing_criteria` beside
 * them, as eval and run are fetched.
 */
export async function* readOpenAiHosted(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  const hosted = hostedEvalOf(content, options.file);
  for (const row of hosted.items) yield row.ok ? caseOfItem(row, hosted, options) : row;
}

export function hostedEvalOf(content: Content, file: string): HostedEval {
  const document = jsonDocument(content);
  if (Array.isArray(document))
    return { criteria: undefined, template: undefined, items: itemRows(document, `${file}: `) };
  if (!isJsonObject(document) || isItem(document))
    return { criteria: undefined, template: undefined, items: jsonLines(content, file) };
  const run = objectOf(document.run);
  const source = objectOf(document.data_source ?? run.data_source);
  const lists = {
    'data_source.source.content': objectOf(source.source).content,
    items: document.items,
    data: document.data,
    output_items: objectOf(document.output_items).data ?? document.output_items,
  };
  const [name, list] = Object.entries(lists).find(([, value]) => Array.isArray(value)) ?? [];
  return {
    criteria: document.testing_criteria ?? objectOf(document.eval).testing_criteria,
    template: objectOf(source.input_messages).template,
    items: Array.isArray(list)
      ? itemRows(list, `${file}: ${name}`)
      : [badRow(file, 'has no items: neither data_source.source.content, items, data nor output_items is a list')],
  };
}

const objectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
const isItem = (value: JsonObject): boolean => isJsonObject(value.item) || isJsonObject(value.datasource_item);

function* itemRows(list: readonly unknown[], path: string): Iterable<Row<JsonObject>> {
  for (const [index, value] of list.entries()) {
    const place = `${path}[${index}]`;
    yield isJsonObject(value) ? { ok: true, value, place, warnings: [] } : badRow(place, 'is not a JSON object');
  }
}

/** The data of an item, whichever of the two shapes it came in. */
export const itemOf = ({ item, datasource_item: source }: JsonObject): JsonObject | undefined => {
  if (isJsonObject(item)) return item;
  if (!isJsonObject(source)) return undefined;
  return isJsonObject(source.item) ? source.item : source;
};

function caseOfItem(row: GoodRow<JsonObject>, hosted: HostedEval, options: ReadOptions): Row<BenchmarkCase> {
  const item = itemOf(row.value);
  if (item === undefined) return badRow(row.place, "has neither 'item' nor 'datasource_item'");
  try {
    const asked = askedMessages(row.value, item, hosted);
    // Without a template the item itself says what is asked, by the names of its fields.
    if (asked === undefined && hosted.criteria === undefined)
      return caseOfRecord({ ...row, value: item }, options, { jsonCells: false, takeReply: true });
    const { fields } = columnsOf(item, options.map);
    const messages =
      asked ??
      fields.messages ??
      (fields.prompt === undefined ? undefined : [{ role: 'user', content: fields.prompt }]);
    if (messages === undefined)
      return badRow(
        row.place,
        'nothing says what is asked: no input_messages, no sample, no field such as question (--map theirs=prompt)',
      );
    const graded = applyGraders(hosted.criteria, item);
    const references =
      graded.references.length > 0 || typeof fields.reference !== 'string' ? graded.references : [fields.reference];
    const parts = [...(references.length === 0 ? [] : [references.join('\nor: ')]), ...graded.guidance];
    const { domain, task, language, difficulty, licence, id } = fields;
    const rough = {
      domain,
      task,
      language,
      difficulty,
      licence,
      id: caseIdFrom(id),
      messages,
      reference: parts.length === 0 ? undefined : parts.join('\n\n'),
      checks: graded.checks,
    };
    return completeCase(rough, row.place, options, [...row.warnings, ...graded.warnings]);
  } catch (error) {
    if (error instanceof TemplateProblem) return badRow(row.place, error.message);
    throw error;
  }
}

/** What a run asked: the messages on record, else its template with the item in place; undefined when neither is known. */
export function askedMessages(row: JsonObject, item: JsonObject, { template }: Pick<HostedEval, 'template'>): unknown {
  const { input } = objectOf(row.sample);
  if (Array.isArray(input) && input.length > 0) return input.map(plainTurn);
  return Array.isArray(template) ? fillValue(template.map(plainTurn), { item }) : undefined;
}

/** The Responses API's parts as text; its `type: message` says nothing. */
function plainTurn(turn: unknown): unknown {
  if (!isJsonObject(turn)) return turn;
  const { role, content } = turn;
  return { role, content: isJsonObject(content) && typeof content.text === 'string' ? content.text : content };
}
