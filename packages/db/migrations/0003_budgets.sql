-- Budgets over many gateways: each node leases a slice of a client's window, spends it without asking, and settles
-- what it really spent. Law: spent + live leases never exceeds the limit, as long as nodes spend only what they lease.
CREATE TABLE budget_windows (
  client_id text NOT NULL,
  window_kind text NOT NULL CHECK (window_kind IN ('day', 'month')),
  window_start date NOT NULL,
  spent_nano_usd bigint NOT NULL DEFAULT 0,
  unknown_cost_count bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (client_id, window_kind, window_start)
) WITH (fillfactor = 70);

CREATE TABLE budget_leases (
  node_id text NOT NULL,
  client_id text NOT NULL,
  window_kind text NOT NULL,
  window_start date NOT NULL,
  remaining_nano_usd bigint NOT NULL CHECK (remaining_nano_usd >= 0),
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (client_id, window_kind, window_start, node_id)
) WITH (fillfactor = 70);
CREATE INDEX budget_leases_node ON budget_leases (node_id);

-- A function, not a statement: each statement inside takes a new snapshot, so the sum of leases is read after the
-- window's row lock is held. Expired leases that somebody has locked (their node is renewing them) stay counted.
CREATE FUNCTION lease_budget(
  p_node text, p_client text, p_window text, p_start date,
  p_limit bigint, p_want bigint, p_ttl_ms bigint, p_now timestamptz
) RETURNS TABLE (granted bigint, remaining bigint, spent bigint) LANGUAGE plpgsql AS $$
DECLARE
  leased bigint;
BEGIN
  INSERT INTO budget_windows (client_id, window_kind, window_start) VALUES (p_client, p_window, p_start)
    ON CONFLICT DO NOTHING;
  SELECT w.spent_nano_usd INTO spent FROM budget_windows w
    WHERE w.client_id = p_client AND w.window_kind = p_window AND w.window_start = p_start FOR UPDATE;
  DELETE FROM budget_leases WHERE ctid = ANY (ARRAY(
    SELECT l.ctid FROM budget_leases l WHERE l.client_id = p_client AND l.expires_at <= p_now FOR UPDATE SKIP LOCKED));
  SELECT coalesce(sum(l.remaining_nano_usd), 0) INTO leased FROM budget_leases l
    WHERE l.client_id = p_client AND l.window_kind = p_window AND l.window_start = p_start;
  granted := greatest(0, least(p_want, p_limit - spent - leased));
  remaining := greatest(0, p_limit - spent - leased - granted);
  IF granted > 0 THEN
    INSERT INTO budget_leases AS l (node_id, client_id, window_kind, window_start, remaining_nano_usd, expires_at)
      VALUES (p_node, p_client, p_window, p_start, granted, p_now + p_ttl_ms * interval '1 millisecond')
      ON CONFLICT (client_id, window_kind, window_start, node_id) DO UPDATE
      SET remaining_nano_usd = l.remaining_nano_usd + excluded.remaining_nano_usd,
          expires_at = greatest(l.expires_at, excluded.expires_at);
  END IF;
  RETURN NEXT;
END
$$;
