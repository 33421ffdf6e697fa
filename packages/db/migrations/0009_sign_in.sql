-- People, how they prove who they are, the links by which they come in, and the log of what anybody changed.

ALTER TABLE users
  ADD COLUMN name text NOT NULL DEFAULT '',
  -- A provider of identities has vouched for the address; nobody asks for it otherwise.
  ADD COLUMN email_verified boolean NOT NULL DEFAULT false,
  ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN disabled_at timestamptz(3);

-- One way for a user to prove who they are: a password ('credential', under the user's own id), or a subject of a provider.
CREATE TABLE accounts (
  id text PRIMARY KEY DEFAULT new_id('acc'),
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  provider_id text NOT NULL,
  account_id text NOT NULL,
  password text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id),
  CHECK ((provider_id = 'credential') = (password IS NOT NULL))
);
CREATE INDEX accounts_user ON accounts (user_id);

INSERT INTO accounts (user_id, provider_id, account_id, password, created_at, updated_at)
  SELECT id, 'credential', id, password_hash, created_at, created_at FROM users;
ALTER TABLE users DROP COLUMN password_hash;

ALTER TABLE sessions
  ADD COLUMN id text NOT NULL UNIQUE DEFAULT new_id('ses'),
  ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN ip_address text,
  ADD COLUMN user_agent text;

-- A link, valid once: an invitation of somebody new, or for a user who exists (user_id) a way to set a password.
CREATE TABLE invitations (
  id text PRIMARY KEY DEFAULT new_id('inv'),
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  email text NOT NULL CHECK (email = lower(email)),
  role text NOT NULL,
  client_id text REFERENCES clients (id) ON DELETE CASCADE,
  user_id text REFERENCES users (id) ON DELETE CASCADE,
  invited_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz(3) NOT NULL,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX invitations_email ON invitations (email);

-- No foreign keys: the log outlives whom and what it names.
CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  actor_id text,
  role text,
  client_id text,
  action text NOT NULL,
  summary text NOT NULL,
  details jsonb NOT NULL,
  -- 'started' is written before the change: what is never told otherwise may or may not have happened.
  outcome text NOT NULL CHECK (outcome IN ('started', 'done', 'refused', 'failed')),
  status smallint
);
CREATE INDEX audit_log_client ON audit_log (client_id, id);
CREATE INDEX audit_log_actor ON audit_log (actor, id);
CREATE INDEX audit_log_action ON audit_log (action, id);
CREATE INDEX audit_log_at ON audit_log (at);

CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is written once';
END
$$;
CREATE TRIGGER keep_row BEFORE UPDATE ON audit_log FOR EACH ROW
  WHEN (OLD.outcome <> 'started') EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER keep_rows BEFORE DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();
