import type { ShadowRouter as ShadowSetting } from '@pointsman/administration';
import type { CandidateRecord } from '@pointsman/contracts';
import type { ShadowDecision } from '@pointsman/db';
import type { Choice } from '@pointsman/router-model/choice';
import type { Shadow, ShadowQuestion } from '../pipeline/pipeline-dependencies.ts';
import { predictQuality } from '../pipeline/predict-quality.ts';
import { createLiveRouter } from './live-router.ts';

/** How often the shadow was asked, and what came of it, since it was set. */
export type ShadowStats = {
  agreed: number;
  differed: number;
  failed: number;
  /** Sums over those that did not fail: the shadow's less that of the artefact in use. */
  scoreDifference: number;
  costDifferenceNanoUsd: number;
  /** How many have a cost difference: the shadow may choose nothing, or what has no price. */
  costed: number;
};

export type LiveShadow = Shadow & {
  /** Asks this artefact from now on; undefined ends it. One that does not load leaves the former in place. */
  use(shadow: ShadowSetting | undefined): Promise<void>;
  stats(): ShadowStats;
  close(): Promise<void>;
};

export type ShadowOptions = {
  record(comparison: ShadowDecision): void;
  elapsedMs(): number;
  onLoaded(version: string): void;
  onFailure(artefactDir: string, error: unknown): void;
};

/** Nobody waits for it. */
const PATIENCE_MS = 2_000;

/** The second artefact of a gateway: it predicts on a share of the requests, after them, and never chooses. */
export function createShadowRouter(options: ShadowOptions): LiveShadow {
  const router = createLiveRouter({
    onLoaded: ({ version }) => options.onLoaded(version),
    onFailure: options.onFailure,
  });
  let share = 0;
  let stats = noStats();
  const compare = async ({ decision, request, prediction, chooseOn }: ShadowQuestion): Promise<void> => {
    const other = await predictQuality(
      { request, clientId: decision.clientId },
      {
        predictor: router.predictor,
        timeoutMs: PATIENCE_MS,
        elapsedMs: options.elapsedMs,
        onFailure: () => undefined,
      },
    );
    const comparison = other.failed
      ? undefined
      : compareChoices(chooseOn(prediction), chooseOn(other), {
          decisionId: decision.id,
          at: decision.at,
          policy: decision.policy,
          routerVersion: prediction.routerVersion,
          shadowVersion: other.routerVersion,
        });
    count(stats, comparison);
    if (comparison !== undefined) options.record(comparison);
  };
  return {
    wants: (decisionId) => share > 0 && isSampled(decisionId, share),
    ask(question) {
      const own = stats;
      // The record is handed over just before the reply is: what is left of this turn belongs to the reply.
      setImmediate(() => compare(question).catch(() => count(own, undefined)));
    },
    async use(shadow) {
      if (shadow === undefined) {
        share = 0;
        stats = noStats();
        await router.unload();
        return;
      }
      const before = router.manifest()?.version;
      await router.use(shadow);
      if (router.manifest()?.version !== before) stats = noStats();
      share = router.manifest() === undefined ? 0 : shadow.share;
    },
    stats: () => stats,
    close: router.close,
  };
}

const noStats = (): ShadowStats => ({
  agreed: 0,
  differed: 0,
  failed: 0,
  scoreDifference: 0,
  costDifferenceNanoUsd: 0,
  costed: 0,
});

/** By the random end of the id (a version 7 UUID), so that nothing has to be drawn. */
const isSampled = (decisionId: string, share: number): boolean =>
  Number.parseInt(decisionId.slice(-8), 16) / 2 ** 32 < share;

type Header = Pick<ShadowDecision, 'decisionId' | 'at' | 'policy' | 'routerVersion' | 'shadowVersion'>;

/** Undefined when the artefact in use would have chosen nothing, which leaves nothing to compare with. */
function compareChoices(own: Choice, shadow: Choice, header: Header): ShadowDecision | undefined {
  if (own.kind === 'none') return undefined;
  const [modelId] = own.plan;
  const shadowModelId = shadow.kind === 'none' ? undefined : shadow.plan[0];
  const [chosen, seen] = [recordOf(own, modelId), recordOf(shadow, modelId)];
  if (chosen?.overall === undefined || seen?.overall === undefined || chosen.expectedCostNanoUsd === undefined)
    return undefined;
  return {
    ...header,
    modelId,
    mean: chosen.overall.mean,
    spread: chosen.overall.spread,
    costNanoUsd: chosen.expectedCostNanoUsd,
    shadowMean: seen.overall.mean,
    shadowSpread: seen.overall.spread,
    shadowModelId,
    shadowCostNanoUsd: shadowModelId === undefined ? undefined : recordOf(own, shadowModelId)?.expectedCostNanoUsd,
  };
}

const recordOf = ({ considered }: Choice, modelId: string): CandidateRecord | undefined =>
  considered.find((candidate) => candidate.modelId === modelId);

function count(stats: ShadowStats, comparison: ShadowDecision | undefined): void {
  if (comparison === undefined) {
    stats.failed += 1;
    return;
  }
  const { modelId, shadowModelId, mean, shadowMean, costNanoUsd, shadowCostNanoUsd } = comparison;
  if (modelId === shadowModelId) stats.agreed += 1;
  else stats.differed += 1;
  stats.scoreDifference += shadowMean - mean;
  if (shadowCostNanoUsd === undefined) return;
  stats.costDifferenceNanoUsd += shadowCostNanoUsd - costNanoUsd;
  stats.costed += 1;
}
