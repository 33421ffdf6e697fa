import { createHash } from 'node:crypto';
import type { CatalogModel, ChatRequest, Provider } from '@pointsman/contracts';

export type ModelCall = {
  purpose: 'reply' | 'verdict';
  model: CatalogModel;
  provider: Provider;
  request: ChatRequest;
  /** Which of several independent samples of the same request. */
  sample: number;
  /** Whether the emulator answers: its replies must never stand in for a provider's. */
  emulated: boolean;
};

/**
 * SHA-256 of everything that a reply depends on. Not the provider's address: the same model behind a proxy is the same.
 * Keys of objects are sorted, so that a request read back from a file has the key of the one that was built.
 */
export function callKey({ model, request, sample, emulated }: ModelCall): Buffer {
  const content = { format: 1, provider: model.provider, model: model.upstreamModel, request, sample, emulated };
  return createHash('sha256').update(sortedJson(content)).digest();
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
