import type { Decision } from '@pointsman/contracts';
import type { Manifest } from '@pointsman/router-model';
import type { ScoredDecision } from '@pointsman/router-model/encoders';
import type { Session } from './command-context.ts';

/** What of the feedback can teach an artefact, and why the rest cannot. */
export type ScoredDecisions = {
  decisions: ScoredDecision[];
  leftOut: {
    /** Its decision was dropped with its time of retention. */
    gone: number;
    /** Another artefact predicted it. */
    ofOtherVersions: number;
    /** Nothing was predicted of the model that answered: it was named, or averages stood in. */
    unpredicted: number;
  };
};

/** How many pieces of feedback one update reads, the newest. */
const MOST_FEEDBACK = 50_000;

/** Scores that callers gave replies since then, with what the artefact had predicted of them. One score a reply: the newest. */
export async function scoredDecisions(
  { repositories }: Pick<Session, 'repositories'>,
  { manifest, since, namesOf }: { manifest: Manifest; since: Date; namesOf(modelId: string): readonly string[] },
): Promise<ScoredDecisions> {
  const known = new Set(manifest.models.map(({ name }) => name));
  const result: ScoredDecisions = { decisions: [], leftOut: { gone: 0, ofOtherVersions: 0, unpredicted: 0 } };
  const seen = new Set<string>();
  for (const { decisionId, clientId, score } of await repositories.feedback.listScored(since, MOST_FEEDBACK)) {
    if (seen.has(decisionId)) continue;
    seen.add(decisionId);
    const decision = await repositories.decisions.get(decisionId, clientId);
    if (decision === undefined) result.leftOut.gone += 1;
    else if (decision.routerVersion !== manifest.version) result.leftOut.ofOtherVersions += 1;
    else {
      const scored = asScored(
        decision,
        score,
        (modelId) => namesOf(modelId).find((name) => known.has(name)) ?? modelId,
      );
      if (scored === undefined) result.leftOut.unpredicted += 1;
      else result.decisions.push(scored);
    }
  }
  return result;
}

/** A caller's score is of the reply as a whole; it is held against the dimension that every artefact learns. */
const SCORED_DIMENSION = 'factual_accuracy';

function asScored(
  { id, clientId, kind, modelId, candidates }: Decision,
  score: number,
  nameOf: (modelId: string) => string,
): ScoredDecision | undefined {
  const predicted = candidates.find((candidate) => candidate.modelId === modelId)?.scores?.[SCORED_DIMENSION];
  if (modelId === undefined || predicted === undefined) return undefined;
  const told = { dimension: SCORED_DIMENSION, predictedMean: predicted.mean, score } as const;
  return { id, clientId, kind, model: nameOf(modelId), ...told };
}
