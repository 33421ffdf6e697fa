-- What a second artefact, which predicts and does not choose, would have chosen beside the one in use. The newest rows only:
-- the writer deletes older ones (see src/shadow-decisions.ts). No prompt, no client: the decision has those as long as it is kept.
CREATE TABLE shadow_decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  decision_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  cost_nano_usd bigint NOT NULL,
  -- By the artefact in use too, so that costs can be subtracted; null when the shadow would have chosen nothing.
  shadow_cost_nano_usd bigint,
  mean real NOT NULL,
  spread real NOT NULL,
  shadow_mean real NOT NULL,
  shadow_spread real NOT NULL,
  policy text NOT NULL,
  router_version text NOT NULL,
  shadow_version text NOT NULL,
  model_id text NOT NULL,
  shadow_model_id text
);
CREATE INDEX shadow_decisions_versions ON shadow_decisions (shadow_version, router_version, id DESC);
