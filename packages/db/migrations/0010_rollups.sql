-- What the dashboard sums: facts of each decision, and roll-ups kept by the statement that inserts decisions.

-- Computed once, when the record is written (see src/decisions/decision-facts.ts); null: not known of this request.
ALTER TABLE decisions
  ADD COLUMN bar_scores json, -- half the size of jsonb
  ADD COLUMN bar_risk real,
  ADD COLUMN bar_share real,
  -- In basis points, ten-thousandths, as scores are.
  ADD COLUMN quality_bp smallint,
  ADD COLUMN quality_spread_bp smallint,
  ADD COLUMN oversized_bp smallint,
  ADD COLUMN undersized_bp smallint,
  ADD COLUMN strongest_miss_micro_usd integer,
  ADD COLUMN strongest_cost_nano_usd bigint;

CREATE INDEX feedback_client_at ON feedback (client_id, at) INCLUDE (thumb, score);

-- Sums by client, day and a facet. '' stands for "none"; the client '*' for all together, so that nobody adds up hundreds of
-- them. Facets, of which each but `tag` holds every decision exactly once:
--   policy, key          value: its name
--   cell                 value: the model, with domain and task; for a client, sums by one of them are sums over it; also for '*'
--   model-domain, model-task, model, domain, task: sums over cells, for '*' only, which has many
--   tag                  value: key=value, '' for what was beyond the most distinct tags of a client and day
CREATE TABLE decision_rollups (
  facet text COLLATE "C" NOT NULL,
  client_id text COLLATE "C" NOT NULL,
  day date NOT NULL,
  value text COLLATE "C" NOT NULL,
  domain text COLLATE "C" NOT NULL,
  task text COLLATE "C" NOT NULL,
  answered bigint NOT NULL,
  cached bigint NOT NULL,
  refused bigint NOT NULL,
  failed bigint NOT NULL,
  abandoned bigint NOT NULL,
  exact_cost_nano_usd bigint NOT NULL,
  estimated_cost_nano_usd bigint NOT NULL,
  estimated_cost_count bigint NOT NULL,
  unknown_cost_count bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  unknown_usage_count bigint NOT NULL,
  quality_count bigint NOT NULL,
  quality_sum_bp bigint NOT NULL,
  quality_variance_sum_bp2 bigint NOT NULL,
  bar_count bigint NOT NULL,
  oversized_sum_bp bigint NOT NULL,
  undersized_sum_bp bigint NOT NULL,
  -- Of the decisions whose cost with the strongest model is known: that cost, what was really paid, and the scatter.
  strongest_count bigint NOT NULL,
  strongest_cost_nano_usd bigint NOT NULL,
  strongest_paid_nano_usd bigint NOT NULL,
  strongest_variance_micro_usd2 bigint NOT NULL,
  -- Of answered requests, in microseconds.
  latency_count bigint NOT NULL,
  latency_sum_us bigint NOT NULL,
  first_token_count bigint NOT NULL,
  first_token_sum_us bigint NOT NULL,
  PRIMARY KEY (facet, client_id, day, value, domain, task)
) PARTITION BY LIST (client_id);
-- Rows of '*' lie in partitions of their own: among those of the clients each would be on another page.
CREATE TABLE decision_rollups_all PARTITION OF decision_rollups FOR VALUES IN ('*') WITH (fillfactor = 70);
CREATE TABLE decision_rollups_each PARTITION OF decision_rollups DEFAULT WITH (fillfactor = 70);

-- How many answered requests took how long: buckets 9 % apart, by client (or '*'), day and model.
CREATE TABLE latency_rollups (
  client_id text COLLATE "C" NOT NULL,
  day date NOT NULL,
  model_id text COLLATE "C" NOT NULL,
  bucket smallint NOT NULL,
  replies bigint NOT NULL,
  first_tokens bigint NOT NULL,
  PRIMARY KEY (client_id, day, model_id, bucket)
) PARTITION BY LIST (client_id);
CREATE TABLE latency_rollups_all PARTITION OF latency_rollups FOR VALUES IN ('*') WITH (fillfactor = 70);
CREATE TABLE latency_rollups_each PARTITION OF latency_rollups DEFAULT WITH (fillfactor = 70);

-- Bucket n holds 1.09^n to 1.09^(n + 1) ms; what is under a millisecond is in 0, beyond a day in 220.
CREATE FUNCTION latency_bucket(ms real) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT least(220, floor(ln(greatest(ms, 1)::double precision) / ln(1.09::double precision)))::smallint
$$;

-- The most distinct tags of a client and day that are counted apart.
CREATE FUNCTION most_tags() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 100';

