import type { Prompt } from '../prompt.ts';

const CODE_MARKS =
  /```|\bdef \w|\breturn\b|\bimport \w|\bfunction\b|\bclass \w|=>|==|\bassert\b|\bSELECT\b|[{};]\s*$/gm;
const MATH_MARKS = /\\[a-z]+|\$|\^|\bsqrt\b|[=+*/<>]\s*\d|\d\s*[=+*/<>]/g;
const OPTION_LETTERS = /^\s*\(?[A-J][.):]\s/gm;
const NEGATIONS = /\b(?:not|except|never|false|incorrect|least)\b/gi;
const STEPS = /\b(?:each|total|how many|how much|twice|half|per|more than|less than|remaining|altogether)\b/gi;
const PLACEHOLDERS = /_{2,}|\?\?/g;
const QUESTION_WORDS = ['what', 'which', 'who', 'when', 'where', 'why', 'how', 'write', 'find', 'is'] as const;
const LANGUAGE_WORDS = {
  english: /\b(?:the|of|and|is|to|in)\b/gi,
  french: /\b(?:le|la|les|des|est|une|dans)\b/gi,
  german: /\b(?:der|die|das|und|ist|nicht|ein)\b/gi,
  spanish: /\b(?:el|los|las|que|del|una|por)\b/gi,
} as const;

/** Names of the side features, in the order `sideFeatures` returns them. */
export const SIDE_FEATURES: readonly string[] = [
  'text length',
  'request length',
  'system length',
  'messages',
  'tools',
  'images',
  'lines',
  'words',
  'word length',
  'digits',
  'capitals',
  'symbols',
  'not ascii',
  'question marks',
  'code marks',
  'mathematical marks',
  'answer options',
  'negations',
  'steps of a word problem',
  'gaps to fill',
  ...QUESTION_WORDS.map((word) => `asks ${word}`),
  ...Object.keys(LANGUAGE_WORDS),
];

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const logarithm = (value: number): number => Math.log1p(value);

/** Numbers about a prompt's form that n-grams do not carry; unscaled, one per `SIDE_FEATURES`. */
export function sideFeatures(prompt: Prompt): Float32Array {
  const { text } = prompt;
  const characters = Math.max(text.length, 1);
  const words = text.match(/[\p{L}]+/gu) ?? [];
  const wordCount = Math.max(words.length, 1);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const lower = text.toLowerCase();
  const lastSentence = lower.slice(Math.max(0, lower.lastIndexOf('?') - 200), lower.lastIndexOf('?') + 1);
  return Float32Array.from([
    logarithm(text.length),
    logarithm(prompt.characters),
    logarithm(prompt.system.length),
    logarithm(prompt.messageCount),
    logarithm(prompt.toolCount),
    logarithm(prompt.imageCount),
    logarithm(count(text, /\n/g)),
    logarithm(words.length),
    Math.min(letters / wordCount, 20),
    count(text, /\d/g) / characters,
    count(text, /[A-Z]/g) / characters,
    count(text, /[!-/:-@[-`{-~]/g) / characters,
    count(text, /[^\p{ASCII}]/gu) / characters,
    logarithm(count(text, /\?/g)),
    logarithm(count(text, CODE_MARKS)),
    logarithm(count(text, MATH_MARKS)),
    Math.min(count(text, OPTION_LETTERS), 10) / 10,
    logarithm(count(text, NEGATIONS)),
    logarithm(count(text, STEPS)),
    logarithm(count(text, PLACEHOLDERS)),
    ...QUESTION_WORDS.map((word) => (new RegExp(`\\b${word}\\b`).test(lastSentence || lower.slice(0, 200)) ? 1 : 0)),
    ...Object.values(LANGUAGE_WORDS).map((pattern) => Math.min(count(text, pattern) / wordCount, 0.5)),
  ]);
}
