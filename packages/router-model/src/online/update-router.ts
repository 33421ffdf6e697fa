import { type Manifest, readManifest } from '../artefact/manifest.ts';
import { readModelTable } from '../artefact/read-artefact.ts';
import { abilityFromFacts } from '../prior/catalog-prior.ts';
import type { ModelFacts } from '../prior/model-facts.ts';
import { type Derivation, deriveArtefact } from './derive-artefact.ts';
import type { UpdateReport } from './describe-update.ts';
import type { ScoredDecision } from './scored-decision.ts';
import { updateFromDecisions } from './update-from-decisions.ts';

export type UpdateRouterOptions = Derivation & {
  /** Predicted by this artefact, of one deployment. */
  decisions: readonly ScoredDecision[];
  /** What the catalogue says of models the artefact does not know. */
  factsOf?: ((model: string) => ModelFacts | undefined) | undefined;
};

/**
 * Derives an artefact that has learned from a deployment's scored decisions: abilities, calibration and clients, not
 * how requests are read. Throws when no decision is scored in a dimension the artefact has estimates of its own for.
 */
export async function updateRouter(
  options: UpdateRouterOptions,
): Promise<{ manifest: Manifest; report: UpdateReport }> {
  const { artefactDir, decisions, factsOf } = options;
  const parent = await readManifest(artefactDir);
  const before = await readModelTable(artefactDir, parent);
  const { table, report } = updateFromDecisions(before, decisions, {
    kinds: parent.kinds,
    priorOf: (model) => {
      const facts = factsOf?.(model);
      return facts && before.catalogPrior && abilityFromFacts(before.catalogPrior, facts);
    },
  });
  if (report.decisions === 0)
    throw new Error(
      `none of ${decisions.length} scores is in a dimension the artefact predicts: ${parent.heads.join(', ')}`,
    );
  const { dimensions } = parent;
  return { manifest: await deriveArtefact(options, parent, { table, dimensions, learnedFrom: [] }), report };
}
