-- Clients, keys, policies, people, catalogues, settings, and the one number that says any of them changed.

-- '<prefix>_' and a UUID version 7 (RFC 9562) in hex: the database's clock, so that no package needs one.
-- gen_random_uuid() is version 4; bits 52 and 53 turn its version nibble 0100 into 0111.
CREATE FUNCTION new_id(prefix text) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT prefix || '_' || encode(
    set_bit(set_bit(overlay(
      uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
      FROM 1 FOR 6), 52, 1), 53, 1), 'hex')
$$;

CREATE TABLE clients (
  id text PRIMARY KEY DEFAULT new_id('cli'),
  name text NOT NULL,
  limits jsonb NOT NULL,
  cache jsonb NOT NULL,
  policy text NOT NULL,
  regions text[],
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  disabled_at timestamptz(3)
);

CREATE TABLE api_keys (
  id text PRIMARY KEY DEFAULT new_id('key'),
  client_id text NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  name text NOT NULL,
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  prefix text NOT NULL,
  scopes text[] NOT NULL,
  limits jsonb NOT NULL,
  expires_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  revoked_at timestamptz(3)
);
CREATE INDEX api_keys_client ON api_keys (client_id);

-- A policy without a client is global; a client's own policy of the same name hides it.
CREATE TABLE policies (
  client_id text REFERENCES clients (id) ON DELETE CASCADE,
  name text NOT NULL,
  body jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT (client_id, name)
);

CREATE TABLE users (
  id text PRIMARY KEY DEFAULT new_id('usr'),
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  password_hash text NOT NULL,
  role text NOT NULL,
  client_id text REFERENCES clients (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE SEQUENCE catalog_activations;
-- The catalogue with the highest activation is the active one; saving an old version again activates it again.
CREATE TABLE catalogs (
  version text PRIMARY KEY,
  body jsonb NOT NULL,
  note text NOT NULL,
  activation bigint NOT NULL UNIQUE DEFAULT nextval('catalog_activations'),
  saved_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE settings (
  key text PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE config_revision (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  revision bigint NOT NULL
);
INSERT INTO config_revision (revision) VALUES (1);

-- The row lock makes revisions commit in order: whoever reads revision n sees everything up to n.
CREATE FUNCTION bump_config_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE config_revision SET revision = revision + 1;
  RETURN NULL;
END
$$;

CREATE TRIGGER bump AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON clients EXECUTE FUNCTION bump_config_revision();
CREATE TRIGGER bump AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON api_keys EXECUTE FUNCTION bump_config_revision();
CREATE TRIGGER bump AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON policies EXECUTE FUNCTION bump_config_revision();
CREATE TRIGGER bump AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON users EXECUTE FUNCTION bump_config_revision();
CREATE TRIGGER bump AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON catalogs EXECUTE FUNCTION bump_config_revision();
CREATE TRIGGER bump AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON settings EXECUTE FUNCTION bump_config_revision();
