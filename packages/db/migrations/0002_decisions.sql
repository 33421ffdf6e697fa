-- One row per authenticated request, in one partition per UTC day; dropping a partition gives its disk back.
-- There is no default partition on purpose: a day without a partition is an error that the writer repairs, not a heap
-- that nobody ever drops. Candidates are columnar arrays (see src/decisions/candidate-columns.ts); static data is referenced,
-- never copied. Column order puts fixed widths first to save padding.
CREATE TABLE decisions (
  id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  choice_probability double precision NOT NULL,
  cost_nano_usd bigint,
  input_tokens bigint,
  cached_input_tokens bigint,
  cache_write_tokens bigint,
  output_tokens bigint,
  reasoning_tokens bigint,
  reported_cost_nano_usd bigint,
  total_ms real NOT NULL,
  overhead_ms real NOT NULL,
  first_token_ms real,
  predict_ms real,
  emulated boolean NOT NULL,
  stream boolean NOT NULL,
  client_id text NOT NULL,
  key_id text NOT NULL,
  endpoint text NOT NULL,
  outcome text NOT NULL,
  error_code text,
  requested_model text NOT NULL,
  policy text NOT NULL,
  arm text NOT NULL,
  router_version text NOT NULL,
  catalog_version text NOT NULL,
  reason text NOT NULL,
  model_id text,
  provider text,
  cache text NOT NULL,
  cost_status text NOT NULL,
  cost_why text,
  domain text,
  session text,
  end_user text,
  tags jsonb,
  ignored text[],
  candidate_models integer[],
  candidate_marks text,
  candidate_scores smallint[],
  candidate_numbers real[],
  candidate_costs bigint[],
  candidate_details jsonb,
  attempts jsonb
) PARTITION BY RANGE (at);
CREATE INDEX decisions_client_at ON decisions (client_id, at DESC);
CREATE INDEX decisions_at ON decisions (at DESC);

-- Every model id that a decision has named: candidates refer to it by number, 4 bytes instead of about 30.
CREATE TABLE decision_models (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

-- Makes the partition of one day; true when it was missing. LIKE and ATTACH rather than PARTITION OF: attaching does
-- not block readers and writers of the other days. The id is unique within its day, which a parent-level key over
-- (id, at) could not promise. Looks in pg_class, not with to_regclass(), whose cache does not see what another session
-- committed while this one waited for the lock.
CREATE FUNCTION ensure_decision_partition(day date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  partition text := 'decisions_' || to_char(day, 'YYYYMMDD');
  home oid := (SELECT relnamespace FROM pg_class WHERE oid = 'decisions'::regclass);
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relname = partition AND relnamespace = home) THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('pointsman.decision_partitions'));
  IF EXISTS (SELECT FROM pg_class WHERE relname = partition AND relnamespace = home) THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE decisions INCLUDING ALL)', partition);
  EXECUTE format('CREATE UNIQUE INDEX %I ON %I (id)', partition || '_id', partition);
  EXECUTE format('ALTER TABLE decisions ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    partition, to_char(day, 'YYYY-MM-DD') || ' 00:00+00', to_char(day + 1, 'YYYY-MM-DD') || ' 00:00+00');
  RETURN true;
END
$$;

-- Sums over decisions, kept in step by the transaction that inserts them. '' stands for "none" in a key column.
CREATE TABLE usage_rollups (
  day date NOT NULL,
  client_id text NOT NULL,
  model_id text NOT NULL,
  domain text NOT NULL,
  policy text NOT NULL,
  answered bigint NOT NULL,
  cached bigint NOT NULL,
  refused bigint NOT NULL,
  failed bigint NOT NULL,
  abandoned bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  cache_write_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  unknown_usage_count bigint NOT NULL,
  exact_cost_nano_usd bigint NOT NULL,
  estimated_cost_nano_usd bigint NOT NULL,
  estimated_cost_count bigint NOT NULL,
  unknown_cost_count bigint NOT NULL,
  PRIMARY KEY (client_id, day, model_id, domain, policy)
) WITH (fillfactor = 70);
CREATE INDEX usage_rollups_day ON usage_rollups (day);

-- No foreign key: feedback outlives the partition of its decision, and may arrive before the decision is written.
CREATE TABLE feedback (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  decision_id uuid NOT NULL,
  client_id text NOT NULL,
  thumb text,
  score double precision,
  correction text,
  comment text,
  at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX feedback_decision ON feedback (decision_id);
