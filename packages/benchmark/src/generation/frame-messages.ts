import type { Message } from '@pointsman/contracts';
import type { Scene } from './scene.ts';

/** What a message is put together from. */
export type MessageParts = {
  /** What is wanted. */
  request: string;
  /** What it is wanted of: a table, a document, a message. */
  data?: string | undefined;
  /** How to answer. */
  format: string;
};

/**
 * The messages of a case: with or without a word about who asks, the material before or after the request, the form of the answer
 * at the end or in a system message. Cases of one template look different and ask the same.
 */
export function frameMessages(scene: Scene, { request, data, format }: MessageParts): Message[] {
  const shape = scene.pick(['bare', 'introduced', 'introduced', 'material first', 'system'] as const);
  const paragraphs = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join('\n\n');
  const user = (content: string): Message => ({ role: 'user', content });
  switch (shape) {
    case 'bare':
      return [user(paragraphs(request, data, format))];
    case 'introduced':
      return [user(paragraphs(`${introduction(scene)} ${request}`, data, format))];
    case 'material first':
      return [user(data === undefined ? paragraphs(request, format) : paragraphs(data, `${request} ${format}`))];
    case 'system':
      return [{ role: 'system', content: `${assignment(scene)} ${format}` }, user(paragraphs(request, data))];
  }
}

/** A sentence on who asks. */
function introduction(scene: Scene): string {
  const { organisation, role, team } = scene;
  const site = scene.pick(scene.pool(scene.setting.sites));
  return scene.say({
    en: [
      `I am ${role} at ${organisation}.`,
      `This is for the ${team} team at ${organisation}.`,
      `Hello, I work as ${role} (${organisation}, ${site}).`,
      `Context: ${organisation}, ${site}.`,
      `A colleague from the ${team} team asked me this.`,
      `We are preparing the weekly review at ${organisation}.`,
      'Quick question before my next meeting.',
      `As ${role} I need a reliable answer here.`,
    ],
    fr: [
      `Je suis ${role} (${organisation}).`,
      `C'est pour l'équipe ${team} (${organisation}).`,
      `Bonjour, je travaille comme ${role} (${organisation}, ${site}).`,
      `Contexte : ${organisation}, ${site}.`,
      `Un collègue de l'équipe ${team} m'a posé la question.`,
      `Nous préparons le point hebdomadaire (${organisation}).`,
      'Petite question avant ma prochaine réunion.',
      `En tant que ${role}, il me faut une réponse fiable.`,
    ],
  });
}

/** What a system message says that the model is there for. */
function assignment(scene: Scene): string {
  const { organisation, team } = scene;
  return scene.say({
    en: [
      `You are the assistant of ${organisation}.`,
      `You work for the ${team} team at ${organisation}. Be exact.`,
      `You help the staff of ${organisation} with their daily work.`,
      'You are a careful office assistant.',
    ],
    fr: [
      `Tu es l'assistant de la maison (${organisation}).`,
      `Vous travaillez pour l'équipe ${team} (${organisation}). Soyez précis.`,
      `Vous aidez le personnel au quotidien (${organisation}).`,
      'Vous êtes un assistant de bureau rigoureux.',
    ],
  });
}
