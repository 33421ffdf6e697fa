import { createHash } from 'node:crypto';
import { type BenchmarkCase, DIMENSIONS, type Dimension } from '@pointsman/contracts';
import type { EmulatedQuestion } from '@pointsman/provider-emulator';

/** How good an emulated contestant is: shares of cases, each in [0, 1]. */
export type Ability = {
  /** Cases answered as the reference answers them. */
  right: number;
  /** Of those, where it leaves out the last part of a longer answer. */
  cut(subject: BenchmarkCase): number;
};

/** A number in [0, 1) that depends on nothing but the parts. */
export function chance(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(parts.join('\u0000')).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * A world without language models: contestants answer with the case's reference, cut short or wrong by a plan, and the
 * judge rates how much of the reference a reply holds, with noise of its own from sample to sample. What is planted is
 * known, so that a report can be held against it.
 */
export function emulatedWorld(cases: readonly BenchmarkCase[], abilities: Readonly<Record<string, Ability>>) {
  const models = Object.keys(abilities);
  const byPrompt = new Map(cases.map((subject) => [lastUserText(subject), subject]));
  return {
    /** Undefined for a question that belongs to no case: the emulator then answers by itself. */
    respond(question: EmulatedQuestion): string | undefined {
      if (question.schema !== undefined) return rate(question, question.schema);
      const ability = abilities[question.model];
      const subject = byPrompt.get(question.prompt);
      if (ability === undefined || subject === undefined) return undefined;
      // Asked again it answers anew, as a model does.
      const text = answer(subject, ability, `${question.model} ${question.occurrence}`);
      // No two models write the same to the letter; spaces at the end change nothing but that.
      return text + ' '.repeat(question.occurrence * models.length + models.indexOf(question.model));
    },
  };
}

const lastUserText = ({ messages }: BenchmarkCase): string => {
  const last = messages.findLast(({ role }) => role === 'user');
  return typeof last?.content === 'string' ? last.content : '';
};

const UNSURE = { en: 'I am not sure about this one, sorry.', fr: 'Je ne suis pas certain de la réponse, désolé.' };

function answer(subject: BenchmarkCase, { right, cut }: Ability, who: string): string {
  const reference = subject.reference ?? UNSURE.en;
  if (chance('right', who, subject.id) >= right) return subject.language === 'fr' ? UNSURE.fr : UNSURE.en;
  const sentences = reference.split(/(?<=[.!?])\s+/);
  if (sentences.length < 3 || chance('cut', who, subject.id) >= cut(subject)) return reference;
  return sentences.slice(0, Math.ceil(sentences.length * KEPT)).join(' ');
}

/** Of a longer answer's sentences. */
const KEPT = 0.6;

/** The judge reads what it is shown, no more: the reference where there is one, and the reply. */
function rate({ prompt, occurrence }: EmulatedQuestion, schema: Readonly<Record<string, unknown>>): string {
  const asked = DIMENSIONS.filter((dimension) => dimension in Object(schema.properties));
  const [reference, reply] = [shown(prompt, 'REFERENCE'), shown(prompt, 'REPLY') ?? ''];
  const held = reference === undefined ? Math.min(1, reply.length / 120) : overlap(reference, reply);
  return JSON.stringify(
    Object.fromEntries(
      asked.map((dimension) => {
        // Of this question alone: noise that several cases shared would look like a difference between contestants.
        const noise = gaussian(chance(prompt, dimension, occurrence, 1), chance(prompt, dimension, occurrence, 2));
        const choice = letterOf(latent(dimension, held) + JUDGE_NOISE * noise);
        return [dimension, { explanation: `The reply holds ${Math.round(held * 100)} % of what was wanted.`, choice }];
      }),
    ),
  );
}

const JUDGE_NOISE = 0.12;
const LETTERS = ['A', 'B', 'C', 'D', 'E'] as const;

const letterOf = (score: number): string => LETTERS[Math.min(4, Math.max(0, Math.round((1 - score) * 4)))] ?? 'E';

function latent(dimension: Dimension, held: number): number {
  if (dimension === 'factual_accuracy' || dimension === 'completeness') return held;
  if (dimension === 'relevance') return 0.4 + 0.6 * held;
  return dimension === 'safety' ? 1 : 0.9;
}

/** The text between the marks of a name; the prompt's first mark is the genuine one. */
function shown(prompt: string, name: string): string | undefined {
  const mark = /<<<[A-Z]+ ([0-9a-f]{12})\n/.exec(prompt)?.[1];
  return new RegExp(`<<<${name} ${mark}\n([^]*)\n${mark} ${name}>>>`).exec(prompt)?.[1];
}

function overlap(reference: string, reply: string): number {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const wanted = new Set(words(reference));
  const given = new Set(words(reply));
  return wanted.size === 0 ? 1 : [...wanted].filter((word) => given.has(word)).length / wanted.size;
}

/** Box and Muller. */
const gaussian = (u: number, v: number) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
