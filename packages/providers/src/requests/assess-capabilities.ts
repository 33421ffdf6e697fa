import type { CatalogModel, ChatRequest, Provider } from '@pointsman/contracts';
import { asksFor, splitUnsupported } from '../openai/openai-features.ts';
import type { ChatCall, RequestAssessment } from '../types.ts';
import { missingModalities } from './content-parts.ts';

export type Removals = RequestAssessment['removals'];

/** Fields that models without sampling controls refuse or ignore. */
export const SAMPLING_FIELDS = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'] as const;

/** What no wire format can help with: modalities, tools, and parameters the provider is known not to honour. */
export function assessCapabilities(provider: Provider, model: CatalogModel, request: ChatRequest): RequestAssessment {
  const removals: Removals = [];
  for (const modality of missingModalities(model, request)) {
    removals.push({ removal: 'modality', detail: `${model.id} takes no ${modality} input` });
  }
  const wantsAudio = Array.isArray(request.modalities) && request.modalities.includes('audio');
  if (wantsAudio && !model.modalities.output.includes('audio')) {
    removals.push({ removal: 'modality', detail: `${model.id} gives no audio output` });
  }
  if ((request.tools?.length ?? 0) > 0 && !model.capabilities.tools) {
    removals.push({ removal: 'tools', detail: `${model.id} calls no tools` });
  }
  for (const feature of splitUnsupported(provider, request).essential)
    removals.push(unsupported(feature, provider.name));
  return { removals, ignored: droppedFields(provider, model, request) };
}

/** Fields the request asks for that the provider or the model takes no notice of: left out and named. */
export function droppedFields(provider: Provider, model: CatalogModel, request: ChatRequest): string[] {
  return [...new Set([...splitUnsupported(provider, request).dropped, ...beyondModel(model, request)])];
}

/** The call without the fields that `droppedFields` names. */
export function withoutDropped(call: ChatCall): ChatCall {
  const fields = droppedFields(call.provider, call.model, call.request);
  if (fields.length === 0) return call;
  const request = { ...call.request };
  for (const field of fields) delete request[field];
  return { ...call, request };
}

/** A removal for a parameter that `who` cannot honour. */
export function unsupported(field: string, who: string): Removals[number] {
  return { removal: 'unsupported-parameter', detail: `${who} does not honour ${field}` };
}

/** The removal when the model does not enforce the response format asked for, by the provider's own means. */
export function missingStructuredOutput(model: CatalogModel, request: ChatRequest): Removals {
  const format = request.response_format?.type ?? 'text';
  const { structuredOutput } = model.capabilities;
  const enforced = format === 'text' || structuredOutput === 'json_schema' || structuredOutput === format;
  return enforced ? [] : [{ removal: 'structured-output', detail: `${model.id} does not enforce ${format}` }];
}

/** Whether the request wants the model to think, as far as it says. */
export function wantsReasoning(request: ChatRequest): boolean {
  return typeof request.reasoning_effort === 'string' && request.reasoning_effort !== 'none';
}

function beyondModel(model: CatalogModel, request: ChatRequest): string[] {
  const fields: string[] = model.capabilities.temperature
    ? []
    : SAMPLING_FIELDS.filter((field) => asksFor(request, field));
  if (!model.capabilities.reasoning && wantsReasoning(request)) fields.push('reasoning_effort');
  return fields;
}
