-- Benchmarks: the draft of the next version, and the versions that were published, which never change.

CREATE TABLE benchmarks (
  name text PRIMARY KEY,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

-- One sequence for all: no revision comes back after a draft has ended.
CREATE SEQUENCE benchmark_draft_revisions;
-- One draft of a benchmark. Whoever saves it names the revision that was read: of two at once one wins.
CREATE TABLE benchmark_drafts (
  name text PRIMARY KEY REFERENCES benchmarks (name),
  revision bigint NOT NULL DEFAULT nextval('benchmark_draft_revisions'),
  body jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- Published cases by the hash of their content: versions share what they have in common.
CREATE TABLE benchmark_cases (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  body jsonb NOT NULL
);

-- `reason` and `review` say why and by whose approval; they are not part of what the hash is taken over.
CREATE TABLE benchmark_versions (
  name text NOT NULL REFERENCES benchmarks (name),
  version integer NOT NULL CHECK (version > 0),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  body jsonb NOT NULL,
  reason text NOT NULL,
  review jsonb,
  PRIMARY KEY (name, version),
  CHECK (body->>'name' = name AND (body->>'version')::integer = version AND body->>'hash' = hash)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was published never changes: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON benchmark_cases EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON benchmark_versions EXECUTE FUNCTION refuse_change();
