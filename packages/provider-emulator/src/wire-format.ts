import type { WireFormatName } from '@pointsman/contracts';
import type { Answer } from './answer.ts';
import type { Ask, EmbeddingAsk } from './ask.ts';
import type { EmulatedModel, ScriptedFault } from './emulator-types.ts';
import type { JsonObject } from './json-value.ts';
import type { ProviderFault } from './provider-fault.ts';
import type { Admission } from './rate-limits.ts';

/** What marks one reply. */
export type Stamp = {
  /** 24 hex digits, new for every reply. */
  id: string;
  nowMs: number;
};

/** One server-sent event; `token` events are what `betweenTokensMs` spaces. */
export type StreamEvent = { text: string; token: boolean };

export type EmbeddingAnswer = { ask: EmbeddingAsk; vectors: readonly Float32Array[]; inputTokens: number };

/** Everything that the emulator knows about one provider's way of talking. */
export type WireFormat = {
  name: WireFormatName;
  chatPath: string;
  /** Throws a {@link ProviderFault} where the provider refuses. */
  parseChat(body: JsonObject): Ask;
  renderAnswer(answer: Answer, stamp: Stamp): object;
  renderEvents(answer: Answer, stamp: Stamp): StreamEvent[];
  /** Absent: the provider has no embeddings. */
  embeddings?:
    | { path: string; parse(body: JsonObject): EmbeddingAsk; render(answer: EmbeddingAnswer, stamp: Stamp): object }
    | undefined;
  renderModel(model: EmulatedModel): object;
  renderModels(models: readonly EmulatedModel[]): object;
  /** The key a request carries, if any. */
  keyOf(headers: Record<string, string>): string | undefined;
  /** Refuses a request for its headers alone. */
  checkHeaders(headers: Record<string, string>): void;
  /** `admission` tells what is left of enforced limits; without it the headers tell the provider's usual ones. */
  replyHeaders(stamp: Stamp, usedTokens: number, admission?: Admission): Record<string, string>;
  scriptedFault(fault: ScriptedFault, model: string): ProviderFault;
  unknownModel(model: string): ProviderFault;
  unknownPath(method: string, path: string): ProviderFault;
  brokenJson(): ProviderFault;
  renderFault(fault: ProviderFault, stamp: Stamp): object;
  /** The event that ends a stream which has gone wrong. */
  renderFaultEvent(fault: ProviderFault, stamp: Stamp): string;
};
