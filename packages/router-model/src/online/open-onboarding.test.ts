import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promptOf } from '../prompt.ts';
import { shippedArtefactDir } from '../shipped-artefact.ts';
import { type Onboarding, openOnboarding } from './open-onboarding.ts';

const texts = [
  ...Array.from({ length: 30 }, (_, n) => `What is ${n} times ${n + 7}? Show the steps of the calculation.`),
  ...Array.from(
    { length: 30 },
    (_, n) => `Write a Python function number ${n} that sorts a list of dictionaries by a key.`,
  ),
  ...Array.from(
    { length: 30 },
    (_, n) => `Résumez en deux phrases la lettre numéro ${n} d'un client mécontent de sa livraison.`,
  ),
];
const prompts = texts.map((content) => promptOf({ model: 'auto', messages: [{ role: 'user', content }] }));

let onboarding: Onboarding;
beforeAll(async () => {
  onboarding = await openOnboarding(shippedArtefactDir());
});
afterAll(() => onboarding.release());

describe('planning what a new model answers', () => {
  it('takes every case once, and different kinds first', async () => {
    const order = await onboarding.order('new/model', prompts);
    expect(order.toSorted((a, b) => a - b)).toEqual([...prompts.keys()]);
    const kinds = new Set(order.slice(0, 12).map((index) => Math.floor(index / 30)));
    expect(kinds.size).toBe(3);
  });

  it('knows a model better the more it answered', async () => {
    const answers = prompts.map((prompt, index) => ({ prompt, scores: { factual_accuracy: index % 3 === 0 ? 0 : 1 } }));
    const after = async (count: number) => onboarding.uncertainty('new/model', answers.slice(0, count));
    const [none, some, all] = [await after(0), await after(20), await after(90)];
    expect(some).toBeLessThan(none);
    expect(all).toBeLessThan(some);
    expect(all).toBeGreaterThan(0);
  });
});