CREATE FUNCTION tag_text(key text, value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(key || '=' || value, 200)
$$;

-- Whether the tag is counted apart. A function, so that it is looked up for each tag: as a subquery the planner would
-- rather read the tags of all clients and days.
CREATE FUNCTION is_known_tag(p_client text, p_day date, p_tag text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM decision_rollups
    WHERE facet = 'tag' AND client_id = p_client AND day = p_day AND value = p_tag AND domain = '' AND task = '');
END
$$;

-- Until it commits, nobody else admits a tag for the same client and day: which tags are counted apart is decided once.
CREATE FUNCTION lock_tags(client text, day date) RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT pg_advisory_xact_lock(hashtext('pointsman.tags'), hashtext(client || day::text))
$$;

-- One text makes both the trigger, which adds a statement's new decisions, and the recount of a day: they cannot differ.
-- Rows are added in the order of their keys, those of all clients last, so that writers wait for each other in one
-- order, and for the rows they all share as briefly as can be.
DO $migration$
DECLARE
  sums constant text[] := ARRAY[
    $$count(*) FILTER (WHERE outcome = 'answered')$$,
    $$count(*) FILTER (WHERE outcome = 'cached')$$,
    $$count(*) FILTER (WHERE outcome = 'refused')$$,
    $$count(*) FILTER (WHERE outcome = 'failed')$$,
    $$count(*) FILTER (WHERE outcome = 'abandoned')$$,
    $$coalesce(sum(cost_nano_usd) FILTER (WHERE cost_status = 'exact'), 0)$$,
    $$coalesce(sum(cost_nano_usd) FILTER (WHERE cost_status = 'estimated'), 0)$$,
    $$count(*) FILTER (WHERE cost_status = 'estimated')$$,
    $$count(*) FILTER (WHERE cost_status = 'unknown')$$,
    $$coalesce(sum(input_tokens), 0)$$,
    $$coalesce(sum(cached_input_tokens), 0)$$,
    $$coalesce(sum(output_tokens), 0)$$,
    $$count(*) FILTER (WHERE outcome IN ('answered', 'abandoned')
      AND (input_tokens IS NULL OR (output_tokens IS NULL AND endpoint <> 'embeddings')))$$,
    $$count(quality_bp)$$,
    $$coalesce(sum(quality_bp), 0)$$,
    $$coalesce(sum(quality_spread_bp::integer * quality_spread_bp), 0)$$,
    $$count(undersized_bp)$$,
    $$coalesce(sum(oversized_bp), 0)$$,
    $$coalesce(sum(undersized_bp), 0)$$,
    $$count(strongest_cost_nano_usd)$$,
    $$coalesce(sum(strongest_cost_nano_usd), 0)$$,
    $$coalesce(sum(cost_nano_usd) FILTER (WHERE strongest_cost_nano_usd IS NOT NULL), 0)$$,
    $$coalesce(sum(strongest_miss_micro_usd::bigint * strongest_miss_micro_usd), 0)$$,
    $$count(*) FILTER (WHERE outcome = 'answered')$$,
    $$coalesce(sum(total_us) FILTER (WHERE outcome = 'answered'), 0)$$,
    $$count(first_token_us) FILTER (WHERE outcome = 'answered')$$,
    $$coalesce(sum(first_token_us) FILTER (WHERE outcome = 'answered'), 0)$$
  ];
  keys constant text := 'facet, client_id, day, value, domain, task';
  columns text;
  additions text;
  measures constant text := $$
    id, left(client_id, 200) AS client_id, (at AT TIME ZONE 'UTC')::date AS day, tags,
    left(coalesce(model_id, ''), 200) AS model_id, left(coalesce(domain, ''), 200) AS domain,
    left(coalesce(task, ''), 200) AS task, left(key_id, 200) AS key_id, left(policy, 200) AS policy,
    outcome, endpoint, cost_status, cost_nano_usd, input_tokens, cached_input_tokens, output_tokens,
    quality_bp, quality_spread_bp, oversized_bp, undersized_bp, strongest_miss_micro_usd, strongest_cost_nano_usd,
    total_ms, first_token_ms,
    (least(total_ms, 1e9)::double precision * 1000)::bigint AS total_us,
    (least(first_token_ms, 1e9)::double precision * 1000)::bigint AS first_token_us$$;
  body text;
BEGIN
  SELECT string_agg(attname, ', ' ORDER BY attnum),
    string_agg(format('%1$I = r.%1$I + excluded.%1$I', attname), ', ' ORDER BY attnum)
  INTO columns, additions
  FROM pg_attribute WHERE attrelid = 'decision_rollups'::regclass AND attnum > 6;

  body := format($body$
    INSERT INTO %%2$s AS r (%1$s, %2$s)
    SELECT CASE %6$s WHEN 15 THEN 'policy' WHEN 23 THEN 'key' WHEN 24 THEN 'cell' WHEN 25 THEN 'model-domain'
        WHEN 26 THEN 'model-task' WHEN 27 THEN 'model' WHEN 29 THEN 'domain' ELSE 'task' END,
      coalesce(client_id, '*'), day,
      CASE %6$s WHEN 15 THEN policy WHEN 23 THEN key_id WHEN 29 THEN domain WHEN 30 THEN task ELSE model_id END,
      CASE WHEN %6$s IN (24, 25) THEN domain ELSE '' END, CASE WHEN %6$s IN (24, 26) THEN task ELSE '' END, %3$s
    FROM (SELECT %5$s FROM %%1$s) d
    GROUP BY GROUPING SETS ((client_id, day, policy), (client_id, day, key_id), (client_id, day, model_id, domain, task),
      (day, model_id, domain, task), (day, model_id, domain), (day, model_id, task), (day, model_id), (day, domain), (day, task))
    ORDER BY coalesce(client_id, '*') = '*', 1, 2, 3, 4, 5, 6
    ON CONFLICT (%1$s) DO UPDATE SET %4$s;

    INSERT INTO %%2$s AS r (%1$s, %2$s)
    WITH tagged AS (
      SELECT d.*, tag_text(t.key, t.value) AS tag
      FROM (SELECT %5$s FROM %%1$s WHERE tags IS NOT NULL) d, jsonb_each_text(d.tags) t
    ), used AS (
      SELECT client_id, day, tag, count(*) AS uses, is_known_tag(client_id, day, tag) AS is_known
      FROM tagged GROUP BY client_id, day, tag
    ), ranked AS (
      SELECT client_id, day, tag, is_known,
        row_number() OVER (PARTITION BY client_id, day, is_known ORDER BY uses DESC, tag COLLATE "C") AS place
      FROM used
    ), taken AS (
      SELECT client_id, day, (SELECT count(*) FROM decision_rollups k WHERE k.facet = 'tag' AND k.client_id = c.client_id
        AND k.day = c.day AND k.value <> '') AS known
      FROM (SELECT DISTINCT client_id, day FROM used WHERE NOT is_known) c
    ), admitted AS (
      SELECT client_id, day, tag FROM ranked LEFT JOIN taken USING (client_id, day)
      WHERE is_known OR place <= most_tags() - known
    ), placed AS (
      SELECT tagged.*, admitted.tag AS value FROM tagged JOIN admitted USING (client_id, day, tag)
      UNION ALL
      SELECT DISTINCT ON (tagged.id) tagged.*, '' FROM tagged LEFT JOIN admitted USING (client_id, day, tag)
      WHERE admitted.tag IS NULL
    )
    SELECT 'tag', client_id, day, value, '', '', %3$s FROM placed
    GROUP BY client_id, day, value
    ORDER BY client_id COLLATE "C", day, value COLLATE "C"
    ON CONFLICT (%1$s) DO UPDATE SET %4$s;

    INSERT INTO %%3$s AS r (client_id, day, model_id, bucket, replies, first_tokens)
    SELECT coalesce(client_id, '*'), day, model_id, bucket, sum(reply), sum(first_token)
    FROM (SELECT %5$s FROM %%1$s WHERE outcome = 'answered') d
    CROSS JOIN LATERAL (VALUES (latency_bucket(total_ms), 1, 0), (latency_bucket(first_token_ms), 0, 1))
      AS m (bucket, reply, first_token)
    WHERE bucket IS NOT NULL
    GROUP BY GROUPING SETS ((client_id, day, model_id, bucket), (day, model_id, bucket))
    ORDER BY coalesce(client_id, '*') = '*', 1, 2, 3, 4
    ON CONFLICT (client_id, day, model_id, bucket) DO UPDATE SET
      replies = r.replies + excluded.replies, first_tokens = r.first_tokens + excluded.first_tokens;
  $body$, keys, columns, array_to_string(sums, ', '), additions, measures,
    'GROUPING(policy, key_id, model_id, domain, task)');

  EXECUTE format($create$
    CREATE FUNCTION roll_up_decisions() RETURNS trigger LANGUAGE plpgsql AS $function$
    BEGIN
      PERFORM lock_tags(client_id, day) FROM (
        SELECT DISTINCT left(d.client_id, 200) COLLATE "C" AS client_id, (d.at AT TIME ZONE 'UTC')::date AS day
        FROM inserted d, jsonb_each_text(d.tags) t
        WHERE NOT is_known_tag(left(d.client_id, 200), (d.at AT TIME ZONE 'UTC')::date, tag_text(t.key, t.value))
        ORDER BY 1, 2 OFFSET 0) unknown_tags;
      %s
      RETURN NULL;
    END
    $function$
  $create$, format(body, 'inserted', 'decision_rollups', 'latency_rollups'));

  -- Counts a day anew into two tables that the caller makes, `recounted_rollups` and `recounted_latencies`.
  EXECUTE format($create$
    CREATE FUNCTION recount_decisions(p_day date) RETURNS void LANGUAGE plpgsql AS $function$
    BEGIN
      %s
    END
    $function$
  $create$, format(body, $source$(SELECT * FROM decisions WHERE at >= p_day::timestamp AT TIME ZONE 'UTC'
    AND at < (p_day + 1)::timestamp AT TIME ZONE 'UTC') s$source$, 'recounted_rollups', 'recounted_latencies'));
END
$migration$;

CREATE TRIGGER roll_up AFTER INSERT ON decisions REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_decisions();
