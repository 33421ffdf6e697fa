import { describe, expect, it } from 'vitest';
import { type Delivery, type Letter, openOutbox } from './outbox.ts';

/** A server that answers as told, and a clock that stands still until the test lets a pause end. */
function world(answers: Delivery[] = [], kept: string | null = null) {
  const sent: Letter[] = [];
  const refused: string[] = [];
  const pauses: (() => void)[] = [];
  let stored = kept;
  let waiting = -1;
  const outbox = openOutbox({
    kept,
    keep: (letters) => {
      stored = letters;
    },
    send: async (letter) => {
      sent.push(letter);
      return answers.shift() ?? { kind: 'gone' };
    },
    wait: () => new Promise<void>((resolve) => pauses.push(resolve)),
    onChange: (count) => {
      waiting = count;
    },
    onRefused: (_, message) => refused.push(message),
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { outbox, sent, refused, pauses, stored: () => stored, waiting: () => waiting, settle };
}

const draft = (itemId: string, revision: number): Letter => ({ itemId, kind: 'draft', body: { revision } });

describe('the outbox', () => {
  it('delivers in order and forgets what was delivered', async () => {
    const { outbox, sent, settle, stored } = world();
    outbox.post(draft('a', 1));
    outbox.post({ itemId: 'a', kind: 'submit', body: {} });
    await settle();
    expect(sent.map(({ kind }) => kind)).toEqual(['draft', 'submit']);
    expect(stored()).toBe('[]');
  });
  it('keeps everything while nobody answers and sends it once somebody does', async () => {
    const { outbox, sent, settle, pauses, waiting, stored } = world([{ kind: 'later' }, { kind: 'later' }]);
    outbox.post({ itemId: 'a', kind: 'submit', body: 1 });
    outbox.post({ itemId: 'b', kind: 'submit', body: 2 });
    await settle();
    expect(JSON.parse(stored() ?? '')).toHaveLength(2);
    pauses.shift()?.();
    await settle();
    outbox.retry();
    await settle();
    expect(waiting()).toBe(0);
    expect(sent.map(({ itemId }) => itemId)).toEqual(['a', 'a', 'a', 'b']);
  });
  it('sends only the last of the drafts that wait, and none of an item that was submitted', async () => {
    const { outbox, sent, settle } = world([{ kind: 'later' }]);
    outbox.post(draft('x', 0));
    for (const revision of [1, 2, 3]) outbox.post(draft('a', revision));
    outbox.post(draft('b', 1));
    outbox.post({ itemId: 'b', kind: 'submit', body: {} });
    await settle();
    outbox.retry();
    await settle();
    expect(sent.map(({ itemId, kind, body }) => [itemId, kind, body])).toEqual([
      ['x', 'draft', { revision: 0 }],
      ['x', 'draft', { revision: 0 }],
      ['a', 'draft', { revision: 3 }],
      ['b', 'submit', {}],
    ]);
  });
  it('goes on after a reload with what was kept', async () => {
    const { outbox, sent, settle } = world([], JSON.stringify([draft('a', 7), 'nonsense']));
    outbox.retry();
    await settle();
    expect(sent).toEqual([draft('a', 7)]);
  });
  it('reads nothing into what somebody else wrote there', () => {
    expect(world([], '{"not": [').outbox.waiting()).toEqual([]);
  });
  it('says what the server will never take, and goes on', async () => {
    const { outbox, refused, sent, settle } = world([{ kind: 'refused', message: 'the batch is closed' }]);
    outbox.post({ itemId: 'a', kind: 'submit', body: {} });
    outbox.post({ itemId: 'b', kind: 'submit', body: {} });
    await settle();
    expect(refused).toEqual(['the batch is closed']);
    expect(sent).toHaveLength(2);
  });
  it('takes back what waits, not what is on its way', async () => {
    const { outbox, settle, pauses } = world([{ kind: 'later' }]);
    outbox.post({ itemId: 'a', kind: 'submit', body: {} });
    outbox.post({ itemId: 'b', kind: 'submit', body: {} });
    await settle();
    expect(outbox.takeBack('b', 'submit')).toBe(true);
    expect(outbox.takeBack('a', 'submit')).toBe(false);
    pauses.shift()?.();
    await settle();
    expect(outbox.waiting()).toEqual([]);
  });
});
