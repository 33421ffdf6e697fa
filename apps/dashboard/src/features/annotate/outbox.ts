/** Something the server has to be told, kept until it was. */
export type Letter = {
  /** Letters of one item and kind replace each other: only the last draft counts. */
  itemId: string;
  kind: 'draft' | 'submit' | 'skip';
  body: unknown;
};

/** `gone`: the server knows it or will never take it; `later`: nobody answered, or not in order. */
export type Delivery = { kind: 'gone' } | { kind: 'refused'; message: string } | { kind: 'later' };

export type OutboxOptions = {
  /** What waited when the page was left; null: nothing. */
  kept: string | null;
  /** Makes what waits survive a reload, where it can. */
  keep(letters: string): void;
  send(letter: Letter): Promise<Delivery>;
  wait(ms: number): Promise<void>;
  onChange(waiting: number, offline: boolean): void;
  onRefused(letter: Letter, message: string): void;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

const isLetter = (value: unknown): value is Letter =>
  typeof value === 'object' && value !== null && 'itemId' in value && 'kind' in value && 'body' in value;

function readLetters(text: string | null): Letter[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isLetter) : [];
  } catch {
    // Written by somebody else, or cut off: nothing of ours to read in it.
    return [];
  }
}

/** Replaces the letter that this one makes superfluous, if it waits; else appends it. */
function withLetter(letters: readonly Letter[], letter: Letter): Letter[] {
  // What ends an item makes its drafts superfluous; two of one kind are one.
  const kept = letters.filter(
    (old) =>
      old.itemId !== letter.itemId || (old.kind !== letter.kind && !(old.kind === 'draft' && letter.kind !== 'draft')),
  );
  return [...kept, letter];
}

/**
 * Sends letters in order, one at a time, again and again until each is delivered; what waits survives a reload.
 */
export function openOutbox(options: OutboxOptions) {
  let letters = readLetters(options.kept);
  let sending = false;
  let offline = false;
  let wake: (() => void) | undefined;

  const changed = () => {
    options.keep(JSON.stringify(letters));
    options.onChange(letters.length, offline);
  };

  const deliver = async () => {
    if (sending) return;
    sending = true;
    let pauseMs = FIRST_PAUSE_MS;
    for (let letter = letters[0]; letter !== undefined; letter = letters[0]) {
      const current = letter;
      const delivery = await options.send(current);
      offline = delivery.kind === 'later';
      if (delivery.kind === 'later') {
        options.onChange(letters.length, true);
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([options.wait(pauseMs), woken]);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        continue;
      }
      pauseMs = FIRST_PAUSE_MS;
      if (delivery.kind === 'refused') options.onRefused(current, delivery.message);
      // A newer letter may have taken its place meanwhile: that one is still to be sent.
      letters = letters.filter((waiting) => waiting !== current);
      changed();
    }
    sending = false;
  };

  return {
    /** What waits, oldest first: after a reload newer than what the server says. */
    waiting: (): readonly Letter[] => letters,
    post(letter: Letter): void {
      letters = withLetter(letters, letter);
      changed();
      void deliver();
    },
    /** Takes back a letter that was not delivered yet; false when it is too late. */
    takeBack(itemId: string, kind: Letter['kind']): boolean {
      const kept = letters.filter((letter) => letter.itemId !== itemId || letter.kind !== kind);
      const found = kept.length < letters.length && !(sending && letters[0]?.itemId === itemId);
      if (found) {
        letters = kept;
        changed();
      }
      return found;
    },
    /** The network is back, or the page was opened: try at once. */
    retry(): void {
      wake?.();
      void deliver();
    },
  };
}
export type Outbox = ReturnType<typeof openOutbox>;
