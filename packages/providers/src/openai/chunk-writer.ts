import type { Usage } from '@pointsman/contracts';
import type { JsonObject } from '../json-value.ts';
import { openAiUsageJson } from './openai-usage-json.ts';

/** Writes OpenAI `chat.completion.chunk` events for a translated stream; what never changes is serialised once. */
export class ChunkWriter {
  readonly #identity: JsonObject;
  readonly #head: string;

  constructor(id: string, model: string, createdSeconds: number) {
    this.#identity = { id, object: 'chat.completion.chunk', created: createdSeconds, model };
    this.#head = `data: ${JSON.stringify(this.#identity).slice(0, -1)},"choices":[{"index":0,"delta":`;
  }

  /** One event with `delta` (JSON text) and, at the end, why the model stopped. */
  event(delta: string, finishReason: string | null = null): string {
    return `${this.#head}${delta},"finish_reason":${JSON.stringify(finishReason)}}]}\n\n`;
  }

  /** The chunk that carries usage and no choices; `usage` is null where the provider left required counts unsaid. */
  usageChunk(usage: Usage): JsonObject {
    return { ...this.#identity, choices: [], usage: openAiUsageJson(usage) ?? null };
  }
}
