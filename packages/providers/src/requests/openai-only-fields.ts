import type { ChatRequest } from '@pointsman/contracts';

const FIELDS = ['audio', 'functions', 'function_call', 'web_search_options'] as const;

/** Fields the request asks for that only OpenAI's format has and whose loss changes what the caller gets. */
export function openAiOnlyFields(request: ChatRequest): string[] {
  const fields: string[] = FIELDS.filter((field) => request[field] !== undefined && request[field] !== null);
  if (typeof request.top_logprobs === 'number' && request.top_logprobs > 0) fields.push('top_logprobs');
  const { modalities } = request;
  if (Array.isArray(modalities) && modalities.some((modality) => modality !== 'text')) fields.push('modalities');
  return fields;
}
