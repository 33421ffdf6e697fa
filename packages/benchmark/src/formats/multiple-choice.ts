import { isJsonObject } from './json-lines.ts';

export type MultipleChoice = { prompt: string; reference: string; checks: unknown[] };

const INSTRUCTIONS: Readonly<Record<string, string>> = {
  fr: 'Réponds par la seule lettre du bon choix.',
  en: 'Answer with the letter of the right choice alone.',
};

/**
 * A question with its choices lettered, and the check of the right letter.
 * @param choices texts, or `{text: [...], label: [...]}` as ARC has them.
 * @param answer index from 0, letter, label, or the text of the right choice.
 * @returns undefined when the answer is none of the choices.
 */
export function multipleChoice(
  question: string,
  choices: unknown,
  answer: unknown,
  language: unknown,
): MultipleChoice | undefined {
  const { texts, labels } = choicesOf(choices);
  const right = rightIndex(texts, labels, answer);
  const text = texts[right];
  if (text === undefined) return undefined;
  const lines = texts.map((choice, index) => `${letterOf(index)}. ${choice}`);
  const instruction = INSTRUCTIONS[String(language).slice(0, 2)] ?? INSTRUCTIONS.en;
  const letter = letterOf(right);
  const expected = [...new Set([letter, `${letter}. ${text}`, `${letter}) ${text}`, text])];
  return {
    prompt: `${question}\n\n${lines.join('\n')}\n\n${instruction}`,
    reference: `${letter}. ${text}`,
    checks: [{ kind: 'exact', expected }],
  };
}

const letterOf = (index: number): string => String.fromCodePoint(65 + index);

function choicesOf(choices: unknown): { texts: string[]; labels: string[] } {
  const lists = isJsonObject(choices) ? { texts: choices.text, labels: choices.label } : { texts: choices, labels: [] };
  const textsOf = (list: unknown) => (Array.isArray(list) ? list.map(String) : []);
  return { texts: textsOf(lists.texts), labels: textsOf(lists.labels) };
}

function rightIndex(texts: readonly string[], labels: readonly string[], answer: unknown): number {
  const said = String(Array.isArray(answer) ? answer[0] : answer).trim();
  const byLabel = labels.indexOf(said);
  if (byLabel >= 0) return byLabel;
  const byText = texts.findIndex((text) => text.trim() === said);
  if (byText >= 0) return byText;
  if (/^\d+$/.test(said)) return Number(said);
  return /^[A-Z]$/i.test(said) ? (said.toUpperCase().codePointAt(0) ?? 0) - 65 : -1;
}
