-- Who is alive: each gateway and each evaluation worker says so every few seconds, with a few facts about itself.
CREATE TABLE nodes (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('gateway', 'worker')),
  version text NOT NULL,
  started_at timestamptz(3) NOT NULL,
  -- By the clock of the database: nodes' own may differ.
  beat_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  facts jsonb NOT NULL
);
