-- What people say of replies, how judges are mapped to it, and the pinned replies by which a judge is watched.

-- A reply that people rated: a text that answers a case, whoever wrote it.
CREATE TABLE annotated_replies (
  case_hash text NOT NULL CHECK (case_hash ~ '^[0-9a-f]{64}$'),
  -- SHA-256 of the text.
  reply_hash text NOT NULL CHECK (reply_hash ~ '^[0-9a-f]{64}$'),
  case_id text NOT NULL,
  -- Who wrote it; raters never see it.
  model text NOT NULL,
  reply text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (case_hash, reply_hash)
);

CREATE TABLE annotation_ratings (
  case_hash text NOT NULL,
  reply_hash text NOT NULL,
  dimension text NOT NULL,
  rater text NOT NULL,
  rating double precision NOT NULL CHECK (rating BETWEEN scale_low AND scale_high),
  scale_low double precision NOT NULL,
  scale_high double precision NOT NULL CHECK (scale_low < scale_high),
  -- Where it comes from: a file, a queue.
  source text NOT NULL,
  rated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (case_hash, reply_hash, dimension, rater),
  FOREIGN KEY (case_hash, reply_hash) REFERENCES annotated_replies ON DELETE CASCADE
);

-- What an adjudicator decided where raters disagreed: it counts instead of their ratings.
CREATE TABLE annotation_adjudications (
  case_hash text NOT NULL,
  reply_hash text NOT NULL,
  dimension text NOT NULL,
  rating double precision NOT NULL CHECK (rating BETWEEN scale_low AND scale_high),
  scale_low double precision NOT NULL,
  scale_high double precision NOT NULL CHECK (scale_low < scale_high),
  source text NOT NULL,
  decided_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (case_hash, reply_hash, dimension),
  FOREIGN KEY (case_hash, reply_hash) REFERENCES annotated_replies ON DELETE CASCADE
);

-- Fitted maps from a judge's scores to people's scale. The newest of a judge and dimension counts; the others are history.
CREATE TABLE judge_calibrations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  judge_hash text NOT NULL,
  dimension text NOT NULL,
  -- Whether the emulator played the judge: such a calibration says nothing of a real one.
  emulated boolean NOT NULL,
  judge jsonb NOT NULL,
  body jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK (judge->>'hash' = judge_hash)
);
CREATE INDEX judge_calibrations_newest ON judge_calibrations (judge_hash, emulated, dimension, id DESC);
CREATE INDEX judge_calibrations_model ON judge_calibrations ((judge->>'model'), emulated, dimension, id DESC);

CREATE TABLE anchor_sets (
  name text PRIMARY KEY,
  items jsonb NOT NULL,
  pinned_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON anchor_sets EXECUTE FUNCTION refuse_change();

-- One scoring of an anchor set by one judge; open until its scores are there. Its id makes its questions unlike any asked before.
CREATE TABLE anchor_scorings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  anchor_set text NOT NULL REFERENCES anchor_sets (name),
  judge_hash text NOT NULL,
  emulated boolean NOT NULL,
  judge jsonb NOT NULL,
  scores jsonb,
  verdict jsonb,
  started_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  scored_at timestamptz(3),
  CHECK (judge->>'hash' = judge_hash)
);
CREATE INDEX anchor_scorings_of_judge ON anchor_scorings (anchor_set, judge_hash, emulated, id);
