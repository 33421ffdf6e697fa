import type {
  AnnotationAnswers,
  BatchSource,
  BatchState,
  Dimension,
  Domain,
  RaterPlan,
  SkipReason,
  Task,
} from '@pointsman/contracts';

/** What a rater sees of an item. */
export type QueueContent = {
  messages: { role: string; text: string }[];
  reference?: string | undefined;
  reply: string;
  language?: string | undefined;
  domain?: Domain | undefined;
  task?: Task | undefined;
};

/** Known ratings of a gold item. */
export type GoldRatings = Partial<Record<Dimension, number>>;

export type NewQueueItem = {
  /** Items of a lower band are given first. */
  band: number;
  caseId: string;
  /** Undefined where no case can be made of it: its ratings stay in the queue. */
  caseHash: string | undefined;
  replyHash: string;
  model: string;
  gold: GoldRatings | undefined;
  content: QueueContent;
  /** The decision that was sampled, of an item taken from production. */
  sampleId: string | undefined;
};

export type BatchOrigin = { kind: BatchSource['kind']; runId?: string | undefined; clientId?: string | undefined };

export type BatchSettings = {
  title: string;
  guidelines: string;
  source: BatchOrigin;
  plans: RaterPlan[];
  targetCeiling: number;
  goldShare: number;
  reservationMinutes: number;
  disagreement: number;
  createdBy: string;
};

export type NewBatch = BatchSettings & {
  /** Inserted in this order, which ids then tell: it should be random. */
  items: readonly NewQueueItem[];
  /** Those of the items' cases that no benchmark has published. */
  cases: readonly { hash: string; body: unknown; sampleId: string | undefined }[];
};

export type StoredBatch = BatchSettings & {
  id: string;
  state: BatchState;
  /** The most raters that any dimension wants. */
  raters: number;
  createdAt: string;
};

export type BatchCounts = {
  items: number;
  gold: number;
  rated: number;
  ratings: number;
  held: number;
  disputed: number;
  adjudicated: number;
  skips: Partial<Record<SkipReason, number>>;
};

/** What a rater said of an item, or has saved so far. */
export type SavedAnswers = {
  revision: number;
  answers: AnnotationAnswers;
  comment?: string | undefined;
  activeMs?: number | undefined;
};

/** An item that a rater holds. */
export type HeldItem = {
  id: string;
  batchId: string;
  caseId: string;
  dimensions: Dimension[];
  content: QueueContent;
  reservedUntil: string;
  /** Absent when nothing was saved yet. */
  saved: SavedAnswers | undefined;
};

/** An item as it waits to be given to somebody. */
export type Candidate = { id: string; caseId: string; isGold: boolean };

/** What can be given to one rater out of one batch. */
export type Candidates = {
  /** Each kind in the order in which to give them; no more than are needed to choose. */
  regular: Candidate[];
  gold: Candidate[];
  /** About how many there are of each kind. */
  regularLeft: number;
  goldLeft: number;
  /** How many this rater was given so far. */
  regularGiven: number;
  goldGiven: number;
  /** The case of the item that this rater was given last. */
  lastCaseId: string | undefined;
};
