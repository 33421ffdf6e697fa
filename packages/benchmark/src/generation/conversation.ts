import type { Message } from '@pointsman/contracts';
import type { Scene } from './scene.ts';

/** Turns of a user with short replies between them, the last one unanswered; sometimes under a system message. `reply` answers the turn of that index. */
export function conversation(scene: Scene, turns: readonly string[], reply: (turn: number) => string): Message[] {
  const messages = turns.flatMap((content, index): Message[] => [
    ...(index === 0 ? [] : [{ role: 'assistant' as const, content: reply(index - 1) }]),
    { role: 'user', content },
  ]);
  if (scene.chance(0.5)) return messages;
  const content = scene.say({
    en: [
      `You are the assistant of ${scene.organisation}. Keep track of what is said.`,
      `You work with the ${scene.team} team. Be brief and exact.`,
    ],
    fr: [
      `Vous êtes l'assistant de la maison (${scene.organisation}). Gardez le fil de la conversation.`,
      `Vous travaillez avec l'équipe ${scene.team}. Soyez bref et exact.`,
    ],
  });
  return [{ role: 'system', content }, ...messages];
}
