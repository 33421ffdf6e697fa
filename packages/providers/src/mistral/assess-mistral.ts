import type { CatalogModel, ChatRequest, Provider } from '@pointsman/contracts';
import { asksFor } from '../openai/openai-features.ts';
import {
  assessCapabilities,
  missingStructuredOutput,
  unsupported,
  wantsReasoning,
} from '../requests/assess-capabilities.ts';
import { partsOf, readFilePart } from '../requests/content-parts.ts';
import { oncePerRequest } from '../requests/once-per-request.ts';
import { openAiOnlyFields } from '../requests/openai-only-fields.ts';
import { type KnownKeys, unknownKeys, words } from '../requests/unknown-keys.ts';
import type { RequestAssessment } from '../types.ts';
import { losesTopP, MOST_TEMPERATURE, mistralEffort, mistralTier } from './write-mistral-request.ts';

const WHO = "Mistral's API";

/** Carried over, or handled by name below; every other key of a request is ignored and named. */
const KNOWN: KnownKeys = {
  request: words(`
    model messages stream stream_options max_completion_tokens max_tokens temperature top_p stop n seed
    logprobs top_logprobs logit_bias frequency_penalty presence_penalty store verbosity response_format
    tools tool_choice parallel_tool_calls reasoning_effort service_tier prediction prompt_cache_key metadata
    safe_prompt modalities audio functions function_call web_search_options`),
  message: words(`role content refusal tool_calls tool_call_id name reasoning_content reasoning_details`),
  part: words(`type text refusal image_url file input_audio`),
  tool: words(`type function`),
  function: words(`name description parameters strict`),
};

const ESSENTIAL = ['logprobs', 'logit_bias'] as const;
const DROPPED = ['store', 'verbosity'] as const;

/** What no model behind this API honours. */
const requestLosses = oncePerRequest((request): RequestAssessment => {
  const fields: string[] = ESSENTIAL.filter((field) => asksFor(request, field));
  fields.push(...openAiOnlyFields(request));
  const parts = request.messages.flatMap(({ content }) => partsOf(content));
  if (parts.some((part) => part.type === 'file' && readFilePart(part).url === undefined)) {
    fields.push('files uploaded to another provider (file_id)');
  }
  return { removals: fields.map((field) => unsupported(field, WHO)), ignored: droppedByName(request) };
});

function droppedByName(request: ChatRequest): string[] {
  const dropped: string[] = DROPPED.filter((field) => asksFor(request, field));
  if (typeof request.service_tier === 'string' && mistralTier(request) === undefined) dropped.push('service_tier');
  const { include_usage: _, ...streamOptions } = request.stream_options ?? {};
  if (Object.keys(streamOptions).length > 0) dropped.push('stream_options');
  const namedSpeaker = request.messages.some((message) => message.role !== 'tool' && typeof message.name === 'string');
  if (namedSpeaker) dropped.push('messages[].name');
  return [...dropped, ...unknownKeys(request, KNOWN)];
}

/** What of a request Mistral cannot honour: models to leave out, fields to name as ignored. */
export function assessMistral(provider: Provider, model: CatalogModel, request: ChatRequest): RequestAssessment {
  const base = assessCapabilities(provider, model, request);
  const lost = requestLosses(request);
  return {
    removals: [...base.removals, ...lost.removals, ...missingStructuredOutput(model, request)],
    ignored: [...new Set([...base.ignored, ...lost.ignored, ...approximations(model, request)])],
  };
}

function approximations(model: CatalogModel, request: ChatRequest): string[] {
  const found: string[] = [];
  const { temperature, reasoning_effort: effort } = request;
  const sampling = model.capabilities.temperature;
  if (sampling && typeof temperature === 'number' && temperature > MOST_TEMPERATURE) {
    found.push(`temperature:clamped-to-${MOST_TEMPERATURE}`);
  }
  if (sampling && losesTopP(request)) found.push('top_p');
  const given = mistralEffort(model, request);
  if (given !== undefined && given !== effort) found.push(`reasoning_effort:rounded-to-${given}`);
  if (given === undefined && typeof effort === 'string' && (wantsReasoning(request) || model.capabilities.reasoning)) {
    found.push('reasoning_effort');
  }
  return found;
}
