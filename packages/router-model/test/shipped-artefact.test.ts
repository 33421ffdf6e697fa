import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPredictor, type Predictor, promptOf, shippedArtefactDir } from '../src/index.ts';
import { known } from './known.ts';
import { promptFor } from './synthetic-rows.ts';

const PATIENCE_MS = 10_000;
const TRAINABLE = /^(?:mmlu_pro|routellm_|zeroeval_|llmrouter_mix$|arena_bench_v1$)/;
let predictor: Predictor;
beforeAll(async () => {
  predictor = await openPredictor({ artefactDir: shippedArtefactDir() });
});
afterAll(() => predictor.close());

async function accuracy(text: string, model: string): Promise<{ mean: number; spread: number; tokens: number }> {
  const { models } = await predictor.predict(promptFor(text), PATIENCE_MS);
  const found = models.get(model);
  if (found === undefined) throw new Error(`the artefact does not know ${model}`);
  return { ...found.scores.factual_accuracy, tokens: found.outputTokens };
}

const EASY = 'Tom has 3 apples and buys 4 more. How many apples does Tom have in total?';
const HARD =
  'Find the number of ordered triples $(a, b, c)$ of integers with $1 \\le a < b < c \\le 60$ such that $a + b + c$ is divisible by $7$.';

describe('the shipped artefact', () => {
  it('was learned only from sources whose licence allows it', () => {
    for (const { name, licence } of predictor.manifest.training.sources) {
      expect(name).toMatch(TRAINABLE);
      expect(licence).toMatch(/^(?:Apache-2\.0|MIT)$/);
    }
  });

  it('is small and knows no base models', () => {
    expect(predictor.manifest.files.graph.bytes).toBeLessThan(8_000_000);
    expect(predictor.manifest.models.length).toBeGreaterThan(80);
    for (const { name, rows } of predictor.manifest.models) {
      expect(name).not.toMatch(/-base$/);
      expect(rows).toBeGreaterThanOrEqual(100);
    }
  });

  it('tells hard from easy and strong from weak', async () => {
    for (const model of ['llama-3.1-8b-instruct', 'gpt-4o-2024-05-13'])
      expect((await accuracy(EASY, model)).mean).toBeGreaterThan((await accuracy(HARD, model)).mean + 0.1);
    for (const text of [EASY, HARD])
      expect((await accuracy(text, 'gpt-4o-2024-05-13')).mean).toBeGreaterThan(
        (await accuracy(text, 'gemma-2-2b-it')).mean,
      );
    expect((await accuracy(HARD, 'gpt-4o-2024-05-13')).tokens).toBeGreaterThan(
      (await accuracy(EASY, 'gpt-4o-2024-05-13')).tokens,
    );
  });

  it('names the kind of a school sum, and the domain and task of what people ask at work', async () => {
    expect((await predictor.predict(promptFor(EASY), PATIENCE_MS)).kind).toBe('math_gsm8k');
    const flight = 'Which visa do I need for a layover in Hanoi, and how much luggage can I take on the flight?';
    expect((await predictor.predict(promptFor(flight), PATIENCE_MS)).domain).toBe('travel');
    const summary = 'Résume en trois points le compte rendu de réunion ci-dessous.';
    expect((await predictor.predict(promptFor(summary), PATIENCE_MS)).task).toBe('summarise');
    const letter =
      'Lieber Kundendienst, mein Paket kam beschädigt an. Bitte schickt mir eine höfliche Antwort als E-Mail.';
    expect((await predictor.predict(promptFor(letter), PATIENCE_MS)).kind ?? 'none').not.toMatch(/math|mcq/);
  });

  it('was evaluated, and beats the averages over all domains', () => {
    const all = predictor.manifest.evaluation?.slices.find(({ source }) => source === 'all');
    expect(predictor.manifest.evaluation?.version).toBe(predictor.manifest.version);
    expect(known(all?.versusGlobal.logLoss).high).toBeLessThan(0);
    expect(known(all?.versusRidge.logLoss).high).toBeLessThan(0);
    expect(known(all?.versusDomain.logLoss).value).toBeLessThan(0);
  });

  it('answers whatever it is sent with finite estimates', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } } as const;
    const odd = [
      promptFor(''),
      promptFor('x'.repeat(10_000_000)),
      promptFor(String.fromCharCode(...Array.from({ length: 2_000 }, (_, n) => n % 256))),
      promptFor('\ud800 lone \udfff surrogates \ud83d'),
      promptFor('როგორ გავაკეთო ხაჭაპური სახლში?'),
      promptOf({ model: 'auto', messages: [{ role: 'user', content: [image, image] }] }),
      promptOf({ model: 'auto', messages: [] }),
    ];
    for (const prompt of odd) {
      const prediction = await predictor.predict(prompt, PATIENCE_MS);
      for (const { name } of predictor.manifest.models) {
        const estimate = prediction.models.get(name);
        for (const { mean, spread } of Object.values(estimate?.scores ?? {})) {
          expect(mean).toBeGreaterThan(0);
          expect(mean).toBeLessThan(1);
          expect(spread).toBeGreaterThan(0);
        }
        expect(estimate?.outputTokens).toBeGreaterThan(0);
      }
    }
  });

  it('knows a request unlike its data for one', async () => {
    const usual = await predictor.predict(promptFor(EASY), PATIENCE_MS);
    const strange = await predictor.predict(promptFor('}{ ๏๏๏ 0x00 ~~ ⍾⍾ §§ ▓▓▓ '.repeat(20)), PATIENCE_MS);
    expect(usual.familiarity).toBeGreaterThan(0.9);
    expect(strange.familiarity).toBeLessThan(0.2);
  });

  it('answers a megabyte of text within bounds', async () => {
    const huge = promptOf({
      model: 'auto',
      messages: [
        { role: 'system', content: 'You are helpful. '.repeat(10_000) },
        { role: 'user', content: 'What is this about? '.repeat(50_000) },
      ],
    });
    const started = performance.now();
    await predictor.predict(huge, PATIENCE_MS);
    // Measured at about a millisecond; unbounded it would take seconds.
    expect(performance.now() - started).toBeLessThan(200);
  });
});
