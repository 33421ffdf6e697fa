import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lifelikePace } from './lifelike-pace.ts';

test('small models are on average faster than large ones', () => {
  const prompts = Array.from({ length: 50 }, (_, index) => `prompt ${index}`);
  const mean = (model: string) =>
    prompts.reduce((sum, prompt) => sum + lifelikePace(model, prompt).firstTokenMs, 0) / prompts.length;
  expect(mean('gpt-4o-mini')).toBeLessThan(mean('gpt-4o'));
  expect(mean('gpt-4o')).toBeLessThan(mean('claude-opus-4-8'));
});

test('a model takes the same time for the same prompt, between 100 ms and 1.5 s', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (model, prompt) => {
      const pace = lifelikePace(model, prompt);
      expect(pace).toEqual(lifelikePace(model, prompt));
      expect(pace.firstTokenMs).toBeGreaterThan(100);
      expect(pace.firstTokenMs).toBeLessThan(1500);
    }),
  );
});
