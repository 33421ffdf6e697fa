import type { Dimension } from '@pointsman/contracts';
import type { JsonSchema, Rule } from '@pointsman/validated-replies';
import type { RubricSet } from '../rubrics/rubric-set.ts';

/** What the judge says of one dimension, or of a pair. */
export type JudgeChoice = { explanation: string; choice: string };

export type AskedVerdict = Partial<Record<Dimension, JudgeChoice>>;

const written = new Map<string, JsonSchema>();

/** One object for each key: a schema is compiled once for each object. */
function once(key: string, write: () => JsonSchema): JsonSchema {
  const schema = written.get(key) ?? write();
  written.set(key, schema);
  return schema;
}

/** In the order in which it is to be written: a reason that follows the choice only defends it. */
function choiceSchema(letters: readonly string[]): JsonSchema {
  return closedObject({ explanation: { type: 'string' }, choice: { type: 'string', enum: letters } });
}

/** With only the keywords that every provider's strict mode takes. */
function closedObject(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** A choice for each dimension, in the order given. */
export function verdictSchema(dimensions: readonly Dimension[], rubrics: RubricSet): JsonSchema {
  const letters = dimensions.map(
    (dimension) => [dimension, rubrics[dimension].choices.map(({ letter }) => letter)] as const,
  );
  return once(letters.flat(2).join(' '), () =>
    closedObject(Object.fromEntries(letters.map(([dimension, offered]) => [dimension, choiceSchema(offered)]))),
  );
}

/** One choice. */
export function preferenceSchema(letters: readonly string[]): JsonSchema {
  return once(letters.join(' '), () => choiceSchema(letters));
}

type ChoiceCheck = (judged: JudgeChoice, path: string) => string | undefined;

const isExplained: ChoiceCheck = ({ explanation }, path) =>
  explanation.trim() === '' ? `${path}.explanation is blank: say first what decides` : undefined;

const isExplainedFirst: ChoiceCheck = (judged, path) => {
  const names = Object.keys(judged);
  return names.indexOf('choice') < names.indexOf('explanation')
    ? `${path}.choice stands before its explanation`
    : undefined;
};

/** Both as rules on a verdict's dimensions and on a single choice; a choice made before its reason is kept and flagged. */
function explanationRules<T>(each: (check: ChoiceCheck, value: T) => readonly string[]): readonly Rule<T>[] {
  const rule = (check: ChoiceCheck) => (value: T) => each(check, value).join('; ') || undefined;
  return [
    { name: 'explained', check: rule(isExplained) },
    { name: 'explained-first', check: rule(isExplainedFirst), review: true },
  ];
}

export const VERDICT_RULES = explanationRules<AskedVerdict>((check, verdict) =>
  Object.entries(verdict).flatMap(([dimension, judged]) => check(judged, `$.${dimension}`) ?? []),
);

export const PREFERENCE_RULES = explanationRules<JudgeChoice>((check, judged) => [check(judged, '$') ?? []].flat());
