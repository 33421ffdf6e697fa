-- The annotation queue: batches of replies, who rates which until when, what they said, and what a third person decided.

CREATE TABLE annotation_batches (
  id text PRIMARY KEY DEFAULT new_id('abt'),
  title text NOT NULL,
  guidelines text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paused', 'closed', 'withdrawn')),
  source jsonb NOT NULL,
  -- One for each dimension, in the usual order: raters wanted, and why so many.
  plans jsonb NOT NULL,
  -- The most of them: an item with so many submissions has every rating that is wanted.
  raters smallint NOT NULL CHECK (raters > 0),
  target_ceiling double precision NOT NULL,
  gold_share double precision NOT NULL CHECK (gold_share BETWEEN 0 AND 1),
  reservation_minutes integer NOT NULL CHECK (reservation_minutes > 0),
  disagreement smallint NOT NULL CHECK (disagreement > 0),
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL
);

-- Replies to rate. Ids tell the order of insertion, so a batch's items are inserted in random order.
CREATE TABLE annotation_items (
  id text PRIMARY KEY DEFAULT new_id('ait'),
  batch_id text NOT NULL REFERENCES annotation_batches (id) ON DELETE CASCADE,
  -- Items of a lower band go first: they shrink the intervals more.
  band integer NOT NULL,
  case_id text NOT NULL,
  -- Null where no case can be made of it: its ratings stay in the queue.
  case_hash text CHECK (case_hash ~ '^[0-9a-f]{64}$'),
  reply_hash text NOT NULL CHECK (reply_hash ~ '^[0-9a-f]{64}$'),
  -- Who wrote it; raters never see it.
  model text NOT NULL,
  -- Known ratings by dimension, of an item that is there to check raters by; raters never see that it is one.
  gold jsonb,
  -- What a rater sees. Null once the sample it was taken from is erased.
  content jsonb,
  sample_id uuid,
  -- Both follow from the assignments, and change with them under a lock of this row.
  submitted integer NOT NULL DEFAULT 0,
  disputed text[] NOT NULL DEFAULT '{}',
  UNIQUE (batch_id, case_id, reply_hash)
);
CREATE INDEX annotation_items_sample ON annotation_items (sample_id) WHERE sample_id IS NOT NULL;
CREATE INDEX annotation_items_disputed ON annotation_items (batch_id) WHERE disputed <> '{}';

CREATE SEQUENCE annotation_turns;

-- One item given to one rater: held until a time, then submitted or skipped. Held beyond that time it is free for others,
-- but what was saved of it stays.
CREATE TABLE annotation_assignments (
  item_id text NOT NULL REFERENCES annotation_items (id) ON DELETE CASCADE,
  rater text NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'submitted', 'skipped')),
  dimensions text[] NOT NULL,
  -- The order in which a rater was given items.
  turn bigint NOT NULL DEFAULT nextval('annotation_turns'),
  reserved_until timestamptz(3) NOT NULL,
  -- Counted by the rater's page; 0: nothing was saved yet.
  revision integer NOT NULL DEFAULT 0,
  answers jsonb NOT NULL DEFAULT '{}',
  comment text,
  active_ms integer,
  skip_reason text,
  skip_note text,
  imported boolean NOT NULL DEFAULT false,
  finished_at timestamptz(3),
  PRIMARY KEY (item_id, rater),
  CHECK ((state = 'held') = (finished_at IS NULL)),
  CHECK ((state = 'skipped') = (skip_reason IS NOT NULL))
);
CREATE INDEX annotation_assignments_held ON annotation_assignments (rater) WHERE state = 'held';
CREATE INDEX annotation_assignments_finished ON annotation_assignments (rater, finished_at);

-- An item whose raters disagreed, given to a third person.
CREATE TABLE annotation_decisions (
  item_id text NOT NULL REFERENCES annotation_items (id) ON DELETE CASCADE,
  adjudicator text NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'decided', 'skipped')),
  reserved_until timestamptz(3) NOT NULL,
  ratings jsonb NOT NULL DEFAULT '{}',
  note text,
  decided_at timestamptz(3),
  PRIMARY KEY (item_id, adjudicator)
);
CREATE UNIQUE INDEX annotation_decisions_one ON annotation_decisions (item_id) WHERE state = 'decided';

-- Cases that people rated replies to and that no benchmark has published: of samples and of files.
CREATE TABLE annotation_cases (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  body jsonb NOT NULL,
  sample_id uuid
);
CREATE INDEX annotation_cases_sample ON annotation_cases (sample_id) WHERE sample_id IS NOT NULL;

-- Forgets every text that came from samples that are no more. Ratings are numbers: they stay for raters' agreement.
CREATE FUNCTION forget_annotated_samples() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM annotated_replies r USING annotation_items i, erased e
    WHERE i.sample_id = e.decision_id AND r.case_hash = i.case_hash AND r.reply_hash = i.reply_hash;
  DELETE FROM annotation_cases c USING erased e WHERE c.sample_id = e.decision_id;
  UPDATE annotation_assignments a SET comment = NULL, skip_note = NULL
    FROM annotation_items i, erased e WHERE i.sample_id = e.decision_id AND a.item_id = i.id;
  UPDATE annotation_decisions d SET note = NULL
    FROM annotation_items i, erased e WHERE i.sample_id = e.decision_id AND d.item_id = i.id;
  UPDATE annotation_items i SET content = NULL FROM erased e WHERE i.sample_id = e.decision_id;
  RETURN NULL;
END
$$;
