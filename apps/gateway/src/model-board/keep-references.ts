import type { ModelDirectory } from '@pointsman/administration';
import { DOMAINS, TASKS } from '@pointsman/contracts';
import { type Predictor, readTaxonomyData } from '@pointsman/router-model';
import type { QualitySource } from '../pipeline/predict-quality.ts';
import { type ReferenceEstimates, sumReferences } from './reference-estimates.ts';

/** Longer than a request waits: a machine that is slow for a moment must not make the whole view blind. */
const TIMEOUT_MS = 5_000;

type Source = { quality: QualitySource; directory(): ModelDirectory };
export type References = { current(): Promise<ReferenceEstimates> };

/**
 * The router's estimates on the labelled prompts that ship, none of them anybody's traffic, made when first asked for and
 * once for each artefact and catalogue: about two seconds, one prompt at a time, so that a request waits for one at most.
 * Where the router does not answer, its averages stand in until somebody asks again.
 */
export function keepReferences(source: Source): References {
  let kept: { key: string; estimates: Promise<ReferenceEstimates> } | undefined;
  return {
    current() {
      const predictor = source.quality.predictor();
      const key = `${predictor?.manifest.version} ${predictor?.manifest.mode} ${source.directory().catalog.version}`;
      if (kept?.key !== key) {
        const estimates = predictor === undefined ? blind(source) : onPrompts(source, predictor);
        kept = { key, estimates: orBlind(estimates) };
      }
      return kept.estimates;
    },
  };

  async function orBlind(estimates: Promise<ReferenceEstimates>): Promise<ReferenceEstimates> {
    try {
      return await estimates;
    } catch (error) {
      source.quality.onFailure(error);
      kept = undefined;
      return blind(source);
    }
  }
}

async function onPrompts({ directory }: Source, predictor: Predictor): Promise<ReferenceEstimates> {
  const { manifest } = predictor;
  const sums = sumReferences(directory().chatModels, manifest);
  const { prompts } = await readTaxonomyData();
  for (const { domain, task, prompt } of prompts) {
    const prediction = await predictor.predict(prompt, TIMEOUT_MS);
    if (prediction.version !== manifest.version)
      throw new Error('another router artefact came into use while reference prompts were read');
    sums.add({ domain, task, prediction });
  }
  return sums.estimates;
}

/** The averages of every model, the same for every domain and task. */
async function blind({ directory, quality }: Source): Promise<ReferenceEstimates> {
  const sums = sumReferences(directory().chatModels, quality.predictor()?.manifest);
  for (const domain of DOMAINS) for (const task of TASKS) sums.add({ domain, task, prediction: undefined });
  return sums.estimates;
}
