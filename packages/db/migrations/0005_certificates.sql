-- Certificates of quality floors, and what the router read in a request: traffic that moves away from what a certificate
-- stands on is seen in domain and familiarity.

-- A certificate without a client holds for every client that has none of its own for the policy. The latest that is
-- not revoked counts, expired or not: it names the strongest model.
CREATE TABLE certificates (
  id text PRIMARY KEY DEFAULT new_id('crt'),
  client_id text REFERENCES clients (id) ON DELETE CASCADE,
  policy text NOT NULL,
  router_version text NOT NULL,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'expired', 'revoked')),
  body jsonb NOT NULL,
  issued_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expired_at timestamptz(3),
  why text,
  checked_at timestamptz(3)
);
CREATE UNIQUE INDEX certificates_active ON certificates (client_id, policy) NULLS NOT DISTINCT WHERE status = 'active';
CREATE INDEX certificates_latest ON certificates (client_id, policy, issued_at DESC);

-- Not when it was merely checked: gateways read everything anew when the revision moves.
CREATE TRIGGER bump AFTER INSERT OR UPDATE OF status OR DELETE OR TRUNCATE ON certificates
  EXECUTE FUNCTION bump_config_revision();

ALTER TABLE decisions
  ADD COLUMN familiarity real,
  ADD COLUMN task text,
  ADD COLUMN kind text,
  ADD COLUMN floor_certificate text,
  ADD COLUMN floor_outcome text,
  ADD COLUMN floor_why text;
-- The window in which drift is looked for.
CREATE INDEX decisions_floor ON decisions (floor_certificate, at DESC) WHERE floor_certificate IS NOT NULL;
