import { describe, expect, test } from 'vitest';
import { createBehaviourScript } from './behaviours.ts';

const request = { model: 'gpt-4o-mini', format: 'openai' as const, stream: false };

describe('createBehaviourScript', () => {
  test('uses a behaviour as often as it says and then the next one', () => {
    const script = createBehaviourScript();
    script.add({ reply: 'first', times: 2 });
    script.add({ reply: 'second' });
    const replies = [1, 2, 3, 4].map(() => script.take(request)?.reply);
    expect(replies).toEqual(['first', 'first', 'second', 'second']);
  });

  test('leaves a behaviour alone that is meant for another model, format or kind of reply', () => {
    const script = createBehaviourScript();
    script.add({ match: { model: 'other' }, reply: 'a', times: 1 });
    script.add({ match: { format: 'mistral' }, reply: 'b', times: 1 });
    script.add({ match: { stream: true }, reply: 'c', times: 1 });
    expect(script.take(request)).toBeUndefined();
    expect(script.take({ ...request, model: 'other' })?.reply).toBe('a');
    expect(script.take({ ...request, format: 'mistral' })?.reply).toBe('b');
    expect(script.take({ ...request, stream: true })?.reply).toBe('c');
    expect(script.isEmpty()).toBe(true);
  });

  test('forgets everything when cleared', () => {
    const script = createBehaviourScript();
    script.add({ reply: 'never' });
    script.clear();
    expect(script.take(request)).toBeUndefined();
  });
});
