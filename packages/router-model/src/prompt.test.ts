import { type ChatRequest, chatRequestSchema } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptOf } from './prompt.ts';

const request = (messages: unknown[], rest: object = {}): ChatRequest =>
  chatRequestSchema.parse({ model: 'auto', messages, ...rest });

describe('promptOf', () => {
  it('takes the last user text and the head of the first system text', () => {
    const prompt = promptOf(
      request([
        { role: 'system', content: `Be terse. ${'x'.repeat(1_000)}` },
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'answer' },
        { role: 'user', content: [{ type: 'text', text: 'second' }] },
      ]),
    );
    expect(prompt.text).toBe('second');
    expect(prompt.system).toHaveLength(300);
    expect(prompt.system.startsWith('Be terse.')).toBe(true);
    expect(prompt.messageCount).toBe(4);
    expect(prompt.characters).toBe(1_010 + 5 + 6 + 6);
  });

  it('counts tools and images', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
    const tool = { type: 'function', function: { name: 'look' } };
    const prompt = promptOf(
      request([{ role: 'user', content: [image, image, { type: 'text', text: 'which?' }] }], { tools: [tool] }),
    );
    expect(prompt).toMatchObject({ text: 'which?', imageCount: 2, toolCount: 1 });
  });

  it('keeps head and tail of a long text and remembers its length', () => {
    const prompt = promptOf(request([{ role: 'user', content: `head${'-'.repeat(1_000_000)}tail` }]));
    expect(prompt.text.startsWith('head')).toBe(true);
    expect(prompt.text.endsWith('tail')).toBe(true);
    expect(prompt.text.length).toBeLessThan(3_100);
    expect(prompt.characters).toBe(1_000_008);
  });

  it('is empty, not an error, when no user spoke', () => {
    expect(promptOf(request([{ role: 'assistant', content: null }])).text).toBe('');
  });

  it('never exceeds its bounds, whatever the parts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4_000 }), { minLength: 1, maxLength: 8 }), (texts) => {
        const prompt = promptOf(request([{ role: 'user', content: texts.map((text) => ({ type: 'text', text })) }]));
        expect(prompt.text.length).toBeLessThanOrEqual(3_010);
        expect(prompt.characters).toBe(texts.reduce((sum, text) => sum + text.length, 0));
      }),
    );
  });
});
