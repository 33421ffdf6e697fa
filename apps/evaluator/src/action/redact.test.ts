import { expect, it } from 'vitest';
import { createRedact } from './redact.ts';

it('hides secrets by the names of their variables, passwords of addresses by themselves too', () => {
  const redact = createRedact({
    OPENAI_API_KEY: 'sk-abc12345',
    MISTRAL_API_KEY: 'sk-abc12345-longer',
    REDIS_URL: 'redis://:p%40ss%2Fword@cache:6379',
    GITHUB_API_URL: 'https://api.github.com',
    INPUT_COMMENT_ID: 'gate-of-the-shop',
  });
  expect(
    redact('sk-abc12345-longer and sk-abc12345 on redis://:p%40ss%2Fword@cache:6379: p@ss/word, p%40ss%2Fword'),
  ).toBe('*** and *** on ***: ***, ***');
  expect(redact('https://api.github.com gate-of-the-shop')).toBe('https://api.github.com gate-of-the-shop');
});

it('leaves words alone that are too short to be a secret', () => {
  expect(createRedact({ A_TOKEN: 'pass', B_KEY: '' })('a pass')).toBe('a pass');
});
