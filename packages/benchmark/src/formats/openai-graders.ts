import { fillTemplate, TemplateProblem } from './fill-template.ts';
import { isJsonObject, type JsonObject } from './json-lines.ts';
import { hasAny, isText } from './text-patterns.ts';

/** What the testing criteria of a hosted eval come to for one item. */
export type Graded = { checks: JsonObject[]; references: string[]; guidance: string[]; warnings: string[] };

/** Applies every testing criterion to an item; what has no equal here is named in a warning. */
export function applyGraders(criteria: unknown, item: JsonObject): Graded {
  const graded: Graded = { checks: [], references: [], guidance: [], warnings: [] };
  for (const grader of Array.isArray(criteria) ? criteria : []) {
    if (!isJsonObject(grader)) continue;
    try {
      applyGrader(grader, item, graded);
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error;
      graded.warnings.push(`${nameOf(grader)} is left out: ${error.message}`);
    }
  }
  return graded;
}

const nameOf = ({ type, name }: JsonObject): string => `${String(type)} '${String(name ?? '')}'`;

function applyGrader(grader: JsonObject, item: JsonObject, graded: Graded): void {
  switch (grader.type) {
    case 'string_check':
      graded.checks.push(stringCheck(grader, item));
      return;
    case 'text_similarity':
      graded.references.push(fillTemplate(String(grader.reference ?? ''), { item }));
      graded.warnings.push(
        `${nameOf(grader)} is a reference: the judge compares, ${String(grader.evaluation_metric)} is not computed`,
      );
      return;
    case 'score_model':
    case 'label_model':
      graded.guidance.push(guidanceOf(grader, item));
      graded.warnings.push(
        `${nameOf(grader)} is kept as guidance in the reference: the judge scores by its rubrics, and sees it`,
      );
      return;
    default:
      graded.warnings.push(`${nameOf(grader)} is left out: there is nothing like it here`);
  }
}

const REPLY = /^\{\{\s*sample\.output_text\s*\}\}$/;
const REPLY_JSON = /^\{\{\s*sample\.output_json\.([\w.[\]-]+)\s*\}\}$/;

function stringCheck({ input, operation, reference }: JsonObject, item: JsonObject): JsonObject {
  const expected = fillTemplate(String(reference ?? ''), { item });
  const field = REPLY_JSON.exec(String(input))?.[1];
  if (field !== undefined && operation === 'eq') return { kind: 'json-value', path: `$.${field}`, expected };
  if (!REPLY.test(String(input).trim())) throw new TemplateProblem(`it checks ${String(input)}, not the reply`);
  switch (operation) {
    case 'eq':
      return { kind: 'exact', expected: [expected], compare: 'strict' };
    case 'ne':
      return isText(expected, { negate: true });
    case 'like':
      return hasAny([expected]);
    case 'ilike':
      return { kind: 'contains', all: [expected] };
    default:
      throw new TemplateProblem(`its operation '${String(operation)}' is none of eq, ne, like, ilike`);
  }
}

/** What the grader model is told, with the reply left as a word: it is not known yet. */
function guidanceOf({ input, passing_labels: passing }: JsonObject, item: JsonObject): string {
  const turns = Array.isArray(input) ? input : [];
  const texts = turns.map((turn: unknown) => (isJsonObject(turn) ? textOf(turn.content) : ''));
  const sample = { output_text: '(the reply)', output_json: '(the reply)' };
  const told = fillTemplate(texts.filter((text) => text !== '').join('\n'), { item, sample });
  return Array.isArray(passing) ? `${told}\nRight: ${passing.map(String).join(', ')}` : told;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return isJsonObject(content) && typeof content.text === 'string' ? content.text : '';
}
