-- Evaluation runs: what is evaluated, an item for each contestant and case, and the ledger of paid calls.

CREATE TABLE evaluation_runs (
  id text PRIMARY KEY DEFAULT new_id('run'),
  status text NOT NULL DEFAULT 'queued'
    CHECK (status IN ('queued', 'running', 'finished', 'stopped', 'cancelled', 'failed')),
  spec jsonb NOT NULL,
  emulated boolean NOT NULL,
  max_cost_nano_usd bigint,
  spent_nano_usd bigint NOT NULL DEFAULT 0,
  -- Held for calls under way at the most they can cost, so that the ceiling holds whatever they turn out to cost.
  reserved_nano_usd bigint NOT NULL DEFAULT 0,
  unknown_costs integer NOT NULL DEFAULT 0,
  -- Calls whose worker died before the reply was written down: perhaps paid, at most for what was held for them.
  lost_calls integer NOT NULL DEFAULT 0,
  lost_nano_usd bigint NOT NULL DEFAULT 0,
  -- Counts the times its jobs were put on the queue: jobs of an earlier time do nothing.
  generation integer NOT NULL DEFAULT 0,
  why text,
  report jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz(3),
  finished_at timestamptz(3)
);
CREATE INDEX evaluation_runs_newest ON evaluation_runs (created_at DESC);

CREATE TABLE evaluation_items (
  run_id text NOT NULL REFERENCES evaluation_runs (id) ON DELETE CASCADE,
  contestant smallint NOT NULL,
  case_id text NOT NULL,
  case_hash text NOT NULL,
  -- The order in which items are taken.
  position integer NOT NULL,
  -- Reply and verdicts, once both are there.
  item jsonb,
  done_at timestamptz(3),
  PRIMARY KEY (run_id, contestant, case_id)
);
CREATE INDEX evaluation_items_order ON evaluation_items (run_id, position);

-- One row for each call by the hash of everything its reply depends on: what was paid once is never asked again, by
-- whatever run. A row is there before the call goes out; without a reply and past its lease the call is lost.
CREATE TABLE evaluation_calls (
  key bytea PRIMARY KEY,
  run_id text NOT NULL,
  status text NOT NULL CHECK (status IN ('started', 'done')),
  purpose text NOT NULL CHECK (purpose IN ('reply', 'verdict')),
  model_id text NOT NULL,
  holder text NOT NULL,
  lease_expires_at timestamptz(3) NOT NULL,
  reserved_nano_usd bigint NOT NULL,
  started_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz(3),
  reply jsonb,
  cost jsonb,
  latency_ms real
);
CREATE INDEX evaluation_calls_started ON evaluation_calls (holder) WHERE status = 'started';
CREATE INDEX evaluation_calls_run ON evaluation_calls (run_id);

-- 'claimed'; 'taken' when the call is there already; 'ceiling' when its cost might pass the run's; 'stopped' when the run does not run.
CREATE FUNCTION claim_evaluation_call(
  p_key bytea, p_run text, p_purpose text, p_model text, p_holder text, p_lease_ms integer, p_reserve bigint
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_status text;
BEGIN
  INSERT INTO evaluation_calls (key, run_id, status, purpose, model_id, holder, lease_expires_at, reserved_nano_usd)
  VALUES (p_key, p_run, 'started', p_purpose, p_model, p_holder,
    clock_timestamp() + p_lease_ms * interval '1 millisecond', p_reserve)
  ON CONFLICT (key) DO NOTHING;
  IF NOT FOUND THEN RETURN 'taken'; END IF;
  UPDATE evaluation_runs SET reserved_nano_usd = reserved_nano_usd + p_reserve
  WHERE id = p_run AND status = 'running'
    AND (max_cost_nano_usd IS NULL
      OR spent_nano_usd + lost_nano_usd + reserved_nano_usd + p_reserve <= max_cost_nano_usd);
  IF FOUND THEN RETURN 'claimed'; END IF;
  DELETE FROM evaluation_calls WHERE key = p_key;
  SELECT status INTO v_status FROM evaluation_runs WHERE id = p_run;
  RETURN CASE WHEN v_status = 'running' THEN 'ceiling' ELSE 'stopped' END;
END $$;

-- Writes the reply down and turns what was held into what was spent; a second time changes nothing. A call given up as
-- lost meanwhile stays counted as perhaps paid: the ceiling must not be passed by being wrong about it.
CREATE FUNCTION settle_evaluation_call(
  p_key bytea, p_run text, p_purpose text, p_model text, p_holder text, p_reply jsonb, p_cost jsonb, p_spent bigint,
  p_latency_ms real
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_reserved bigint;
BEGIN
  SELECT reserved_nano_usd INTO v_reserved FROM evaluation_calls
  WHERE key = p_key AND holder = p_holder AND status = 'started' FOR UPDATE;
  INSERT INTO evaluation_calls AS c (key, run_id, status, purpose, model_id, holder, lease_expires_at,
    reserved_nano_usd, finished_at, reply, cost, latency_ms)
  VALUES (p_key, p_run, 'done', p_purpose, p_model, p_holder, clock_timestamp(), 0, clock_timestamp(), p_reply, p_cost,
    p_latency_ms)
  ON CONFLICT (key) DO UPDATE SET status = 'done', finished_at = excluded.finished_at, reply = excluded.reply,
    cost = excluded.cost, latency_ms = excluded.latency_ms, reserved_nano_usd = 0
  WHERE c.status = 'started' AND c.holder = p_holder;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE evaluation_runs SET spent_nano_usd = spent_nano_usd + coalesce(p_spent, 0),
    unknown_costs = unknown_costs + (p_spent IS NULL)::integer,
    reserved_nano_usd = reserved_nano_usd - coalesce(v_reserved, 0)
  WHERE id = p_run;
END $$;

-- Takes back a claim whose call consumed nothing, or (p_lost) perhaps something.
CREATE FUNCTION release_evaluation_call(p_key bytea, p_holder text, p_lost boolean) RETURNS void LANGUAGE sql AS $$
  WITH gone AS (
    DELETE FROM evaluation_calls WHERE key = p_key AND holder = p_holder AND status = 'started'
    RETURNING run_id, reserved_nano_usd
  )
  UPDATE evaluation_runs r SET reserved_nano_usd = r.reserved_nano_usd - gone.reserved_nano_usd,
    lost_calls = r.lost_calls + p_lost::integer,
    lost_nano_usd = r.lost_nano_usd + CASE WHEN p_lost THEN gone.reserved_nano_usd ELSE 0 END
  FROM gone WHERE r.id = gone.run_id;
$$;

-- Gives up the calls whose worker let the lease run out.
CREATE FUNCTION sweep_evaluation_calls() RETURNS bigint LANGUAGE sql AS $$
  WITH gone AS (
    DELETE FROM evaluation_calls WHERE status = 'started' AND lease_expires_at < clock_timestamp()
    RETURNING run_id, reserved_nano_usd
  ), per_run AS (
    SELECT run_id, count(*) AS calls, sum(reserved_nano_usd)::bigint AS nano_usd FROM gone GROUP BY run_id
  ), counted AS (
    UPDATE evaluation_runs r SET reserved_nano_usd = r.reserved_nano_usd - per_run.nano_usd,
      lost_calls = r.lost_calls + per_run.calls, lost_nano_usd = r.lost_nano_usd + per_run.nano_usd
    FROM per_run WHERE r.id = per_run.run_id
  )
  SELECT count(*) FROM gone;
$$;
