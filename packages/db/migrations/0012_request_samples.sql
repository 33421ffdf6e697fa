-- Keys that rotate, and production samples: redacted prompts and replies of clients that opt in, for people to rate.

-- Null: nothing of this client is ever stored.
ALTER TABLE clients ADD COLUMN sampling jsonb;

-- The secret before the last rotation goes on working until then; null where there is none.
ALTER TABLE api_keys
  ADD COLUMN previous_hash bytea UNIQUE CHECK (length(previous_hash) = 32),
  ADD COLUMN previous_prefix text,
  ADD COLUMN previous_until timestamptz(3),
  ADD CHECK (num_nulls(previous_hash, previous_prefix, previous_until) IN (0, 3));

-- One row per sampled request, text redacted before it came here. The end user stands as a hash: enough to erase by, and
-- no more. `batch` names the set of samples that were given to annotators; null: not given yet.
CREATE TABLE request_samples (
  decision_id uuid PRIMARY KEY,
  client_id text NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  end_user_hash bytea CHECK (length(end_user_hash) = 32),
  model_id text NOT NULL,
  domain text,
  task text,
  batch text,
  messages jsonb NOT NULL,
  reply text NOT NULL
);
CREATE INDEX request_samples_open ON request_samples (client_id, at DESC, decision_id DESC) WHERE batch IS NULL;
CREATE INDEX request_samples_client ON request_samples (client_id, at);
CREATE INDEX request_samples_end_user ON request_samples (client_id, end_user_hash) WHERE end_user_hash IS NOT NULL;
CREATE INDEX request_samples_expiry ON request_samples (expires_at);
