import type { Dimension } from '@pointsman/contracts';
import type { GoldRatings, NewBatch, NewQueueItem } from '@pointsman/db';

/** A reply that a batch may be made of. */
export type CollectedItem = Omit<NewQueueItem, 'band'> & {
  /** The judge's score in steps of people's scale, where there is one. */
  predicted: Partial<Record<Dimension, number>>;
};

/** What a source gives: replies to rate, replies with known ratings, and the cases that are published nowhere. */
export type Collected = {
  items: CollectedItem[];
  gold: (CollectedItem & { gold: GoldRatings })[];
  cases: NewBatch['cases'];
};
