import type { CatalogModel, ChatRequest, Message, NanoUsd, Price } from '@pointsman/contracts';
import { countRequestTokens, expectedCost, priceOn } from '@pointsman/model-catalog';
import { estimateFor, groupHash, type Manifest, type Prompt, type RouterPrediction } from '@pointsman/router-model';
import {
  type DimensionWeights,
  overallScore,
  type ReplayCandidate,
  type ReplayRequest,
  UNKNOWN,
} from '@pointsman/router-model/floor';
import type { AnsweredRow } from './collect-answers.ts';

export type ReplayOptions = {
  pool: readonly CatalogModel[];
  weights: DimensionWeights;
  manifest: Manifest;
  predict(prompt: Prompt): Promise<RouterPrediction>;
  /** UTC day whose prices count. */
  day: string;
};

/** The rows as a gateway would have met them: predicted and priced by the same functions. */
export async function replayRows(rows: readonly AnsweredRow[], options: ReplayOptions): Promise<ReplayRequest[]> {
  const requests: ReplayRequest[] = [];
  for (const { row, answers } of rows) {
    const prediction = await options.predict(row.prompt);
    const inputTokens = inputTokensOf(row.prompt);
    const candidates = options.pool.flatMap((model, m): ReplayCandidate[] => {
      const answer = answers[m];
      const price = priceOn(model, options.day);
      if (answer === undefined || price === undefined) return [];
      const estimate = estimateFor(model, prediction, options.manifest);
      const costNanoUsd = expectedCost(price, { inputTokens, outputTokens: estimate.outputTokens });
      const paidNanoUsd = paidFor(answer.observation, price, inputTokens) ?? costNanoUsd;
      const { mean, spread } = overallScore(estimate.scores, options.weights);
      return [{ model: model.id, mean, spread, costNanoUsd, paidNanoUsd, score: answer.score }];
    });
    const { domain = UNKNOWN, familiarity } = prediction;
    requests.push({ group: String(groupHash(row)), domain, familiarity, candidates });
  }
  return requests;
}

/** What the reply cost: as recorded, or by its length at the catalogue's price; undefined when neither is known. */
function paidFor(
  { costNanoUsd, outputTokens }: AnsweredRow['answers'][number]['observation'],
  price: Price,
  inputTokens: number,
): NanoUsd | undefined {
  if (costNanoUsd !== undefined) return costNanoUsd;
  return outputTokens === undefined ? undefined : expectedCost(price, { inputTokens, outputTokens });
}

/** Counted as the gateway counts them; of a long prompt, of which a row keeps head and tail, in proportion. */
function inputTokensOf({ text, system, characters }: Prompt): number {
  const messages: Message[] = [{ role: 'user', content: text }];
  if (system !== '') messages.unshift({ role: 'system', content: system });
  const request: ChatRequest = { model: 'auto', messages };
  const kept = text.length + system.length;
  return Math.round(countRequestTokens(request) * Math.max(1, characters / Math.max(1, kept)));
}
