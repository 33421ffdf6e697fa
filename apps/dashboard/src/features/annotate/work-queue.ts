import type { AnnotationDraft, AnnotationItem } from '@pointsman/contracts';
import type { Letter } from './outbox.ts';
import { type RatingState, startRating } from './rating-state.ts';

/** An item on this side of the wire: with what was said of it here, which may be newer than what the server knows. */
export type HeldItem = { item: AnnotationItem; rating: RatingState; revision: number; activeMs: number };

/** What the rater holds; the first is on the screen, the others are there already when it is done. */
export type WorkQueue = {
  held: readonly HeldItem[];
  /** Submitted or skipped here, oldest first: whatever the server still says of them. */
  ended: readonly HeldItem[];
};

export const EMPTY_QUEUE: WorkQueue = { held: [], ended: [] };

function hold(item: AnnotationItem, letters: readonly Letter[]): HeldItem {
  const kept = letters.find(({ itemId, kind }) => itemId === item.id && kind === 'draft')?.body as
    | AnnotationDraft
    | undefined;
  const drafts = [item.draft, kept].filter((draft) => draft !== undefined);
  const newest = drafts.toSorted((a, b) => b.revision - a.revision)[0];
  return {
    item,
    rating: startRating(item.dimensions, newest?.answers),
    revision: newest?.revision ?? 0,
    activeMs: newest?.activeMs ?? 0,
  };
}

/** Appends what the server reserved and is not here yet. `letters`: what waits to be sent, from before a reload. */
export function take(queue: WorkQueue, items: readonly AnnotationItem[], letters: readonly Letter[]): WorkQueue {
  const known = new Set([...queue.held, ...queue.ended].map(({ item }) => item.id));
  const ending = new Set(letters.filter(({ kind }) => kind !== 'draft').map(({ itemId }) => itemId));
  const fresh = items.filter(({ id }) => !known.has(id) && !ending.has(id));
  return fresh.length === 0 ? queue : { ...queue, held: [...queue.held, ...fresh.map((item) => hold(item, letters))] };
}

/** The first item with this rating instead. */
export function changeFirst(queue: WorkQueue, change: Partial<HeldItem>): WorkQueue {
  const [first, ...others] = queue.held;
  return first === undefined ? queue : { ...queue, held: [{ ...first, ...change }, ...others] };
}

/** The first item is done: the next one is on the screen. */
export function endFirst(queue: WorkQueue): WorkQueue {
  const [first, ...others] = queue.held;
  return first === undefined ? queue : { held: others, ended: [...queue.ended, first] };
}

/** An item comes back to the screen: the one that ended last, or the one the server reopened. */
export function putBack(queue: WorkQueue, back: HeldItem): WorkQueue {
  return {
    held: [back, ...queue.held.filter(({ item }) => item.id !== back.item.id)],
    ended: queue.ended.filter(({ item }) => item.id !== back.item.id),
  };
}

/** An item as the server reopened it, rated as it was. */
export const reopened = (item: AnnotationItem): HeldItem => hold(item, []);
