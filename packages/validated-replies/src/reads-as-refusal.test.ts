import { expect, it } from 'vitest';
import { readsAsRefusal } from './reads-as-refusal.ts';

it.each([
  "I'm sorry, but I can't help with that.",
  'I’m unable to assist with this request.',
  'Sorry, no.',
  'I cannot evaluate this content.',
  'Désolé, je ne peux pas répondre à cette demande.',
  'Je ne peux pas évaluer ce texte.',
])('takes %j for a refusal', (text) => {
  expect(readsAsRefusal(text)).toBe(true);
});

it.each([
  'I would give it an A: it says sorry where it should.',
  'La réponse est bonne.',
  `I cannot say it is perfect. ${'The reply covers one more point. '.repeat(30)}`,
])('takes %j for an answer', (text) => {
  expect(readsAsRefusal(text)).toBe(false);
});
