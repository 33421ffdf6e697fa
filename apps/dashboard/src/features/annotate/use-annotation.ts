import type {
  AnnotationDraft,
  AnnotationGuide,
  AnnotationItem,
  AnnotationWork,
  SkipReason,
} from '@pointsman/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { requestJson } from '../../api/index.ts';
import type { Outbox } from './outbox.ts';
import { type RatingAction, rate } from './rating-state.ts';
import { useOutbox } from './use-outbox.ts';
import {
  changeFirst,
  EMPTY_QUEUE,
  endFirst,
  type HeldItem,
  putBack,
  reopened,
  take,
  type WorkQueue,
} from './work-queue.ts';

/** Held at once: the one on the screen and those that come after it, so that no network stands between two. */
const HELD = 6;
const REFILL_BELOW = 4;
const LOOK_AGAIN_MS = 15_000;
/** Whoever does nothing for longer has left the desk. */
const LONGEST_THOUGHT_MS = 120_000;

const draftOf = ({ revision, rating, activeMs }: Omit<HeldItem, 'item'>): AnnotationDraft => ({
  revision,
  answers: rating.answers,
  activeMs,
});

/** What the rater holds, refilled before it runs out. */
function useWork(outbox: Outbox) {
  const [queue, setQueue] = useState<WorkQueue>(EMPTY_QUEUE);
  const [guides, setGuides] = useState<Record<string, AnnotationGuide>>({});
  const [looked, setLooked] = useState(false);
  const refill = useCallback(async () => {
    const work = await requestJson<AnnotationWork>('POST', '/annotation/next', { body: { count: HELD } });
    setGuides((known) => ({ ...known, ...Object.fromEntries(work.batches.map((guide) => [guide.id, guide])) }));
    setQueue((now) => take(now, work.items, outbox.waiting()));
    setLooked(true);
  }, [outbox]);
  const missing = Math.max(0, REFILL_BELOW - queue.held.length);
  useEffect(() => {
    if (missing === 0) return;
    // Offline there is nothing to get: the timer asks again.
    const look = () => void refill().catch(() => undefined);
    look();
    const timer = window.setInterval(look, LOOK_AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [missing, refill]);
  return { queue, setQueue, guides, looked };
}

/** Everything the rating page does: what is on the screen, and what a key changes. */
export function useAnnotation() {
  const { outbox, state: outboxState } = useOutbox();
  const { queue, setQueue, guides, looked } = useWork(outbox);
  const lastActMs = useRef(performance.now());
  const current = queue.held[0];

  /** The first item, changed now: the next revision, with the time spent on it, pauses left out. */
  const changed = (held: HeldItem, rating = held.rating): HeldItem => {
    const now = performance.now();
    const spentMs = Math.min(now - lastActMs.current, LONGEST_THOUGHT_MS);
    lastActMs.current = now;
    return { ...held, rating, revision: held.revision + 1, activeMs: Math.round(held.activeMs + spentMs) };
  };

  const act = (action: RatingAction) => {
    if (current === undefined) return;
    const rating = rate(current.rating, action);
    if (rating.answers === current.rating.answers) return setQueue(changeFirst(queue, { rating }));
    const next = changed(current, rating);
    setQueue(changeFirst(queue, next));
    outbox.post({ itemId: next.item.id, kind: 'draft', body: draftOf(next) });
  };

  const submit = () => {
    if (current === undefined) return;
    const next = changed(current);
    outbox.post({ itemId: next.item.id, kind: 'submit', body: draftOf(next) });
    setQueue(endFirst(changeFirst(queue, next)));
  };

  const skip = (reason: SkipReason) => {
    if (current === undefined) return;
    outbox.post({ itemId: current.item.id, kind: 'skip', body: { reason } });
    setQueue(endFirst(queue));
  };

  /** Takes back the last answer, or else the last reply. False when there is nothing. */
  const undo = async (): Promise<boolean> => {
    if (current !== undefined && current.rating.history.length > 0) {
      act({ kind: 'undo' });
      return true;
    }
    const last = queue.ended.at(-1);
    if (last === undefined) return false;
    const back =
      outbox.takeBack(last.item.id, 'submit') || outbox.takeBack(last.item.id, 'skip') ? last : await reopenLast();
    if (back !== undefined) setQueue((now) => putBack(now, back));
    return back !== undefined;
  };

  const guide = current && guides[current.item.batchId];
  return { current, guide, looked, done: queue.ended.length, outboxState, act, submit, skip, undo };
}
export type Annotation = ReturnType<typeof useAnnotation>;

async function reopenLast(): Promise<HeldItem | undefined> {
  const { item } = await requestJson<{ item?: AnnotationItem }>('POST', '/annotation/undo');
  return item && reopened(item);
}
