import type { CatalogModel, ChatRequest, ModelEstimate } from '@pointsman/contracts';
import type { Manifest, Predictor, RouterPrediction } from '@pointsman/router-model';
import { estimateFor, promptOf } from '@pointsman/router-model';

export type QualityPrediction = {
  /** The artefact's version, or `none`. */
  routerVersion: string;
  /** What the router read in the request; undefined when it did not say. */
  domain: string | undefined;
  task: string | undefined;
  kind: string | undefined;
  familiarity: number | undefined;
  predictMs: number;
  /** The router model should have answered and did not: benchmark averages stand in, or priors when no artefact is loaded. */
  failed: boolean;
  estimateOf(model: CatalogModel): ModelEstimate;
  /** Its average, whatever the request. */
  blindEstimateOf(model: CatalogModel): ModelEstimate;
};

export type QualitySource = {
  predictor(): Predictor | undefined;
  timeoutMs: number;
  elapsedMs(): number;
  onFailure(error: unknown): void;
};

/** Never rejects: a router model that fails, is late or is absent leaves benchmark averages and a record of it. */
export async function predictQuality(
  { request, clientId }: { request: ChatRequest; clientId: string },
  source: QualitySource,
): Promise<QualityPrediction> {
  const predictor = source.predictor();
  const started = source.elapsedMs();
  if (predictor === undefined) return withoutPrediction(undefined, 0, true);
  try {
    const prediction = await predictor.predict(promptOf(request), source.timeoutMs, clientId);
    return fromPrediction(prediction, predictor.manifest, source.elapsedMs() - started);
  } catch (error) {
    source.onFailure(error);
    return withoutPrediction(predictor.manifest, source.elapsedMs() - started, true);
  }
}

/** Estimates blind to the request, for when nothing is to be chosen or the router model is not there. */
export function withoutPrediction(
  manifest: Manifest | undefined,
  predictMs: number,
  failed: boolean,
): QualityPrediction {
  const blindEstimateOf = (model: CatalogModel) => estimateFor(model, undefined, manifest);
  return {
    routerVersion: manifest?.version ?? 'none',
    domain: undefined,
    task: undefined,
    kind: undefined,
    familiarity: undefined,
    predictMs,
    failed,
    estimateOf: blindEstimateOf,
    blindEstimateOf,
  };
}

function fromPrediction(prediction: RouterPrediction, manifest: Manifest, predictMs: number): QualityPrediction {
  return {
    routerVersion: prediction.version,
    domain: prediction.domain,
    task: prediction.task,
    kind: prediction.kind,
    familiarity: prediction.familiarity,
    predictMs,
    failed: false,
    estimateOf: (model) => estimateFor(model, prediction, manifest),
    blindEstimateOf: (model) => estimateFor(model, undefined, manifest),
  };
}
